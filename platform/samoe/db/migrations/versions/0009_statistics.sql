-- After a large import the planner must know how large the tables have become: with stale statistics the foreign-key
-- checks of one undo scanned a whole tenant per row (24 s for 20,000 rows instead of 0.7 s). Only an owner may ANALYZE
-- on every PostgreSQL that we support, so this runs as the owner, on these tables and no others. A table that the rows
-- at hand make larger by less than a tenth is left to autovacuum: sampling it costs more than most imports. A small sample tells what the planner must
-- know at once, how large and how varied; autovacuum takes the full one soon after.
CREATE FUNCTION freshen_import_statistics(changed bigint) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = pg_catalog, public, pg_temp SET default_statistics_target = 30 AS $$
DECLARE
  grown regclass;
BEGIN
  FOR grown IN
    SELECT c.oid::regclass FROM pg_class c
    WHERE c.relnamespace = 'public'::regnamespace AND changed > greatest(c.reltuples, 0) / 10 AND c.relname IN
      ('persons', 'person_identifiers', 'person_access', 'institutions', 'placements', 'enrolments')
  LOOP
    EXECUTE format('ANALYZE %s', grown);
  END LOOP;
END $$;

-- Sampled is what statements look for or join by; the rest is only shown, and its values cost most of the sampling.
ALTER TABLE persons
  ALTER title SET STATISTICS 0, ALTER first_name SET STATISTICS 0, ALTER last_name SET STATISTICS 0,
  ALTER birth_precision SET STATISTICS 0, ALTER house_no SET STATISTICS 0, ALTER moo SET STATISTICS 0,
  ALTER phones SET STATISTICS 0, ALTER guardian_name SET STATISTICS 0, ALTER updated_at SET STATISTICS 0,
  ALTER row_version SET STATISTICS 0, ALTER recorded_at SET STATISTICS 0;
ALTER TABLE enrolments
  ALTER answers SET STATISTICS 0, ALTER closed_reason SET STATISTICS 0, ALTER happened_on SET STATISTICS 0,
  ALTER manifest_version SET STATISTICS 0, ALTER updated_at SET STATISTICS 0, ALTER recorded_at SET STATISTICS 0;
ALTER TABLE person_identifiers
  ALTER checksum_ok SET STATISTICS 0, ALTER valid_from SET STATISTICS 0, ALTER recorded_at SET STATISTICS 0;
ALTER TABLE placements
  ALTER from_on SET STATISTICS 0, ALTER reason SET STATISTICS 0, ALTER recorded_at SET STATISTICS 0;
DO $$
DECLARE shown text;
BEGIN
  FOR shown IN SELECT column_name FROM information_schema.columns
    WHERE table_schema = 'public' AND table_name = 'import_rows'
      AND column_name NOT IN ('tenant_id', 'id', 'batch_id', 'sheet_no', 'row_no', 'class', 'identifier', 'enrolment_id')
  LOOP
    EXECUTE format('ALTER TABLE import_rows ALTER %I SET STATISTICS 0', shown);
  END LOOP;
END $$;
