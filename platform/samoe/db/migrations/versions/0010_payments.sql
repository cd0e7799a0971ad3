-- Entitlements take room from their allocation and give it back; nobody else changes it. As the owner, because no
-- role may update allocations.available. The CHECK on the column refuses what the allocation has no room for.
-- EXECUTE: see 0008_case_columns.sql.
REVOKE DELETE ON entitlements FROM samoe_app;
CREATE FUNCTION take_room() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE odd boolean;
BEGIN
  IF TG_OP = 'INSERT' THEN
    UPDATE allocations a SET available = a.available - m.amount
    FROM (SELECT tenant_id, allocation_id, sum(amount)::bigint AS amount FROM after WHERE ended_on IS NULL GROUP BY 1, 2) m
    WHERE a.tenant_id = m.tenant_id AND a.id = m.allocation_id;
    RETURN NULL;
  END IF;
  EXECUTE $q$ SELECT EXISTS (
    SELECT 1 FROM after n JOIN before o USING (tenant_id, id)
    WHERE (n.allocation_id, n.enrolment_id, n.phase_id, n.benefit_id, n.purpose, n.stackable,
           n.subject_institution_id, n.amount, n.event_area_code, n.entitled_on, n.entitled_by)
      IS DISTINCT FROM (o.allocation_id, o.enrolment_id, o.phase_id, o.benefit_id, o.purpose, o.stackable,
           o.subject_institution_id, o.amount, o.event_area_code, o.entitled_on, o.entitled_by)
      OR n.person_id IS DISTINCT FROM o.person_id AND n.person_id IS DISTINCT FROM (
        SELECT c.person_id FROM enrolments c WHERE c.tenant_id = n.tenant_id AND c.id = n.enrolment_id)
      OR o.ended_on IS NOT NULL AND n.ended_on IS DISTINCT FROM o.ended_on) $q$ INTO odd;
  IF odd THEN PERFORM refuse('an entitlement is ended, not changed', 'entitlement_stays'); END IF;
  EXECUTE $q$ SELECT EXISTS (
    SELECT 1 FROM after n JOIN before o USING (tenant_id, id)
    JOIN payments p ON p.tenant_id = n.tenant_id AND p.entitlement_id = n.id AND p.status IN ('listed', 'sent', 'paid')
    WHERE o.ended_on IS NULL AND n.ended_on IS NOT NULL) $q$ INTO odd;
  IF odd THEN PERFORM refuse('it is being paid or was paid', 'entitlement_is_paid'); END IF;
  EXECUTE $q$
  UPDATE allocations a SET available = a.available + m.amount
  FROM (SELECT n.tenant_id, n.allocation_id, sum(n.amount)::bigint AS amount FROM after n JOIN before o USING (tenant_id, id)
        WHERE o.ended_on IS NULL AND n.ended_on IS NOT NULL GROUP BY 1, 2) m
  WHERE a.tenant_id = m.tenant_id AND a.id = m.allocation_id
  $q$;
  RETURN NULL;
END $$;
CREATE TRIGGER room_insert AFTER INSERT ON entitlements REFERENCING NEW TABLE AS after
  FOR EACH STATEMENT EXECUTE FUNCTION take_room();
CREATE TRIGGER room_update AFTER UPDATE ON entitlements REFERENCING OLD TABLE AS before NEW TABLE AS after
  FOR EACH STATEMENT EXECUTE FUNCTION take_room();

-- Entitlements and payments follow the case they belong to, as everything on an enrolment does.
CREATE TRIGGER case_columns_of_money AFTER UPDATE ON enrolments REFERENCING OLD TABLE AS before NEW TABLE AS after
  FOR EACH STATEMENT EXECUTE FUNCTION pass_case_columns_on('entitlements', 'payments');
-- A case whose two records of one person were merged is another record's from then on, and so is the right to money: the
-- unique index then holds for the one person. Payments keep the record that they were sealed with.
CREATE FUNCTION entitlements_follow_person() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE entitlements n SET person_id = NEW.person_id, row_version = n.row_version + 1
  WHERE n.tenant_id = NEW.tenant_id AND n.enrolment_id = NEW.id AND n.person_id IS NOT NULL;
  RETURN NULL;
END $$;
CREATE TRIGGER person_of_money AFTER UPDATE OF person_id ON enrolments FOR EACH ROW
  WHEN (old.person_id IS DISTINCT FROM new.person_id) EXECUTE FUNCTION entitlements_follow_person();

-- What is being paid, or may be, is not hidden behind another case.
CREATE FUNCTION refuse_folding_money() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM entitlements n
      WHERE n.tenant_id = NEW.tenant_id AND n.enrolment_id = NEW.id AND n.ended_on IS NULL) THEN
    PERFORM public.refuse('a case with a live entitlement is not folded', 'folded_without_money');
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER money_stays_in_sight BEFORE UPDATE OF folded_into_id ON enrolments FOR EACH ROW
  WHEN (new.folded_into_id IS NOT NULL AND old.folded_into_id IS NULL) EXECUTE FUNCTION refuse_folding_money();
CREATE TRIGGER follows_insert AFTER INSERT ON entitlements REFERENCING NEW TABLE AS after
  FOR EACH STATEMENT EXECUTE FUNCTION case_follows_enrolment();
CREATE TRIGGER follows_insert AFTER INSERT ON payments REFERENCING NEW TABLE AS after
  FOR EACH STATEMENT EXECUTE FUNCTION case_follows_enrolment();

-- A batch is frozen from its check on, and settles only when every payment has a result and every paid one its proof.
CREATE FUNCTION guard_batch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN PERFORM refuse('a batch is made void, not deleted', 'guard_batch'); END IF;
  IF TG_OP = 'INSERT' THEN
    IF NEW.status <> 'draft' THEN PERFORM refuse('a batch begins as a draft', 'guard_batch'); END IF;
    RETURN NEW;
  END IF;
  IF OLD.status <> 'draft' AND
    (NEW.fiscal_year, NEW.number, NEW.allocation_id, NEW.method, NEW.payments, NEW.total, NEW.content_hash, NEW.made_by,
     NEW.checked_by) IS DISTINCT FROM
    (OLD.fiscal_year, OLD.number, OLD.allocation_id, OLD.method, OLD.payments, OLD.total, OLD.content_hash, OLD.made_by,
     OLD.checked_by)
    OR OLD.status <> 'draft' AND NEW.signatures_needed <> OLD.signatures_needed
    OR OLD.signed_by IS NOT NULL AND NEW.signed_by IS DISTINCT FROM OLD.signed_by
  THEN PERFORM refuse('a checked batch is frozen', 'batch_is_frozen'); END IF;
  IF NEW.status = 'checked' AND OLD.status = 'draft' AND (NEW.payments::bigint, NEW.total::numeric) <> (
    SELECT count(*), coalesce(sum(p.amount), 0) FROM payments p WHERE p.tenant_id = NEW.tenant_id AND p.batch_id = NEW.id)
  THEN PERFORM refuse('the payments do not add up to the batch', 'guard_batch'); END IF;
  IF NEW.status = 'checked' AND OLD.status = 'draft' AND NEW.signatures_needed <> (
    SELECT h.signatories FROM phases h WHERE h.tenant_id = NEW.tenant_id AND h.id = NEW.phase_id)
  THEN PERFORM refuse('the phase says how many sign', 'signatures'); END IF;
  IF NEW.status = 'signed' AND OLD.status = 'checked' AND (
    NEW.signatures_needed > (
      SELECT count(*) FROM batch_signatures g WHERE g.tenant_id = NEW.tenant_id AND g.batch_id = NEW.id)
    OR NOT EXISTS (SELECT 1 FROM batch_signatures g
      WHERE g.tenant_id = NEW.tenant_id AND g.batch_id = NEW.id AND g.signed_by = NEW.signed_by))
  THEN PERFORM refuse('not all have signed', 'signatures'); END IF;
  IF NEW.status = 'settled' AND OLD.status <> 'settled' AND EXISTS (
    SELECT 1 FROM payments p WHERE p.tenant_id = NEW.tenant_id AND p.batch_id = NEW.id
      AND (p.status IN ('listed', 'sent') OR p.status = 'paid' AND NOT EXISTS (
        SELECT 1 FROM payment_evidence v WHERE v.tenant_id = p.tenant_id AND v.payment_id = p.id)))
  THEN PERFORM refuse('no settlement without result and proof', 'evidence_gate'); END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guards BEFORE INSERT OR UPDATE OR DELETE ON payment_batches FOR EACH ROW EXECUTE FUNCTION guard_batch();
CREATE TRIGGER moves BEFORE UPDATE OF status ON payment_batches FOR EACH ROW WHEN (NEW.status <> OLD.status)
  EXECUTE FUNCTION only_moves(
    'draft>checked', 'draft>void', 'checked>signed', 'checked>void', 'signed>sent', 'signed>void', 'sent>settled');

-- Each signature is of the batch as it was checked, by somebody who neither made nor checked it.
CREATE FUNCTION guard_signature() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM payment_batches b WHERE b.tenant_id = NEW.tenant_id AND b.id = NEW.batch_id AND b.status = 'checked'
      AND b.content_hash = NEW.content_hash AND NEW.signed_by NOT IN (b.made_by, b.checked_by))
  THEN PERFORM refuse('not to be signed, or by its maker or checker', 'three_persons'); END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guards BEFORE INSERT ON batch_signatures FOR EACH ROW EXECUTE FUNCTION guard_signature();

CREATE FUNCTION guard_payments() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE odd boolean;
BEGIN
  IF TG_OP = 'INSERT' THEN
    EXECUTE $q$ SELECT EXISTS (
      SELECT 1 FROM after n
      JOIN payment_batches b ON b.tenant_id = n.tenant_id AND b.id = n.batch_id
      JOIN entitlements e ON e.tenant_id = n.tenant_id AND e.id = n.entitlement_id
      WHERE n.status <> 'listed' OR b.status <> 'draft' OR e.ended_on IS NOT NULL OR e.allocation_id <> b.allocation_id
        OR (n.amount, n.enrolment_id, n.phase_id) IS DISTINCT FROM (e.amount, e.enrolment_id, e.phase_id)
        OR (n.person_id, n.subject_institution_id) IS DISTINCT FROM (e.person_id, e.subject_institution_id)) $q$
    INTO odd;
  ELSIF TG_OP = 'DELETE' THEN
    EXECUTE $q$ SELECT EXISTS (
      SELECT 1 FROM before o JOIN payment_batches b ON b.tenant_id = o.tenant_id AND b.id = o.batch_id
      WHERE b.status <> 'draft') $q$ INTO odd;
  ELSE
    EXECUTE $q$ SELECT EXISTS (
      SELECT 1 FROM after n JOIN before o USING (tenant_id, id)
      JOIN payment_batches b ON b.tenant_id = n.tenant_id AND b.id = n.batch_id
      WHERE (n.batch_id, n.entitlement_id, n.enrolment_id, n.phase_id, n.person_id, n.subject_institution_id, n.amount,
             n.event_area_code, n.group_slug, n.benefit_id)
        IS DISTINCT FROM (o.batch_id, o.entitlement_id, o.enrolment_id, o.phase_id, o.person_id, o.subject_institution_id,
             o.amount, o.event_area_code, o.group_slug, o.benefit_id)
        OR b.status <> 'draft' AND (n.line_no, n.payee_name, n.bank_code, n.account_no, n.account_name, n.follows_id)
          IS DISTINCT FROM (o.line_no, o.payee_name, o.bank_code, o.account_no, o.account_name, o.follows_id)
        OR n.status <> o.status AND b.status || ':' || o.status || '>' || n.status NOT IN (
          'void:listed>void', 'sent:listed>sent', 'sent:sent>paid', 'sent:sent>unclaimed', 'sent:sent>bounced',
          'sent:paid>unclaimed', 'sent:paid>bounced')) $q$ INTO odd;
  END IF;
  IF odd THEN PERFORM refuse('payments follow their batch and their entitlement', 'payment_is_frozen'); END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER guards_insert AFTER INSERT ON payments REFERENCING NEW TABLE AS after
  FOR EACH STATEMENT EXECUTE FUNCTION guard_payments();
CREATE TRIGGER guards_update AFTER UPDATE ON payments REFERENCING OLD TABLE AS before NEW TABLE AS after
  FOR EACH STATEMENT EXECUTE FUNCTION guard_payments();
CREATE TRIGGER guards_delete AFTER DELETE ON payments REFERENCING OLD TABLE AS before
  FOR EACH STATEMENT EXECUTE FUNCTION guard_payments();
