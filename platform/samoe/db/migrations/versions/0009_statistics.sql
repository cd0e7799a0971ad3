-- After a large import the planner must know how large the tables have become: with stale statistics the foreign-key
-- checks of one undo scanned a whole tenant per row (24 s for 20,000 rows instead of 0.7 s). Only an owner may ANALYZE
-- on every PostgreSQL that we support, so this runs as the owner, on these tables and no others. A table that the rows
-- at hand make larger by less than a tenth is left to autovacuum: sampling it costs more than most imports.
CREATE FUNCTION freshen_import_statistics(changed bigint) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  grown regclass;
BEGIN
  FOR grown IN
    SELECT c.oid::regclass FROM pg_class c
    WHERE c.relnamespace = 'public'::regnamespace AND changed > greatest(c.reltuples, 0) / 10 AND c.relname IN
      ('persons', 'person_identifiers', 'person_access', 'institutions', 'placements', 'enrolments', 'import_rows')
  LOOP
    EXECUTE format('ANALYZE %s', grown);
  END LOOP;
END $$;
