-- After a large import the planner must know how large the tables have become: with stale statistics the foreign-key
-- checks of one undo scanned a whole tenant per row (24 s for 20,000 rows instead of 0.7 s). Only an owner may ANALYZE
-- on every PostgreSQL that we support, so this runs as the owner, on these tables and no others.
CREATE FUNCTION freshen_import_statistics() RETURNS void LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  ANALYZE persons, person_identifiers, person_access, institutions, placements, enrolments, import_rows;
END $$;
