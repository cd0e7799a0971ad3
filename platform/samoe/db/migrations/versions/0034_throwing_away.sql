-- A rehearsal is deleted whole, also what else is only ever added to. What guards rows against being deleted steps aside
-- for rows of rehearsals, and only for the owner of the tables, as whom the function below runs; nobody else may anything
-- that they could not before.
DO $do$ DECLARE g record; stays text := 'OLD.tenant_id < 1000 OR current_user <> ''samoe_owner'''; BEGIN
  FOR g IN SELECT t.tgname, t.tgrelid::regclass AS tab, t.tgfoid::regproc AS fun, t.tgtype FROM pg_trigger t
    JOIN pg_attribute a ON a.attrelid = t.tgrelid AND a.attname = 'tenant_id'
    JOIN pg_class c ON c.oid = t.tgrelid AND c.relnamespace = 'public'::regnamespace
    WHERE NOT t.tgisinternal AND t.tgtype & 11 = 11  -- before each row that is deleted
      AND t.tgqual IS NULL AND t.tgattr = '' AND t.tgnargs = 0
  LOOP
    EXECUTE format('DROP TRIGGER %I ON %s', g.tgname, g.tab);
    IF g.tgtype & 20 > 0 THEN
      EXECUTE format('CREATE TRIGGER %I BEFORE %s ON %s FOR EACH ROW EXECUTE FUNCTION %s()', g.tgname,
        CASE g.tgtype & 20 WHEN 20 THEN 'INSERT OR UPDATE' WHEN 4 THEN 'INSERT' ELSE 'UPDATE' END, g.tab, g.fun);
    END IF;
    EXECUTE format('CREATE TRIGGER %I BEFORE DELETE ON %s FOR EACH ROW WHEN (%s) EXECUTE FUNCTION %s()',
      g.tgname || '_delete', g.tab, stays, g.fun);
  END LOOP;
END $do$;
DROP TRIGGER guards_delete ON payments;
CREATE TRIGGER guards_delete AFTER DELETE ON payments REFERENCING OLD TABLE AS before FOR EACH STATEMENT
  WHEN (nullif(current_setting('app.tenant', true), '')::smallint < 1000 OR current_user <> 'samoe_owner')
  EXECUTE FUNCTION guard_payments();

-- Rows that are found by a secret are never deleted, but with a rehearsal.
CREATE POLICY thrown_away ON bound_devices AS PERMISSIVE FOR DELETE TO samoe_owner USING (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint and tenant_id >= 1000);
CREATE POLICY thrown_away ON slips AS PERMISSIVE FOR DELETE TO samoe_owner USING (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint and tenant_id >= 1000);

-- Deletes a rehearsal and its made-up fund: every row of theirs in every table, and the tenants. Asked for by their own
-- province, with all of it in reach; anything else is refused. How many rows went. The owner is bound by the policies, too:
-- with the rehearsal as the current tenant no row of another can be touched. What still is pointed at goes in a later round.
CREATE FUNCTION throw_away_rehearsal(gone smallint) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  here text := current_setting('app.tenant', true); one smallint; t name; n bigint; went bigint; total bigint := 0;
  found boolean;
BEGIN
  IF current_setting('app.whole', true) IS DISTINCT FROM 'on' OR NOT EXISTS (
    SELECT 1 FROM tenants r JOIN tenants p ON p.province_code = r.province_code
    WHERE r.id = gone AND r.kind = 'rehearsal' AND p.kind = 'province' AND p.id = nullif(here, '')::smallint)
  THEN PERFORM public.refuse('only a rehearsal of this province is thrown away', 'rehearsal_only'); END IF;
  FOREACH one IN ARRAY ARRAY[gone, (gone + 10000)::smallint] LOOP
    PERFORM set_config('app.tenant', one::text, true);
    LOOP
      went := 0;
      FOR t IN SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id'
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' ORDER BY c.oid DESC
      LOOP
        BEGIN
          EXECUTE format('DELETE FROM %I WHERE tenant_id = $1', t) USING one;
          GET DIAGNOSTICS n = ROW_COUNT;
          went := went + n;
        EXCEPTION WHEN foreign_key_violation THEN NULL;
        END;
      END LOOP;
      EXIT WHEN went = 0;
      total := total + went;
    END LOOP;
    FOR t IN SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id'
      WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
    LOOP
      EXECUTE format('SELECT EXISTS (SELECT 1 FROM %I WHERE tenant_id = $1)', t) INTO found USING one;
      IF found THEN PERFORM public.refuse(format('rows of the rehearsal stay in %s', t), 'rehearsal_stays'); END IF;
    END LOOP;
  END LOOP;
  DELETE FROM tenants WHERE id IN (gone, gone + 10000);
  PERFORM set_config('app.tenant', here, true);
  RETURN total;
END $$;
REVOKE EXECUTE ON FUNCTION throw_away_rehearsal(smallint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION throw_away_rehearsal(smallint) TO samoe_app;
