-- As in 0001_references.sql, but where a statement brings many rows, those pointed at that this very transaction made are
-- told apart first, all at once: nobody else sees them before it ends, so nobody can delete them, and they need not be
-- looked up and held one by one (a file of new people points at each of them three times). A row made in a savepoint
-- bears another number and is held like any other.
CREATE OR REPLACE FUNCTION refers_to_known() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  pointed text; stray text; columns text; changed boolean;
  many boolean := EXISTS (SELECT FROM after OFFSET 1000);
BEGIN
  IF TG_OP = 'UPDATE' THEN
    SELECT string_agg(quote_ident(TG_ARGV[n]), ', ') INTO columns FROM generate_series(0, TG_NARGS - 2, 2) n;
    EXECUTE format('SELECT EXISTS (SELECT tenant_id, %1$s FROM after EXCEPT SELECT tenant_id, %1$s FROM before)', columns)
    INTO changed;
    IF NOT changed THEN
      RETURN NULL;
    END IF;
  END IF;
  FOR i IN 0 .. TG_NARGS - 2 BY 2 LOOP
    pointed := format('SELECT DISTINCT tenant_id, %1$I AS id FROM after WHERE %1$I IS NOT NULL', TG_ARGV[i]);
    IF TG_OP = 'UPDATE' THEN
      pointed := pointed || format(' EXCEPT SELECT tenant_id, %I FROM before', TG_ARGV[i]);
    END IF;
    IF TG_ARGV[i + 1] = 'areas' THEN  -- which never go (areas_stay)
      EXECUTE format('SELECT p.id FROM (%s) p WHERE NOT EXISTS (SELECT 1 FROM areas a WHERE a.code = p.id) LIMIT 1',
        pointed) INTO stray;
    ELSE
      IF many THEN
        pointed := format('WITH w AS MATERIALIZED (%s) SELECT tenant_id, id FROM w EXCEPT SELECT r.tenant_id, r.id FROM %I r
            WHERE r.tenant_id = nullif(current_setting(''app.tenant'', true), '''')::smallint
              AND r.id BETWEEN (SELECT id FROM w ORDER BY id LIMIT 1) AND (SELECT id FROM w ORDER BY id DESC LIMIT 1)
              AND r.xmin = pg_current_xact_id()::xid', pointed, TG_ARGV[i + 1]);
      END IF;
      -- What is pointed at is held until the transaction ends, so that nobody deletes it meanwhile. In order of the key,
      -- so that two files never wait for each other in a ring; one by one by the key, whatever the statistics say.
      EXECUTE format('SELECT p.id::text FROM (%s ORDER BY 1, 2) p LEFT JOIN LATERAL (
          SELECT r.id FROM %I r WHERE r.tenant_id = p.tenant_id AND r.id = p.id FOR KEY SHARE) held ON true
        WHERE held.id IS NULL LIMIT 1', pointed, TG_ARGV[i + 1]) INTO stray;
    END IF;
    IF stray IS NOT NULL THEN
      RAISE EXCEPTION '% % of % is not in %', TG_ARGV[i], stray, TG_TABLE_NAME, TG_ARGV[i + 1]
        USING ERRCODE = 'foreign_key_violation';
    END IF;
  END LOOP;
  RETURN NULL;
END $$;
