
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
DECLARE here smallint := nullif(current_setting('app.tenant', true), '')::smallint; cases uuid[]; gone uuid[];
  papers text[] := ARRAY(SELECT 'answer:' || s FROM unnest(slugs) s);
BEGIN
  PERFORM only_with_the_whole();
  IF years < 1 THEN PERFORM refuse('answers are kept for a year at least', 'over_its_time'); END IF;
  cases := ARRAY(SELECT e.id FROM enrolments e JOIN phases p ON p.tenant_id = e.tenant_id AND p.id = e.phase_id
    WHERE e.tenant_id = here AND e.group_id = grp AND (e.answers ?| slugs OR EXISTS (SELECT 1 FROM documents d
        WHERE d.tenant_id = here AND d.subject_id = e.id AND d.purpose = any (papers) AND d.erased_at IS NULL))
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
  -- The files that answered these questions. One that went on with the case into the next phase is that one's.
  gone := ARRAY(SELECT d.id FROM documents d WHERE d.tenant_id = here AND d.subject_id = any (cases)
    AND d.purpose = any (papers));
  UPDATE documents d SET file_name = '{word}', erased_at = coalesce(d.erased_at, now())
  WHERE d.tenant_id = here AND d.id = any (gone);
  UPDATE row_history h SET before = h.before || '{"file_name": "{word}"}'::jsonb
  WHERE h.tenant_id = here AND h.table_name = 'documents' AND h.row_id = any (gone::text[]);
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
    AND greatest(b.committed_at, b.undone_at, b.recorded_at) < now() - interval '{import_years} years' FOR UPDATE;
  IF NOT FOUND THEN PERFORM refuse('it may still be kept', 'over_its_time'); END IF;
  UPDATE import_corrections c SET was = NULL, typed = CASE WHEN c.typed IS NULL THEN NULL ELSE '' END
  WHERE c.tenant_id = here AND c.batch_id = batch;
  DELETE FROM import_changes c WHERE c.tenant_id = here AND c.batch_id = batch;
{lines_of_batch}
  UPDATE import_batches b SET proposal = without_samples(b.proposal)
  WHERE b.tenant_id = here AND b.id = batch AND b.proposal ? 'sheets';
  UPDATE row_history h SET before = h.before || '{"proposal": {}}'::jsonb
  WHERE h.tenant_id = here AND h.table_name = 'import_batches' AND h.row_id = batch::text;
  UPDATE documents d SET file_name = '{word}', erased_at = coalesce(d.erased_at, now())
  WHERE d.tenant_id = here AND d.id = paper;
  UPDATE row_history h SET before = h.before || '{"file_name": "{word}"}'::jsonb
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
