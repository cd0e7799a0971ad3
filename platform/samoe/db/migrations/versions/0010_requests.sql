-- Who may do what to a request, whichever code asks. The province (samoe_app) prepares, sends, withdraws and answers;
-- the fund (samoe_fund) reviews and decides.
CREATE FUNCTION guard_request() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE lines bigint; odd bigint;
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.status <> 'draft' OR NEW.version <> 1 OR NEW.round <> 0 OR NEW.submitted_at IS NOT NULL
    THEN PERFORM refuse('a request begins as a draft', 'guard_request'); END IF;
    RETURN NEW;
  END IF;
  IF TG_OP = 'DELETE' THEN
    IF OLD.submitted_at IS NOT NULL THEN PERFORM refuse('a sent request stays', 'guard_request'); END IF;
    RETURN OLD;
  END IF;
  IF NEW.status <> OLD.status THEN
    IF current_user = 'samoe_app' AND NEW.status NOT IN ('submitted', 'withdrawn', 'answered')
      OR current_user = 'samoe_fund' AND NEW.status IN ('submitted', 'withdrawn', 'answered')
    THEN PERFORM refuse('not this side''s to decide', 'guard_request'); END IF;
  END IF;
  IF OLD.submitted_at IS NOT NULL AND
    (NEW.phase_id, NEW.agreement_id, NEW.fiscal_year, NEW.number, NEW.note, NEW.prepared_by,
     NEW.submitted_by, NEW.submitted_on, NEW.submitted_at)
    IS DISTINCT FROM
    (OLD.phase_id, OLD.agreement_id, OLD.fiscal_year, OLD.number, OLD.note, OLD.prepared_by,
     OLD.submitted_by, OLD.submitted_on, OLD.submitted_at)
  THEN PERFORM refuse('a sent request is not edited', 'sent_is_sealed'); END IF;
  -- A sent total changes in one way: the province sends it again with the lines that were asked about corrected.
  IF (NEW.total, NEW.content_hash, NEW.version) IS DISTINCT FROM (OLD.total, OLD.content_hash, OLD.version)
    AND OLD.submitted_at IS NOT NULL AND NOT (
      OLD.status = 'asked' AND NEW.status = 'answered' AND NEW.version = OLD.version + 1
      AND NEW.content_hash <> OLD.content_hash AND EXISTS (
        SELECT 1 FROM request_corrections c WHERE c.tenant_id = NEW.tenant_id AND c.request_id = NEW.id
          AND c.round = NEW.round AND c.submitted_at IS NOT NULL))
  THEN PERFORM refuse('a sent request is not edited', 'sent_is_sealed'); END IF;
  IF NEW.round <> OLD.round + (NEW.status = 'asked' AND OLD.status <> 'asked')::int
  THEN PERFORM refuse('each time the fund asks is one round', 'guard_request'); END IF;
  IF NEW.status = 'answered' AND OLD.status = 'asked' AND EXISTS (
    SELECT 1 FROM request_corrections c
    WHERE c.tenant_id = NEW.tenant_id AND c.request_id = NEW.id AND c.submitted_at IS NULL)
  THEN PERFORM refuse('corrections are sent with the answers', 'guard_request'); END IF;
  IF OLD.decided_by IS NOT NULL AND (NEW.decided_by, NEW.approved_total, NEW.terms, NEW.recommended_by)
    IS DISTINCT FROM (OLD.decided_by, OLD.approved_total, OLD.terms, OLD.recommended_by)
  THEN PERFORM refuse('a decision stays', 'guard_request'); END IF;
  IF NEW.decided_by IS NOT NULL AND OLD.decided_by IS NULL AND (
    EXISTS (SELECT 1 FROM request_reviews v
            WHERE v.tenant_id = NEW.tenant_id AND v.request_id = NEW.id AND v.reviewed_by = NEW.decided_by)
    OR EXISTS (SELECT 1 FROM request_questions q
            WHERE q.tenant_id = NEW.tenant_id AND q.request_id = NEW.id AND q.asked_by = NEW.decided_by)
    OR EXISTS (SELECT 1 FROM request_corrections c
            WHERE c.tenant_id = NEW.tenant_id AND c.request_id = NEW.id
              AND NEW.decided_by IN (c.corrected_by, c.submitted_by)))
  THEN PERFORM refuse('who reviewed does not decide', 'approver_is_another_person'); END IF;
  IF NEW.status <> OLD.status AND NEW.status IN ('submitted', 'answered') THEN
    SELECT coalesce(sum(l.total), 0), count(*) FILTER (WHERE l.submitted_at IS NULL OR l.count = 0) INTO lines, odd
    FROM request_lines l WHERE l.tenant_id = NEW.tenant_id AND l.request_id = NEW.id;
    IF lines <> NEW.total OR odd > 0 THEN PERFORM refuse('the lines do not add up to the request', 'guard_request'); END IF;
    SELECT count(*) INTO odd FROM request_lines l
    WHERE l.tenant_id = NEW.tenant_id AND l.request_id = NEW.id AND l.subject = 'institution' AND (l.count, l.total) <> (
      SELECT count(*), coalesce(sum(g.amount), 0) FROM request_grants g
      WHERE g.tenant_id = l.tenant_id AND g.line_id = l.id AND g.submitted_at IS NOT NULL);
    IF odd > 0 THEN PERFORM refuse('the grants do not add up to their line', 'guard_request'); END IF;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guards BEFORE INSERT OR UPDATE OR DELETE ON funding_requests FOR EACH ROW EXECUTE FUNCTION guard_request();
CREATE TRIGGER moves BEFORE UPDATE OF status ON funding_requests FOR EACH ROW WHEN (NEW.status <> OLD.status)
  EXECUTE FUNCTION only_moves(
    'draft>submitted', 'submitted>withdrawn', 'submitted>in_review', 'in_review>asked', 'asked>answered',
    'answered>asked', 'in_review>recommended', 'answered>recommended', 'recommended>in_review',
    'recommended>approved', 'recommended>partly_approved', 'recommended>refused');

-- Lines and grants: once they are sent nothing is added, changed or taken away, but for what a correction says of a
-- line that was asked about, in the moment in which the request is sent again.
CREATE FUNCTION seal_request_part() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE line uuid;
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.submitted_at IS NULL AND EXISTS (
      SELECT 1 FROM funding_requests r WHERE r.tenant_id = NEW.tenant_id AND r.id = NEW.request_id AND r.status = 'draft')
    THEN RETURN NEW; END IF;
  ELSIF OLD.submitted_at IS NULL THEN
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
  END IF;
  line := (to_jsonb(CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END)
    ->> CASE TG_TABLE_NAME WHEN 'request_lines' THEN 'id' ELSE 'line_id' END)::uuid;
  IF (TG_TABLE_NAME = 'request_lines' AND TG_OP = 'UPDATE'
      AND to_jsonb(NEW) - ARRAY['count', 'unit_amount', 'total', 'note', 'qualifying']
        = to_jsonb(OLD) - ARRAY['count', 'unit_amount', 'total', 'note', 'qualifying']
    OR TG_TABLE_NAME = 'request_grants' AND (TG_OP = 'DELETE' OR TG_OP = 'INSERT' AND NEW.submitted_at IS NOT NULL))
    AND EXISTS (
      SELECT 1 FROM request_corrections c
      JOIN funding_requests r ON r.tenant_id = c.tenant_id AND r.id = c.request_id AND r.round = c.round
      WHERE c.tenant_id = coalesce(NEW.tenant_id, OLD.tenant_id) AND c.line_id = line
        AND c.submitted_at IS NULL AND r.status = 'asked')
  THEN RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END; END IF;
  PERFORM refuse('a sent request is not edited', 'sent_is_sealed');
  RETURN NULL;
END $$;
CREATE TRIGGER seals BEFORE INSERT OR UPDATE OR DELETE ON request_lines FOR EACH ROW EXECUTE FUNCTION seal_request_part();
CREATE TRIGGER seals BEFORE INSERT OR UPDATE OR DELETE ON request_grants FOR EACH ROW EXECUTE FUNCTION seal_request_part();

-- A correction is of a line that the fund asked about in the round that is open, by nobody of the fund's side, and
-- begins from what the line says. It is sent once, when the line says what it says, and then stays.
CREATE FUNCTION guard_correction() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF OLD.submitted_at IS NOT NULL THEN PERFORM refuse('an earlier version stays', 'correction_stays'); END IF;
    RETURN OLD;
  END IF;
  IF NOT EXISTS (
    SELECT 1 FROM funding_requests r
    JOIN request_questions q ON q.tenant_id = r.tenant_id AND q.request_id = r.id AND q.round = r.round
    WHERE r.tenant_id = NEW.tenant_id AND r.id = NEW.request_id AND r.status = 'asked' AND r.round = NEW.round
      AND q.line_id = NEW.line_id)
  THEN PERFORM refuse('this line was not asked about', 'correction_of_asked_line'); END IF;
  IF EXISTS (
    SELECT 1 FROM request_reviews v WHERE v.tenant_id = NEW.tenant_id AND v.request_id = NEW.request_id
      AND v.reviewed_by IN (NEW.corrected_by, NEW.submitted_by)
    UNION ALL SELECT 1 FROM request_questions q WHERE q.tenant_id = NEW.tenant_id AND q.request_id = NEW.request_id
      AND q.asked_by IN (NEW.corrected_by, NEW.submitted_by))
  THEN PERFORM refuse('who reviews does not correct', 'requester_is_not_reviewer'); END IF;
  IF TG_OP = 'INSERT' OR OLD.submitted_at IS NULL AND NEW.submitted_at IS NULL THEN
    IF NEW.submitted_at IS NOT NULL OR NOT EXISTS (
      SELECT 1 FROM request_lines l WHERE l.tenant_id = NEW.tenant_id AND l.id = NEW.line_id
        AND l.request_id = NEW.request_id AND (l.count, l.unit_amount, l.total, l.note)
          IS NOT DISTINCT FROM (NEW.old_count, NEW.old_unit_amount, NEW.old_total, NEW.old_note)
        AND (l.subject = 'person' AND NEW.total = NEW.count * NEW.unit_amount OR l.subject = 'institution'))
    THEN PERFORM refuse('a correction begins from the line', 'correction_of_asked_line'); END IF;
  ELSIF OLD.submitted_at IS NOT NULL
    OR to_jsonb(NEW) - ARRAY['submitted_by', 'submitted_on', 'submitted_at', 'row_version']
      <> to_jsonb(OLD) - ARRAY['submitted_by', 'submitted_on', 'submitted_at', 'row_version']
    OR NOT EXISTS (
      SELECT 1 FROM request_lines l WHERE l.tenant_id = NEW.tenant_id AND l.id = NEW.line_id
        AND (l.count, l.unit_amount, l.total, l.note) IS NOT DISTINCT FROM (NEW.count, NEW.unit_amount, NEW.total, NEW.note))
    OR (SELECT coalesce(jsonb_object_agg(g.institution_id, g.amount), '{}') FROM request_grants g
        WHERE g.tenant_id = NEW.tenant_id AND g.line_id = NEW.line_id)
      <> (SELECT coalesce(jsonb_object_agg(said ->> 'institution_id', (said ->> 'amount')::bigint), '{}')
          FROM jsonb_array_elements(NEW.grants) said)
  THEN PERFORM refuse('an earlier version stays', 'correction_stays'); END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guards BEFORE INSERT OR UPDATE OR DELETE ON request_corrections
  FOR EACH ROW EXECUTE FUNCTION guard_correction();

-- The fund alone reviews, asks and allocates.
REVOKE INSERT, UPDATE, DELETE ON request_reviews, allocations, allocation_grants FROM samoe_app;
REVOKE INSERT, UPDATE, DELETE ON request_questions FROM samoe_app;
GRANT UPDATE (answer, answered_by, answered_on) ON request_questions TO samoe_app;
REVOKE UPDATE ON request_questions, allocations, allocation_grants FROM samoe_fund;

CREATE FUNCTION guard_review() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE who uuid;
BEGIN
  who := (to_jsonb(NEW) ->> CASE TG_TABLE_NAME WHEN 'request_reviews' THEN 'reviewed_by' ELSE 'asked_by' END)::uuid;
  IF NOT EXISTS (
    SELECT 1 FROM funding_requests r WHERE r.tenant_id = NEW.tenant_id AND r.id = NEW.request_id
      AND r.status IN ('in_review', 'asked', 'answered') AND who NOT IN (r.prepared_by, r.submitted_by)
      AND NOT EXISTS (SELECT 1 FROM request_corrections c WHERE c.tenant_id = r.tenant_id AND c.request_id = r.id
        AND who IN (c.corrected_by, c.submitted_by))
      AND (TG_TABLE_NAME = 'request_reviews' OR (to_jsonb(NEW) ->> 'round')::int = r.round + 1))
  THEN PERFORM refuse('not under review, or by its requester', 'requester_is_not_reviewer'); END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guards BEFORE INSERT OR UPDATE ON request_reviews FOR EACH ROW EXECUTE FUNCTION guard_review();
CREATE TRIGGER guards BEFORE INSERT ON request_questions FOR EACH ROW EXECUTE FUNCTION guard_review();

CREATE FUNCTION guard_allocation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.available <> NEW.amount OR NOT EXISTS (
    SELECT 1 FROM funding_requests r JOIN request_lines l ON l.tenant_id = r.tenant_id AND l.request_id = r.id
    WHERE r.tenant_id = NEW.tenant_id AND r.id = NEW.request_id AND l.id = NEW.line_id
      AND r.status IN ('approved', 'partly_approved') AND r.decided_by = NEW.approved_by
      AND r.agreement_id = NEW.agreement_id AND NEW.amount <= l.total)
  THEN PERFORM refuse('an allocation comes out of an approval', 'guard_allocation'); END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guards BEFORE INSERT ON allocations FOR EACH ROW EXECUTE FUNCTION guard_allocation();

-- An institution is granted no more than it asked for, and the grants of a budget line are its amount.
CREATE FUNCTION guard_allocation_grants() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT 1 FROM allocations a LEFT JOIN allocation_grants g ON g.tenant_id = a.tenant_id AND g.allocation_id = a.id
    LEFT JOIN request_grants q ON q.tenant_id = g.tenant_id AND q.line_id = a.line_id
      AND q.institution_id = g.institution_id
    WHERE a.tenant_id = NEW.tenant_id AND a.subject = 'institution'
      AND a.id = (to_jsonb(NEW) ->> CASE TG_TABLE_NAME WHEN 'allocations' THEN 'id' ELSE 'allocation_id' END)::uuid
    GROUP BY a.id, a.count, a.amount
    HAVING (count(g.id), coalesce(sum(g.amount), 0)) <> (a.count, a.amount)
      OR count(*) FILTER (WHERE q.amount IS NULL OR g.amount > q.amount) > 0)
  THEN PERFORM refuse('the grants do not add up to their budget line', 'guard_allocation'); END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER adds_up AFTER INSERT ON allocations DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION guard_allocation_grants();
CREATE CONSTRAINT TRIGGER adds_up AFTER INSERT ON allocation_grants DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION guard_allocation_grants();

-- Money between fund and province: whoever decided on an agreement's requests does not send its money.
REVOKE INSERT, UPDATE, DELETE ON instalments FROM samoe_app;
GRANT UPDATE (status, received_by, received_on, row_version) ON instalments TO samoe_app;
REVOKE UPDATE ON instalments FROM samoe_fund;
REVOKE UPDATE, DELETE ON refunds FROM samoe_app;
REVOKE INSERT, UPDATE ON refunds FROM samoe_fund;
GRANT UPDATE (status, received_by, received_on, row_version) ON refunds TO samoe_fund;

CREATE FUNCTION guard_instalment() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.status <> 'sent' OR EXISTS (
    SELECT 1 FROM funding_requests r
    WHERE r.tenant_id = NEW.tenant_id AND r.agreement_id = NEW.agreement_id AND r.decided_by = NEW.sent_by)
  THEN PERFORM refuse('who decided does not send the money', 'sender_is_another_person'); END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guards BEFORE INSERT ON instalments FOR EACH ROW EXECUTE FUNCTION guard_instalment();
CREATE TRIGGER moves BEFORE UPDATE OF status ON instalments FOR EACH ROW WHEN (NEW.status <> OLD.status)
  EXECUTE FUNCTION only_moves('sent>received');
CREATE TRIGGER moves BEFORE UPDATE OF status ON refunds FOR EACH ROW WHEN (NEW.status <> OLD.status)
  EXECUTE FUNCTION only_moves('sent>received');
