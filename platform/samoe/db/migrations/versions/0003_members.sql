-- Which roles exclude each other is written by migrations only.
REVOKE INSERT, UPDATE, DELETE ON role_exclusions FROM samoe_app;

-- Members of the fund are kept by the fund's own role, which never reads a password's hash.
GRANT SELECT (id, username, display_name, sort_key, issuer, subject, password_set_at, must_change_password, locale, is_demo,
              disabled_at, created_at), INSERT, UPDATE ON accounts TO samoe_fund;

-- The fund opens a province: it may give a province that has no lead its first one, and reads nobody there. With the
-- province as the current tenant, as that is all that the function's owner may see.
CREATE FUNCTION has_lead(tenant smallint) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
  SET search_path = public, pg_temp AS $$
  SELECT EXISTS (
    SELECT 1 FROM memberships m WHERE m.tenant_id = tenant AND m.role = 'province_lead' AND m.disabled_at IS NULL
      AND (m.ends_on IS NULL OR m.ends_on >= (now() AT TIME ZONE 'Asia/Bangkok')::date))
$$;
CREATE POLICY fund_opens ON memberships AS PERMISSIVE FOR INSERT TO samoe_fund WITH CHECK (
  tenant_id = nullif(current_setting('app.tenant', true), '')::smallint AND tenant_id <> 1 AND role = 'province_lead'
  AND disabled_at IS NULL AND ends_on IS NULL AND area_mask = -1 AND NOT has_lead(tenant_id));

-- One person may not hold two roles that check each other, in whatever tenants (docs/decisions/0009-separated-duties.md).
-- The lock makes two grants to one person wait for each other, so that both cannot pass unseen.
CREATE FUNCTION refuse_excluded_roles() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE asked text := current_setting('app.account', true); found text;
BEGIN
  IF NEW.disabled_at IS NOT NULL THEN RETURN NEW; END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended('roles of ' || NEW.account_id::text, 0));
  PERFORM set_config('app.account', NEW.account_id::text, true);
  SELECT m.role INTO found FROM memberships m
  JOIN role_exclusions x ON x.role = NEW.role AND x.other = m.role
  WHERE m.account_id = NEW.account_id AND (m.tenant_id, m.id) <> (NEW.tenant_id, NEW.id) AND m.disabled_at IS NULL
    AND daterange(m.starts_on, m.ends_on, '[]') && daterange(NEW.starts_on, NEW.ends_on, '[]')
  LIMIT 1;
  PERFORM set_config('app.account', coalesce(asked, ''), true);
  IF found IS NOT NULL THEN
    RAISE EXCEPTION 'the role % excludes %', NEW.role, found
      USING ERRCODE = 'check_violation', CONSTRAINT = 'excluded_roles';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER excluded_roles BEFORE INSERT OR UPDATE OF account_id, role, starts_on, ends_on, disabled_at
  ON memberships FOR EACH ROW EXECUTE FUNCTION refuse_excluded_roles();
