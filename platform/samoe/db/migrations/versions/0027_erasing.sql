-- Made by samoe/privacy/statements.py from the data dictionary; a change of it is a new file.
-- Cells that were shown as examples when a file's columns were named.
CREATE OR REPLACE FUNCTION without_samples(proposal jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
  SELECT jsonb_set(proposal, '{sheets}', coalesce((
    SELECT jsonb_agg(CASE WHEN s ? 'columns' THEN jsonb_set(s, '{columns}', coalesce((
        SELECT jsonb_agg(c || '{"samples": []}' ORDER BY m) FROM jsonb_array_elements(s -> 'columns') WITH ORDINALITY y(c, m)
      ), '[]')) ELSE s END ORDER BY n)
    FROM jsonb_array_elements(proposal -> 'sheets') WITH ORDINALITY x(s, n)), '[]'))
$$;

-- These functions look past what a member with a part of the tenant may reach: they are for those who reach all of it.
CREATE OR REPLACE FUNCTION only_with_the_whole() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF current_setting('app.whole', true) IS DISTINCT FROM 'on' THEN
    PERFORM refuse('only for who reaches the whole tenant', 'whole_tenant'); END IF;
END $$;

-- The record, and all that were merged into it or into those.
CREATE OR REPLACE FUNCTION records_of(person uuid) RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER
  SET search_path = pg_catalog, public, pg_temp AS $$
  WITH RECURSIVE same AS (
    SELECT p.tenant_id, p.id FROM persons p
    WHERE p.tenant_id = nullif(current_setting('app.tenant', true), '')::smallint AND p.id = person
      AND current_setting('app.whole', true) = 'on'
    UNION SELECT p.tenant_id, p.id FROM persons p JOIN same s ON p.tenant_id = s.tenant_id AND p.merged_into_id = s.id)
  SELECT coalesce(array_agg(id ORDER BY id), '{}') FROM same
$$;

-- The lines of files that speak of somebody, whether they were taken in or not.
CREATE OR REPLACE FUNCTION lines_of(person uuid) RETURNS uuid[] LANGUAGE plpgsql STABLE SECURITY DEFINER
  SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  here smallint := nullif(current_setting('app.tenant', true), '')::smallint;
  who uuid[] := records_of(person); cases uuid[]; numbers text[];
BEGIN
  cases := ARRAY(SELECT e.id FROM enrolments e WHERE e.tenant_id = here AND e.person_id = any (who));
  numbers := ARRAY(SELECT i.value FROM person_identifiers i WHERE i.tenant_id = here AND i.person_id = any (who));
  RETURN ARRAY(SELECT r.id FROM import_rows r WHERE r.tenant_id = here AND (
    r.person_id = any (who) OR r.enrolment_id = any (cases) OR r.id = any (who) OR r.identifier = any (numbers)
    OR EXISTS (SELECT 1 FROM persons p WHERE p.tenant_id = here AND p.id = any (who) AND p.search_name <> ''
      AND p.birth_date IS NOT NULL AND r.search_name = p.search_name AND r.birth_date = p.birth_date)
    OR r.person_id IS NULL AND EXISTS (
      SELECT 1 FROM unnest(numbers) n WHERE position(n IN regexp_replace(r.typed::text, '[^0-9]', '', 'g')) > 0)
    -- A line that was not taken in has no name of its own to compare: both names in its cells are enough.
    OR r.person_id IS NULL AND r.first_name IS NULL AND EXISTS (
      SELECT 1 FROM persons p WHERE p.tenant_id = here AND p.id = any (who)
        AND length(p.first_name) > 1 AND length(p.last_name) > 1
        AND position(p.first_name IN r.typed::text) > 0 AND position(p.last_name IN r.typed::text) > 0)));
END $$;

-- What stands against erasing somebody now, and how many of it. Nothing where nothing does.
CREATE OR REPLACE FUNCTION against_erasing(person uuid) RETURNS TABLE (code text, n bigint) LANGUAGE sql STABLE SECURITY DEFINER
  SET search_path = pg_catalog, public, pg_temp AS $$
  WITH here AS (SELECT nullif(current_setting('app.tenant', true), '')::smallint AS t, records_of(person) AS who),
  cases AS (SELECT e.tenant_id, e.id FROM enrolments e, here WHERE e.tenant_id = here.t AND e.person_id = any (here.who)),
  found AS (
    SELECT 'hold' AS code, count(*) AS n FROM legal_holds h, here
      WHERE h.tenant_id = here.t AND h.person_id = any (here.who) AND h.lifted_on IS NULL
    UNION ALL SELECT 'payment', count(*) FROM payments p JOIN cases c ON c.tenant_id = p.tenant_id AND c.id = p.enrolment_id
      WHERE p.status IN ('listed', 'sent')
    UNION ALL SELECT 'entitlement', count(*) FROM entitlements e JOIN cases c ON c.tenant_id = e.tenant_id
      AND c.id = e.enrolment_id WHERE e.ended_on IS NULL AND NOT EXISTS (
        SELECT 1 FROM payments p WHERE p.tenant_id = e.tenant_id AND p.entitlement_id = e.id AND p.status = 'paid')
    UNION ALL SELECT 'referral', count(*) FROM referrals r JOIN cases c ON c.tenant_id = r.tenant_id
      AND c.id = r.enrolment_id WHERE r.state IN ('sent', 'accepted')
    UNION ALL SELECT 'follow_up', count(*) FROM follow_ups f JOIN cases c ON c.tenant_id = f.tenant_id
      AND c.id = f.enrolment_id WHERE f.state = 'due'
    UNION ALL SELECT 'import', count(*) FROM import_batches b, here WHERE b.tenant_id = here.t
      AND b.state NOT IN ('committed', 'undone', 'failed') AND b.id IN (
        SELECT r.batch_id FROM import_rows r WHERE r.tenant_id = here.t AND r.id = any (lines_of(person))))
  SELECT code, n FROM found WHERE n > 0
$$;

-- Whether everything kept of somebody is over its time. False as long as anything is not.
CREATE OR REPLACE FUNCTION over_its_time(person uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
  SET search_path = pg_catalog, public, pg_temp AS $$
  WITH here AS (SELECT nullif(current_setting('app.tenant', true), '')::smallint AS t, records_of(person) AS who)
  SELECT NOT EXISTS (SELECT 1 FROM enrolments e JOIN phases p ON p.tenant_id = e.tenant_id AND p.id = e.phase_id, here
      WHERE e.tenant_id = here.t AND e.person_id = any (here.who)
        AND greatest(e.closed_on, p.ends_on) > current_date - interval '5 years')
    AND NOT EXISTS (SELECT 1 FROM payments y JOIN enrolments e ON e.tenant_id = y.tenant_id AND e.id = y.enrolment_id, here
      WHERE y.tenant_id = here.t AND e.person_id = any (here.who)
        AND y.paid_on > current_date - interval '10 years')
    AND NOT EXISTS (SELECT 1 FROM persons x, here WHERE x.tenant_id = here.t AND x.id = any (here.who)
        AND x.recorded_at > now() - interval '5 years')
    AND NOT EXISTS (SELECT 1 FROM privacy_requests q, here
      WHERE q.tenant_id = here.t AND q.person_id = any (here.who) AND q.state = 'open')
$$;

-- Carry out a prepared erasure. As the owner: former values, staged changes and receipts are not for the application to
-- change. Told is an erasure, no table: what goes is written here, and made from the data dictionary
-- (samoe/privacy/statements.py). A person acts through their membership (app.actor), and never one who prepared it.
CREATE OR REPLACE FUNCTION erase_person(asked uuid) RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  here smallint := nullif(current_setting('app.tenant', true), '')::smallint;
  e record; doer uuid; who uuid[]; cases uuid[]; lines uuid[]; batches uuid[]; homes uuid[]; proofs uuid[];
  gone uuid[] := '{}'; went jsonb := '{}'; n bigint;
BEGIN
  PERFORM only_with_the_whole();
  SELECT * INTO e FROM erasures x WHERE x.tenant_id = here AND x.id = asked FOR UPDATE;
  IF NOT FOUND OR e.state <> 'prepared' THEN PERFORM refuse('there is no such erasure to carry out', 'erasure'); END IF;
  PERFORM 1 FROM persons p WHERE p.tenant_id = here AND p.id = e.person_id FOR UPDATE;
  IF e.origin = 'request' THEN
    SELECT m.account_id INTO doer FROM memberships m
    WHERE m.tenant_id = here AND m.id = nullif(current_setting('app.actor', true), '')::uuid;
    IF doer IS NULL OR doer = e.prepared_by THEN
      PERFORM refuse('who prepared it does not carry it out', 'two_persons'); END IF;
  ELSIF NOT over_its_time(e.person_id) THEN PERFORM refuse('it may still be kept', 'over_its_time');
  END IF;
  IF EXISTS (SELECT 1 FROM against_erasing(e.person_id)) THEN
    PERFORM refuse('something stands against it', 'against_erasing'); END IF;

  who := records_of(e.person_id);
  cases := ARRAY(SELECT c.id FROM enrolments c WHERE c.tenant_id = here AND c.person_id = any (who));
  lines := lines_of(e.person_id);
  batches := ARRAY(SELECT DISTINCT r.batch_id FROM import_rows r WHERE r.tenant_id = here AND r.id = any (lines));

  -- Lines of files, what was mended in them, what they changed; and the files, of which others are told in the register.
  UPDATE import_corrections c SET was = NULL, typed = CASE WHEN c.typed IS NULL THEN NULL ELSE '' END
  FROM import_rows r WHERE c.tenant_id = here AND r.tenant_id = here AND r.id = any (lines)
    AND (c.batch_id, c.sheet, c.row_no) = (r.batch_id, r.sheet, r.row_no);
  DELETE FROM import_changes c WHERE c.tenant_id = here AND (c.row_id = any (who) OR c.row_id = any (cases)
    OR c.row_id = any (lines) OR (c.before ->> 'person_id')::uuid = any (who));
  UPDATE import_rows t SET typed = '[]'::jsonb, extra = NULL, title = NULL, first_name = NULL, last_name = NULL, search_name = NULL, sort_key = NULL, sex = NULL, birth_date = NULL, house_no = NULL, moo = NULL, phones = NULL, guardian_name = NULL, identifier = NULL, answers = NULL
  WHERE t.tenant_id = here AND (t.id = any (lines));
  GET DIAGNOSTICS n = ROW_COUNT; went := went || jsonb_build_object('import_rows', n);
  UPDATE import_batches b SET proposal = without_samples(b.proposal)
  WHERE b.tenant_id = here AND b.id = any (batches) AND b.proposal ? 'sheets';
  UPDATE row_history h SET before = h.before || '{"proposal": {}}'::jsonb
  WHERE h.tenant_id = here AND h.table_name = 'import_batches' AND h.row_id = any (batches::text[]);

  -- Papers. A proof of payment stays, as the law on money has it; its name tells nobody's.
  gone := ARRAY(SELECT d.id FROM documents d WHERE d.tenant_id = here
    AND (d.subject_id = any (who) OR d.subject_id = any (cases)
      OR d.id IN (SELECT b.document_id FROM import_batches b WHERE b.tenant_id = here AND b.id = any (batches))
      OR d.id IN (SELECT c.document_id FROM consents c WHERE c.tenant_id = here AND c.person_id = any (who)))
    AND NOT EXISTS (SELECT 1 FROM payment_evidence v WHERE v.tenant_id = here AND v.document_id = d.id));
  proofs := ARRAY(SELECT v.document_id FROM payment_evidence v JOIN payments p ON p.tenant_id = here AND p.id = v.payment_id
    JOIN enrolments c ON c.tenant_id = here AND c.id = p.enrolment_id LEFT JOIN persons o ON o.tenant_id = here AND o.id = c.person_id
    WHERE v.tenant_id = here GROUP BY v.document_id HAVING bool_and(p.enrolment_id = any (cases) OR o.erased_at IS NOT NULL)
      AND bool_or(p.enrolment_id = any (cases)));
  -- After the years that the law on money asks for, the proof goes with the last of those whom it is about.
  IF e.origin = 'retention' THEN gone := gone || proofs; END IF;
  UPDATE documents d SET file_name = 'ข้อมูลถูกลบ',
    erased_at = CASE WHEN d.id = any (gone) THEN coalesce(d.erased_at, now()) ELSE d.erased_at END
  WHERE d.tenant_id = here AND (d.id = any (gone) OR d.id = any (proofs));
  GET DIAGNOSTICS n = ROW_COUNT; went := went || jsonb_build_object('documents', n);
  UPDATE row_history h SET before = h.before || '{"file_name": "ข้อมูลถูกลบ"}'::jsonb
  WHERE h.tenant_id = here AND h.table_name = 'documents' AND h.row_id = any ((gone || proofs)::text[]);

  -- A household of nobody else's says nothing of where it is.
  homes := ARRAY(SELECT m.household_id FROM household_members m WHERE m.tenant_id = here
    GROUP BY m.household_id HAVING bool_and(m.person_id = any (who)));
  UPDATE households h SET house_no = NULL, moo = NULL WHERE h.tenant_id = here AND h.id = any (homes);
  UPDATE row_history h SET before = h.before || '{"house_no": null, "moo": null}'::jsonb
  WHERE h.tenant_id = here AND h.table_name = 'households' AND h.row_id = any (homes::text[]);

  -- What somebody typed to search for, and keeps for as long as they stay signed in.
  DELETE FROM kept_words k WHERE k.tenant_id = here AND EXISTS (SELECT 1 FROM persons p WHERE p.tenant_id = here
    AND p.id = any (who) AND (length(p.first_name) > 1 AND position(p.first_name IN k.words) > 0
      OR length(p.last_name) > 1 AND position(p.last_name IN k.words) > 0
      OR EXISTS (SELECT 1 FROM person_identifiers i WHERE i.tenant_id = here AND i.person_id = p.id
        AND position(i.value IN regexp_replace(k.words, '[^0-9]', '', 'g')) > 0)));

  DELETE FROM assessment_marks t WHERE t.tenant_id = here AND (t.enrolment_id = any (cases));
  GET DIAGNOSTICS n = ROW_COUNT; went := went || jsonb_build_object('assessment_marks', n);
  UPDATE assessments t SET facts = '{}'::jsonb, result = '{}'::jsonb
  WHERE t.tenant_id = here AND (t.enrolment_id = any (cases));
  GET DIAGNOSTICS n = ROW_COUNT; went := went || jsonb_build_object('assessments', n);
  UPDATE consents t SET guardian_name = NULL, relation = NULL, proof = NULL, witness = NULL
  WHERE t.tenant_id = here AND (t.person_id = any (who));
  GET DIAGNOSTICS n = ROW_COUNT; went := went || jsonb_build_object('consents', n);
  DELETE FROM duplicate_candidates t WHERE t.tenant_id = here AND (t.person_id = any (who) OR t.other_person_id = any (who));
  GET DIAGNOSTICS n = ROW_COUNT; went := went || jsonb_build_object('duplicate_candidates', n);
  UPDATE encounters t SET note = NULL
  WHERE t.tenant_id = here AND (t.enrolment_id = any (cases));
  GET DIAGNOSTICS n = ROW_COUNT; went := went || jsonb_build_object('encounters', n);
  UPDATE entitlements t SET payee_name = CASE WHEN t.payee_name IS NULL THEN NULL ELSE 'ข้อมูลถูกลบ' END, ended_reason = CASE WHEN t.ended_reason IS NULL THEN NULL ELSE 'ข้อมูลถูกลบ' END, row_version = t.row_version + 1
  WHERE t.tenant_id = here AND (t.enrolment_id = any (cases));
  GET DIAGNOSTICS n = ROW_COUNT; went := went || jsonb_build_object('entitlements', n);
  UPDATE erasures t SET reason = NULL
  WHERE t.tenant_id = here AND (t.person_id = any (who));
  GET DIAGNOSTICS n = ROW_COUNT; went := went || jsonb_build_object('erasures', n);
  DELETE FROM household_members t WHERE t.tenant_id = here AND (t.person_id = any (who));
  GET DIAGNOSTICS n = ROW_COUNT; went := went || jsonb_build_object('household_members', n);
  DELETE FROM identifier_claims t WHERE t.tenant_id = here AND (t.person_id = any (who));
  GET DIAGNOSTICS n = ROW_COUNT; went := went || jsonb_build_object('identifier_claims', n);
  UPDATE improvement_items t SET action = CASE WHEN t.action IS NULL THEN NULL ELSE '' END, responsible = CASE WHEN t.responsible IS NULL THEN NULL ELSE '' END
  WHERE t.tenant_id = here AND (t.enrolment_id = any (cases));
  GET DIAGNOSTICS n = ROW_COUNT; went := went || jsonb_build_object('improvement_items', n);
  UPDATE legal_holds t SET reason = CASE WHEN t.reason IS NULL THEN NULL ELSE 'ข้อมูลถูกลบ' END
  WHERE t.tenant_id = here AND (t.person_id = any (who));
  GET DIAGNOSTICS n = ROW_COUNT; went := went || jsonb_build_object('legal_holds', n);
  DELETE FROM payee_accounts t WHERE t.tenant_id = here AND (t.person_id = any (who));
  GET DIAGNOSTICS n = ROW_COUNT; went := went || jsonb_build_object('payee_accounts', n);
  UPDATE payments t SET payee_name = CASE WHEN t.payee_name IS NULL THEN NULL ELSE 'ข้อมูลถูกลบ' END, bank_code = NULL, account_no = NULL, account_name = NULL, result_reason = NULL, row_version = t.row_version + 1
  WHERE t.tenant_id = here AND (t.enrolment_id = any (cases));
  GET DIAGNOSTICS n = ROW_COUNT; went := went || jsonb_build_object('payments', n);
  DELETE FROM person_identifiers t WHERE t.tenant_id = here AND (t.person_id = any (who));
  GET DIAGNOSTICS n = ROW_COUNT; went := went || jsonb_build_object('person_identifiers', n);
  DELETE FROM person_merge_moves t WHERE t.tenant_id = here AND (t.kept_id = any (who));
  GET DIAGNOSTICS n = ROW_COUNT; went := went || jsonb_build_object('person_merge_moves', n);
  UPDATE person_merges t SET reason = CASE WHEN t.reason IS NULL THEN NULL ELSE '' END, parted_reason = CASE WHEN t.parted_reason IS NULL THEN NULL ELSE '' END
  WHERE t.tenant_id = here AND (t.kept_id = any (who) OR t.merged_id = any (who));
  GET DIAGNOSTICS n = ROW_COUNT; went := went || jsonb_build_object('person_merges', n);
  DELETE FROM placements t WHERE t.tenant_id = here AND (t.person_id = any (who));
  GET DIAGNOSTICS n = ROW_COUNT; went := went || jsonb_build_object('placements', n);
  UPDATE privacy_requests t SET asker = NULL, relation = NULL, proof = NULL, wanted = NULL, outcome = NULL, row_version = t.row_version + 1
  WHERE t.tenant_id = here AND (t.person_id = any (who));
  GET DIAGNOSTICS n = ROW_COUNT; went := went || jsonb_build_object('privacy_requests', n);
  UPDATE referrals t SET to_name = NULL, reason = NULL
  WHERE t.tenant_id = here AND (t.enrolment_id = any (cases));
  GET DIAGNOSTICS n = ROW_COUNT; went := went || jsonb_build_object('referrals', n);
  UPDATE screening_decisions t SET inputs = '{}'::jsonb, reason = CASE WHEN t.reason IS NULL THEN NULL ELSE 'ข้อมูลถูกลบ' END, clauses = NULL
  WHERE t.tenant_id = here AND (t.enrolment_id = any (cases));
  GET DIAGNOSTICS n = ROW_COUNT; went := went || jsonb_build_object('screening_decisions', n);
  UPDATE transfers t SET reason = CASE WHEN t.reason IS NULL THEN NULL ELSE '' END
  WHERE t.tenant_id = here AND (t.enrolment_id = any (cases));
  GET DIAGNOSTICS n = ROW_COUNT; went := went || jsonb_build_object('transfers', n);
  UPDATE enrolments t SET answers = '{}'::jsonb, closed_reason = NULL, closed_on = coalesce(t.closed_on, current_date), updated_at = now(), row_version = t.row_version + 1
  WHERE t.tenant_id = here AND (t.person_id = any (who));
  GET DIAGNOSTICS n = ROW_COUNT; went := went || jsonb_build_object('enrolments', n);
  UPDATE persons t SET title = NULL, first_name = CASE WHEN t.first_name IS NULL THEN NULL ELSE 'ข้อมูลถูกลบ' END, last_name = right(t.id::text, 6), search_name = CASE WHEN t.search_name IS NULL THEN NULL ELSE '' END, sort_key = CASE WHEN t.sort_key IS NULL THEN NULL ELSE '' END, birth_date = NULL, area_code = NULL, house_no = NULL, moo = NULL, phones = NULL, guardian_name = NULL, birth_precision = 'unknown', erased_at = coalesce(t.erased_at, now()), updated_at = now(), row_version = t.row_version + 1
  WHERE t.tenant_id = here AND (t.id = any (who));
  GET DIAGNOSTICS n = ROW_COUNT; went := went || jsonb_build_object('persons', n);

  -- And out of former values, the last ones included, which the statements above have just put there.
  UPDATE row_history h SET before = h.before || '{"item": null, "band": null, "note": null}'::jsonb
  WHERE h.tenant_id = here AND h.table_name = 'assessment_marks' AND ((h.before ->> 'enrolment_id')::uuid = any (cases));
  UPDATE row_history h SET before = h.before || '{"facts": {}, "result": {}}'::jsonb
  WHERE h.tenant_id = here AND h.table_name = 'assessments' AND ((h.before ->> 'enrolment_id')::uuid = any (cases));
  UPDATE row_history h SET before = h.before || '{"guardian_name": null, "relation": null, "proof": null, "witness": null}'::jsonb
  WHERE h.tenant_id = here AND h.table_name = 'consents' AND ((h.before ->> 'person_id')::uuid = any (who));
  UPDATE row_history h SET before = h.before || '{"reason": null, "decided_reason": null}'::jsonb
  WHERE h.tenant_id = here AND h.table_name = 'duplicate_candidates' AND ((h.before ->> 'person_id')::uuid = any (who) OR (h.before ->> 'other_person_id')::uuid = any (who));
  UPDATE row_history h SET before = h.before || '{"note": null}'::jsonb
  WHERE h.tenant_id = here AND h.table_name = 'encounters' AND ((h.before ->> 'enrolment_id')::uuid = any (cases));
  UPDATE row_history h SET before = h.before || '{"payee_name": "ข้อมูลถูกลบ", "ended_reason": "ข้อมูลถูกลบ"}'::jsonb
  WHERE h.tenant_id = here AND h.table_name = 'entitlements' AND ((h.before ->> 'enrolment_id')::uuid = any (cases));
  UPDATE row_history h SET before = h.before || '{"reason": null}'::jsonb
  WHERE h.tenant_id = here AND h.table_name = 'erasures' AND ((h.before ->> 'person_id')::uuid = any (who));
  UPDATE row_history h SET before = h.before || '{"relation": null, "from_on": null, "to_on": null}'::jsonb
  WHERE h.tenant_id = here AND h.table_name = 'household_members' AND ((h.before ->> 'person_id')::uuid = any (who));
  UPDATE row_history h SET before = h.before || '{"value": null, "valid_from": null}'::jsonb
  WHERE h.tenant_id = here AND h.table_name = 'identifier_claims' AND ((h.before ->> 'person_id')::uuid = any (who));
  UPDATE row_history h SET before = h.before || '{"action": "", "responsible": ""}'::jsonb
  WHERE h.tenant_id = here AND h.table_name = 'improvement_items' AND ((h.before ->> 'enrolment_id')::uuid = any (cases));
  UPDATE row_history h SET before = h.before || '{"reason": "ข้อมูลถูกลบ"}'::jsonb
  WHERE h.tenant_id = here AND h.table_name = 'legal_holds' AND ((h.before ->> 'person_id')::uuid = any (who));
  UPDATE row_history h SET before = h.before || '{"bank_code": null, "account_no": null, "account_name": null, "relation": null, "valid_from": null, "valid_to": null}'::jsonb
  WHERE h.tenant_id = here AND h.table_name = 'payee_accounts' AND ((h.before ->> 'person_id')::uuid = any (who));
  UPDATE row_history h SET before = h.before || '{"payee_name": "ข้อมูลถูกลบ", "bank_code": null, "account_no": null, "account_name": null, "result_reason": null}'::jsonb
  WHERE h.tenant_id = here AND h.table_name = 'payments' AND ((h.before ->> 'enrolment_id')::uuid = any (cases));
  UPDATE row_history h SET before = h.before || '{"value": null, "valid_from": null, "valid_to": null}'::jsonb
  WHERE h.tenant_id = here AND h.table_name = 'person_identifiers' AND ((h.before ->> 'person_id')::uuid = any (who));
  UPDATE row_history h SET before = h.before || '{"was": null, "became": null}'::jsonb
  WHERE h.tenant_id = here AND h.table_name = 'person_merge_moves' AND ((h.before ->> 'kept_id')::uuid = any (who));
  UPDATE row_history h SET before = h.before || '{"reason": "", "parted_reason": ""}'::jsonb
  WHERE h.tenant_id = here AND h.table_name = 'person_merges' AND ((h.before ->> 'kept_id')::uuid = any (who) OR (h.before ->> 'merged_id')::uuid = any (who));
  UPDATE row_history h SET before = h.before || '{"from_on": null, "to_on": null, "reason": null}'::jsonb
  WHERE h.tenant_id = here AND h.table_name = 'placements' AND ((h.before ->> 'person_id')::uuid = any (who));
  UPDATE row_history h SET before = h.before || '{"asker": null, "relation": null, "proof": null, "wanted": null, "outcome": null}'::jsonb
  WHERE h.tenant_id = here AND h.table_name = 'privacy_requests' AND ((h.before ->> 'person_id')::uuid = any (who));
  UPDATE row_history h SET before = h.before || '{"to_name": null, "reason": null}'::jsonb
  WHERE h.tenant_id = here AND h.table_name = 'referrals' AND ((h.before ->> 'enrolment_id')::uuid = any (cases));
  UPDATE row_history h SET before = h.before || '{"inputs": {}, "reason": "ข้อมูลถูกลบ", "clauses": null}'::jsonb
  WHERE h.tenant_id = here AND h.table_name = 'screening_decisions' AND ((h.before ->> 'enrolment_id')::uuid = any (cases));
  UPDATE row_history h SET before = h.before || '{"reason": ""}'::jsonb
  WHERE h.tenant_id = here AND h.table_name = 'transfers' AND ((h.before ->> 'enrolment_id')::uuid = any (cases));
  UPDATE row_history h SET before = h.before || '{"answers": {}, "closed_reason": null}'::jsonb
  WHERE h.tenant_id = here AND h.table_name = 'enrolments' AND ((h.before ->> 'person_id')::uuid = any (who));
  UPDATE row_history h SET before = h.before || '{"title": null, "first_name": "ข้อมูลถูกลบ", "last_name": "", "search_name": "", "sort_key": "", "birth_date": null, "area_code": null, "house_no": null, "moo": null, "phones": null, "guardian_name": null}'::jsonb
  WHERE h.tenant_id = here AND h.table_name = 'persons' AND ((h.before ->> 'id')::uuid = any (who));

  UPDATE erasures x SET state = 'done', done_at = now(), carried_out_by = doer, went = counts.went FROM (SELECT went) counts
  WHERE x.tenant_id = here AND x.id = asked;
  RETURN went;
END $$;
REVOKE EXECUTE ON FUNCTION erase_person(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION erase_person(uuid) TO samoe_app;
REVOKE EXECUTE ON FUNCTION lines_of(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION lines_of(uuid) TO samoe_app;

-- Who is kept for now, whatever the schedule says: under a hold, or with a request that is not answered.
CREATE OR REPLACE FUNCTION kept_for_now(person uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
  SET search_path = pg_catalog, public, pg_temp AS $$
  WITH here AS (SELECT nullif(current_setting('app.tenant', true), '')::smallint AS t, records_of(person) AS who)
  SELECT EXISTS (SELECT 1 FROM legal_holds h, here
      WHERE h.tenant_id = here.t AND h.person_id = any (here.who) AND h.lifted_on IS NULL)
    OR EXISTS (SELECT 1 FROM privacy_requests q, here
      WHERE q.tenant_id = here.t AND q.person_id = any (here.who) AND q.state = 'open')
$$;

-- Answers past their years, at most so many cases at a time; how many cases. The shortest time is a year after the case.
CREATE OR REPLACE FUNCTION let_answers_go(grp uuid, slugs text[], years int, most int) RETURNS bigint LANGUAGE plpgsql
  SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE here smallint := nullif(current_setting('app.tenant', true), '')::smallint; cases uuid[];
BEGIN
  PERFORM only_with_the_whole();
  IF years < 1 THEN PERFORM refuse('answers are kept for a year at least', 'over_its_time'); END IF;
  cases := ARRAY(SELECT e.id FROM enrolments e JOIN phases p ON p.tenant_id = e.tenant_id AND p.id = e.phase_id
    WHERE e.tenant_id = here AND e.group_id = grp AND e.answers ?| slugs
      AND greatest(e.closed_on, p.ends_on) <= current_date - make_interval(years => years)
      AND (e.person_id IS NULL OR NOT kept_for_now(e.person_id))
    ORDER BY e.id LIMIT most FOR UPDATE OF e SKIP LOCKED);
  -- A certified list stays as it was certified: the time of an answer being over does not make it void.
  PERFORM set_config('app.keeping', 'on', true);
  UPDATE enrolments e SET answers = e.answers - slugs, row_version = e.row_version + 1, updated_at = now()
  WHERE e.tenant_id = here AND e.id = any (cases);
  PERFORM set_config('app.keeping', '', true);
  UPDATE screening_decisions d SET inputs = d.inputs - slugs
  WHERE d.tenant_id = here AND d.enrolment_id = any (cases) AND d.inputs ?| slugs;
  UPDATE import_rows r SET answers = r.answers - slugs, typed = '[]', extra = NULL
  WHERE r.tenant_id = here AND r.enrolment_id = any (cases);
  DELETE FROM import_changes c WHERE c.tenant_id = here AND c.row_id = any (cases);
  UPDATE row_history h SET before = jsonb_set(h.before, '{answers}', (h.before -> 'answers') - slugs)
  WHERE h.tenant_id = here AND h.table_name = 'enrolments' AND h.row_id = any (cases::text[]) AND h.before ? 'answers';
  RETURN cardinality(cases);
END $$;

-- The lines and the file of an import that was finished long ago. Whom it brought stays in the register.
CREATE OR REPLACE FUNCTION let_file_go(batch uuid) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE here smallint := nullif(current_setting('app.tenant', true), '')::smallint; paper uuid; n bigint;
BEGIN
  PERFORM only_with_the_whole();
  SELECT b.document_id INTO paper FROM import_batches b WHERE b.tenant_id = here AND b.id = batch
    AND b.state IN ('committed', 'undone', 'failed')
    AND greatest(b.committed_at, b.undone_at, b.recorded_at) < now() - interval '1 years' FOR UPDATE;
  IF NOT FOUND THEN PERFORM refuse('it may still be kept', 'over_its_time'); END IF;
  UPDATE import_corrections c SET was = NULL, typed = CASE WHEN c.typed IS NULL THEN NULL ELSE '' END
  WHERE c.tenant_id = here AND c.batch_id = batch;
  DELETE FROM import_changes c WHERE c.tenant_id = here AND c.batch_id = batch;
  UPDATE import_rows t SET typed = '[]'::jsonb, extra = NULL, title = NULL, first_name = NULL, last_name = NULL, search_name = NULL, sort_key = NULL, sex = NULL, birth_date = NULL, house_no = NULL, moo = NULL, phones = NULL, guardian_name = NULL, identifier = NULL, answers = NULL
  WHERE t.tenant_id = here AND (t.batch_id = batch);
  GET DIAGNOSTICS n = ROW_COUNT;
  UPDATE import_batches b SET proposal = without_samples(b.proposal)
  WHERE b.tenant_id = here AND b.id = batch AND b.proposal ? 'sheets';
  UPDATE row_history h SET before = h.before || '{"proposal": {}}'::jsonb
  WHERE h.tenant_id = here AND h.table_name = 'import_batches' AND h.row_id = batch::text;
  UPDATE documents d SET file_name = 'ข้อมูลถูกลบ', erased_at = coalesce(d.erased_at, now())
  WHERE d.tenant_id = here AND d.id = paper;
  UPDATE row_history h SET before = h.before || '{"file_name": "ข้อมูลถูกลบ"}'::jsonb
  WHERE h.tenant_id = here AND h.table_name = 'documents' AND h.row_id = paper::text;
  RETURN n;
END $$;

-- Notices that nobody needs any more; how many. Each is for one account alone, so the application cannot.
CREATE OR REPLACE FUNCTION let_notices_go() RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE n bigint;
BEGIN
  PERFORM only_with_the_whole();
  DELETE FROM notices x WHERE x.tenant_id = nullif(current_setting('app.tenant', true), '')::smallint
    AND x.recorded_at < now() - interval '1 year';
  GET DIAGNOSTICS n = ROW_COUNT;
  RETURN n;
END $$;

DO $$
DECLARE f text;
BEGIN
  FOREACH f IN ARRAY ARRAY['kept_for_now(uuid)', 'let_answers_go(uuid, text[], int, int)', 'let_file_go(uuid)',
                           'let_notices_go()', 'over_its_time(uuid)', 'against_erasing(uuid)', 'records_of(uuid)'] LOOP
    EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', f);
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO samoe_app', f);
  END LOOP;
END $$;
