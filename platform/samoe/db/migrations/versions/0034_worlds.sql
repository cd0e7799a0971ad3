-- The fund's role sees provinces and never a rehearsal; with the made-up fund of a rehearsal as the current tenant it sees
-- that rehearsal and nothing else. On every table that the role reads, whichever revision made it; a table that comes
-- later brings the same policy (samoe/db/protection.py, tests/unit/db/test_worlds.py).
DO $do$ DECLARE t name; BEGIN
  FOR t IN SELECT DISTINCT p.tablename FROM pg_policies p
    WHERE p.schemaname = 'public' AND p.policyname IN ('fund_sees', 'fund_own', 'fund_adds')
      AND NOT EXISTS (SELECT 1 FROM pg_policies w
        WHERE w.schemaname = 'public' AND w.tablename = p.tablename AND w.policyname = 'world')
  LOOP
    EXECUTE format($q$CREATE POLICY world ON %I AS RESTRICTIVE FOR ALL TO samoe_fund
      USING ((tenant_id < 1000 and (select nullif(current_setting('app.tenant', true), '')::smallint) < 1000 or tenant_id >= 1000 and (select nullif(current_setting('app.tenant', true), '')::smallint) in (tenant_id, tenant_id + 10000)))
      WITH CHECK ((tenant_id < 1000 and (select nullif(current_setting('app.tenant', true), '')::smallint) < 1000 or tenant_id >= 1000 and (select nullif(current_setting('app.tenant', true), '')::smallint) in (tenant_id, tenant_id + 10000)))$q$, t);
  END LOOP;
END $do$;

-- What is the fund's own is the made-up fund's own in a rehearsal.
DO $do$ DECLARE p record; own text := $q$(tenant_id = nullif(current_setting('app.tenant', true), '')::smallint and (tenant_id = 1 or tenant_id > 10000))$q$;
BEGIN
  FOR p IN SELECT tablename, cmd FROM pg_policies WHERE schemaname = 'public' AND policyname = 'fund_own' LOOP
    EXECUTE format('ALTER POLICY fund_own ON %I USING %s', p.tablename, own)
      || CASE WHEN p.cmd = 'ALL' THEN ' WITH CHECK ' || own ELSE '' END;
  END LOOP;
END $do$;

-- An emergency is somebody real: the fund opens no record of a rehearsal.
DO $do$ DECLARE f record; BEGIN
  FOR f IN SELECT p.oid FROM pg_proc p
    WHERE p.pronamespace = 'public'::regnamespace AND p.prosrc LIKE '%t.kind <> ''fund''%'
  LOOP
    EXECUTE replace(pg_get_functiondef(f.oid), 't.kind <> ''fund''', 't.kind = ''province''');
  END LOOP;
END $do$;
