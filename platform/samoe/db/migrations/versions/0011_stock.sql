-- Keeps rollup_stock exact. Reports go by the district of the time (event_area_code), which never changes. An enrolment
-- in a phase or group that does not exist fails here, once a statement: rollup_stock has the foreign keys.
CREATE FUNCTION district_bit(code text) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT CASE WHEN length(code) >= 4 THEN 1::bigint << substr(code, 3, 2)::int ELSE 1 END $$;

CREATE FUNCTION keep_stock() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN
    INSERT INTO rollup_stock AS r (tenant_id, phase_id, group_slug, district_code, area_bit, register, status, decision, n)
    SELECT e.tenant_id, e.phase_id, g.slug, left(coalesce(e.event_area_code, ''), 4),
      district_bit(left(coalesce(e.event_area_code, ''), 4)), e.register, e.status, coalesce(e.decision, ''), -count(*)
    FROM before e JOIN tenant_groups g ON g.tenant_id = e.tenant_id AND g.id = e.group_id
    GROUP BY 1, 2, 3, 4, 5, 6, 7, 8 ORDER BY 1, 2, 3, 4, 6, 7, 8
    ON CONFLICT (tenant_id, phase_id, group_slug, district_code, register, status, decision)
    DO UPDATE SET n = r.n + excluded.n;
  END IF;
  IF TG_OP <> 'DELETE' THEN
    INSERT INTO rollup_stock AS r (tenant_id, phase_id, group_slug, district_code, area_bit, register, status, decision, n)
    SELECT e.tenant_id, e.phase_id, g.slug, left(coalesce(e.event_area_code, ''), 4),
      district_bit(left(coalesce(e.event_area_code, ''), 4)), e.register, e.status, coalesce(e.decision, ''), count(*)
    FROM after e LEFT JOIN tenant_groups g ON g.tenant_id = e.tenant_id AND g.id = e.group_id
    GROUP BY 1, 2, 3, 4, 5, 6, 7, 8 ORDER BY 1, 2, 3, 4, 6, 7, 8
    ON CONFLICT (tenant_id, phase_id, group_slug, district_code, register, status, decision)
    DO UPDATE SET n = r.n + excluded.n;
  END IF;
  IF TG_OP <> 'INSERT' THEN
    DELETE FROM rollup_stock WHERE n = 0 AND tenant_id = nullif(current_setting('app.tenant', true), '')::smallint;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER stock_insert AFTER INSERT ON enrolments REFERENCING NEW TABLE AS after
  FOR EACH STATEMENT EXECUTE FUNCTION keep_stock();
CREATE TRIGGER stock_update AFTER UPDATE ON enrolments REFERENCING OLD TABLE AS before NEW TABLE AS after
  FOR EACH STATEMENT EXECUTE FUNCTION keep_stock();
CREATE TRIGGER stock_delete AFTER DELETE ON enrolments REFERENCING OLD TABLE AS before
  FOR EACH STATEMENT EXECUTE FUNCTION keep_stock();

-- A folded enrolment (0008_folding.sql) is counted no more; the statement's own trigger, which comes after this one,
-- takes it away and adds it again. Deleting one that is folded would count it away twice: imports refuse to be undone then.
CREATE FUNCTION keep_folded_out() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO rollup_stock AS r (tenant_id, phase_id, group_slug, district_code, area_bit, register, status, decision, n)
  SELECT NEW.tenant_id, NEW.phase_id, g.slug, left(coalesce(NEW.event_area_code, ''), 4),
    district_bit(left(coalesce(NEW.event_area_code, ''), 4)), NEW.register, NEW.status, coalesce(NEW.decision, ''),
    CASE WHEN NEW.folded_into_id IS NULL THEN 1 ELSE -1 END
  FROM tenant_groups g WHERE g.tenant_id = NEW.tenant_id AND g.id = NEW.group_id
  ON CONFLICT (tenant_id, phase_id, group_slug, district_code, register, status, decision)
  DO UPDATE SET n = r.n + excluded.n;
  RETURN NULL;
END $$;
CREATE TRIGGER stock_folding AFTER UPDATE OF folded_into_id ON enrolments FOR EACH ROW
  WHEN (old.folded_into_id IS DISTINCT FROM new.folded_into_id) EXECUTE FUNCTION keep_folded_out();
