-- What hangs on an enrolment carries the enrolment's own area, group, institution and worker, so that the policy
-- reads one row. These two functions keep them equal: one refuses a stray, one passes a change on.
--
-- Statements that join what has just been written are EXECUTEd, here and in 0008_voided_lines.sql, 0010_payments.sql
-- and 0011_aid.sql. A plain statement of a trigger is planned once a session, for as many rows as there were then: after
-- a change of one case, a screening of 5,000 compared each of them with each (9 s, not 0.4 s).

-- Under row-level security an enrolment out of reach is no enrolment: a note, referral or receipt cannot be hung
-- on somebody else's case. FOR SHARE holds a concurrent move off until this transaction ends.
CREATE FUNCTION case_follows_enrolment() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE stray uuid;
BEGIN
  EXECUTE 'SELECT 1 FROM enrolments e'
    ' WHERE (e.tenant_id, e.id) IN (SELECT n.tenant_id, n.enrolment_id FROM after n) FOR SHARE OF e';
  EXECUTE 'SELECT n.id'
    ' FROM after n LEFT JOIN enrolments e ON e.tenant_id = n.tenant_id AND e.id = n.enrolment_id'
    ' WHERE e.id IS NULL'
    ' OR (n.area_bit, n.group_bit, n.institution_id, n.worker_id)'
    ' IS DISTINCT FROM (e.area_bit, e.group_bit, e.institution_id, e.worker_id)'
    ' LIMIT 1' INTO stray;
  IF stray IS NOT NULL THEN
    RAISE EXCEPTION 'row of % does not follow its enrolment', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NULL;
END $$;

-- As the owner: whoever may move a case moves all of it, and only these four columns. Dynamic, so that each statement is
-- planned for as many rows as it has: a plan kept from one row would compare every old row with every new one.
CREATE FUNCTION pass_case_columns_on() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE child text; moved bigint;
BEGIN
  EXECUTE 'SELECT count(*) FROM after n JOIN before o ON o.tenant_id = n.tenant_id AND o.id = n.id'
    ' WHERE (n.area_bit, n.group_bit, n.institution_id, n.worker_id)'
    ' IS DISTINCT FROM (o.area_bit, o.group_bit, o.institution_id, o.worker_id)' INTO moved;
  IF moved = 0 THEN
    RETURN NULL;
  END IF;
  FOREACH child IN ARRAY TG_ARGV LOOP
    EXECUTE format(
      'UPDATE %I c SET area_bit = n.area_bit, group_bit = n.group_bit, institution_id = n.institution_id,'
      ' worker_id = n.worker_id FROM after n WHERE c.tenant_id = n.tenant_id AND c.enrolment_id = n.id'
      ' AND (c.area_bit, c.group_bit, c.institution_id, c.worker_id)'
      ' IS DISTINCT FROM (n.area_bit, n.group_bit, n.institution_id, n.worker_id)', child);
  END LOOP;
  RETURN NULL;
END $$;
CREATE TRIGGER case_columns AFTER UPDATE ON enrolments REFERENCING OLD TABLE AS before NEW TABLE AS after
  FOR EACH STATEMENT EXECUTE FUNCTION pass_case_columns_on(
    'screening_decisions', 'encounters', 'referrals', 'follow_ups', 'transfers', 'assignments',
    'certification_lines');

DO $$
DECLARE child text;
BEGIN
  FOREACH child IN ARRAY ARRAY['screening_decisions', 'encounters', 'referrals', 'follow_ups', 'transfers',
                               'assignments', 'certification_lines'] LOOP
    EXECUTE format('CREATE TRIGGER follows_insert AFTER INSERT ON %I REFERENCING NEW TABLE AS after'
      ' FOR EACH STATEMENT EXECUTE FUNCTION case_follows_enrolment()', child);
    EXECUTE format('CREATE TRIGGER follows_update AFTER UPDATE ON %I REFERENCING NEW TABLE AS after'
      ' FOR EACH STATEMENT EXECUTE FUNCTION case_follows_enrolment()', child);
  END LOOP;
END $$;

-- The place of the event is for reports and never changes; the place of care may.
CREATE FUNCTION keep_event_area() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'event_area_code of an enrolment never changes' USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER event_area BEFORE UPDATE OF event_area_code ON enrolments FOR EACH ROW
  WHEN (old.event_area_code IS NOT NULL AND new.event_area_code IS DISTINCT FROM old.event_area_code)
  EXECUTE FUNCTION keep_event_area();

-- A receipt is never changed and never deleted by hand, only superseded.
REVOKE UPDATE, DELETE ON screening_decisions FROM samoe_app;
GRANT UPDATE (superseded_at) ON screening_decisions TO samoe_app;
