-- References that a file brings by the hundred thousand: to an area, an institution, a batch, a person. A foreign key looks
-- up and locks once for every row (a third of what an import cost); these triggers do it for all of a statement in one
-- query, once for each different row that is pointed at, and hold the same promise. The models say which columns (``BulkReference``); why:
-- docs/decisions/0017-references-by-the-statement.md.

-- After INSERT and UPDATE. Arguments: column, table that it points into, and so on. As the owner: a reference may point
-- at what the member does not see, as with foreign keys. Rows of another tenant than the current one are refused.
CREATE FUNCTION refers_to_known() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE pointed text; stray text; columns text; changed boolean;
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

-- After DELETE, UPDATE (of the key) and TRUNCATE on the table that is pointed into. Arguments: the table and the column
-- that point. Whoever deletes, and with whichever tenant set, every row that points is seen: the owner looks, tenant by
-- tenant. A snapshot that is older than the statement would not see what was written meanwhile.
CREATE FUNCTION nothing_refers_to_it() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  gone text := 'SELECT tenant_id, id FROM before'; whose text; tenant smallint; stray text;
  set_before text := current_setting('app.tenant', true);
BEGIN
  IF current_setting('transaction_isolation') <> 'read committed' THEN
    RAISE EXCEPTION 'rows of % are deleted in READ COMMITTED only', TG_TABLE_NAME USING ERRCODE = 'feature_not_supported';
  END IF;
  IF TG_OP = 'UPDATE' THEN
    gone := gone || ' EXCEPT SELECT tenant_id, id FROM after';
  END IF;
  whose := format('SELECT DISTINCT tenant_id FROM (%s) g', gone);
  IF TG_OP = 'TRUNCATE' THEN
    whose := 'SELECT id FROM tenants';
  END IF;
  FOR tenant IN EXECUTE whose LOOP
    PERFORM set_config('app.tenant', tenant::text, true);
    IF TG_OP = 'TRUNCATE' THEN
      EXECUTE format('SELECT %1$I::text FROM %2$I WHERE tenant_id = $1 AND %1$I IS NOT NULL LIMIT 1',
        TG_ARGV[1], TG_ARGV[0]) INTO stray USING tenant;
    ELSE
      EXECUTE format('SELECT g.id::text FROM (%s) g WHERE g.tenant_id = $1
        AND EXISTS (SELECT 1 FROM %I c WHERE c.tenant_id = $1 AND c.%I = g.id OFFSET 0) LIMIT 1', gone, TG_ARGV[0], TG_ARGV[1])
      INTO stray USING tenant;
    END IF;
    IF stray IS NOT NULL THEN
      RAISE EXCEPTION '% still points at % of %', TG_ARGV[0], stray, TG_TABLE_NAME
        USING ERRCODE = 'foreign_key_violation';
    END IF;
  END LOOP;
  PERFORM set_config('app.tenant', set_before, true);
  RETURN NULL;
END $$;

-- After DELETE on the table that is pointed into, in place of the former: what points goes with it.
CREATE FUNCTION goes_with_it() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE tenant smallint; set_before text := current_setting('app.tenant', true);
BEGIN
  IF current_setting('transaction_isolation') <> 'read committed' THEN
    RAISE EXCEPTION 'rows of % are deleted in READ COMMITTED only', TG_TABLE_NAME USING ERRCODE = 'feature_not_supported';
  END IF;
  FOR tenant IN SELECT DISTINCT tenant_id FROM before LOOP
    PERFORM set_config('app.tenant', tenant::text, true);
    EXECUTE format('DELETE FROM %I c USING before o WHERE c.tenant_id = $1 AND o.tenant_id = $1 AND c.%I = o.id',
      TG_ARGV[0], TG_ARGV[1]) USING tenant;
  END LOOP;
  PERFORM set_config('app.tenant', set_before, true);
  RETURN NULL;
END $$;

-- Areas are pointed at from everywhere, and are only ever added to and renamed.
CREATE FUNCTION areas_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'areas are not deleted and keep their codes' USING ERRCODE = 'foreign_key_violation';
END $$;
CREATE TRIGGER areas_stay_where_deleted BEFORE DELETE OR TRUNCATE ON areas
  FOR EACH STATEMENT EXECUTE FUNCTION areas_stay();
CREATE TRIGGER areas_stay_where_renumbered BEFORE UPDATE ON areas
  FOR EACH ROW WHEN (old.code IS DISTINCT FROM new.code) EXECUTE FUNCTION areas_stay();
