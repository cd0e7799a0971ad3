-- Someone who has proved who they are may choose among their memberships before any tenant is set.
CREATE POLICY own_account ON memberships AS PERMISSIVE FOR SELECT TO samoe_app, samoe_fund, samoe_owner
USING (account_id = nullif(current_setting('app.account', true), '')::uuid);

-- A session row is readable by its own token, by its account, or inside its tenant.
GRANT SELECT, INSERT, UPDATE, DELETE ON sessions TO samoe_app;
GRANT SELECT, INSERT, UPDATE ON sessions TO samoe_fund;
ALTER TABLE sessions ENABLE ROW LEVEL SECURITY;
ALTER TABLE sessions FORCE ROW LEVEL SECURITY;
CREATE POLICY holder ON sessions AS PERMISSIVE FOR ALL TO samoe_app, samoe_owner
USING (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint
  or token_hash = nullif(current_setting('app.session', true), '')
  or account_id = nullif(current_setting('app.account', true), '')::uuid);
CREATE POLICY own_account ON sessions AS PERMISSIVE FOR ALL TO samoe_fund
USING (account_id = nullif(current_setting('app.account', true), '')::uuid);
CREATE POLICY fund_members ON sessions AS PERMISSIVE FOR SELECT TO samoe_fund
USING (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint and tenant_id = 1);

-- Puts the scope of a membership in force and tells who it is; no row where it has ended, not begun, or is disabled.
-- "Today" is Thailand's: a membership that ends on a day is good until midnight there.
CREATE FUNCTION open_membership(tenant smallint, member uuid) RETURNS TABLE (
  account_id uuid, membership_id uuid, tenant_id smallint, tenant_slug text, tenant_kind text, name_th text,
  name_en text, display_name text, locale text, role text, area_mask bigint, group_mask bigint,
  group_slugs text[], district_codes text[], institution_ids uuid[], own_caseload boolean, is_demo boolean
) LANGUAGE plpgsql AS $$
DECLARE s record; groups bigint; narrow boolean; today date := (now() AT TIME ZONE 'Asia/Bangkok')::date;
BEGIN
  PERFORM set_config('app.tenant', tenant::text, true);
  SELECT a.display_name, a.locale, a.is_demo, m.*, t.slug, t.kind, t.name_th, t.name_en INTO s
  FROM memberships m JOIN accounts a ON a.id = m.account_id AND a.disabled_at IS NULL
  JOIN tenants t ON t.id = m.tenant_id
  WHERE m.tenant_id = tenant AND m.id = member AND m.disabled_at IS NULL
    AND m.starts_on <= today AND (m.ends_on IS NULL OR m.ends_on >= today);
  IF NOT FOUND THEN PERFORM set_config('app.tenant', '', true); RETURN; END IF;
  IF s.group_slugs IS NULL THEN groups := -1;
  ELSE SELECT coalesce(bit_or(1::bigint << g.bit), 0) INTO groups FROM tenant_groups g
       WHERE g.tenant_id = s.tenant_id AND g.slug = ANY (s.group_slugs); END IF;
  narrow := s.own_caseload OR s.institution_ids IS NOT NULL;
  PERFORM set_config('app.area_mask', s.area_mask::text, true), set_config('app.group_mask', groups::text, true),
    set_config('app.own', CASE WHEN narrow THEN 'some' ELSE 'all' END, true),
    set_config('app.institutions', coalesce(s.institution_ids, '{}')::text, true),
    set_config('app.worker', CASE WHEN s.own_caseload THEN s.id::text ELSE '' END, true),
    set_config('app.whole', CASE WHEN s.area_mask = -1 AND groups = -1 AND NOT narrow THEN 'on' ELSE 'off' END, true),
    set_config('app.actor', s.id::text, true);
  RETURN QUERY SELECT s.account_id, s.id, s.tenant_id, s.slug, s.kind, s.name_th, s.name_en, s.display_name,
    s.locale, s.role, s.area_mask, groups, s.group_slugs, s.district_codes, s.institution_ids, s.own_caseload,
    s.is_demo;
END $$;

-- Looks a session up and puts its scope in force, in one round trip at the start of a request's transaction.
-- Idle limit 30 minutes, absolute limit 12 hours (docs/decisions/0007-server-side-sessions.md).
CREATE FUNCTION open_session(hash text) RETURNS TABLE (
  account_id uuid, membership_id uuid, tenant_id smallint, tenant_slug text, tenant_kind text, name_th text,
  name_en text, display_name text, locale text, role text, area_mask bigint, group_mask bigint,
  group_slugs text[], district_codes text[], institution_ids uuid[], own_caseload boolean, is_demo boolean,
  csrf_token text, proved_at timestamptz
) LANGUAGE plpgsql AS $$
DECLARE s record;
BEGIN
  PERFORM set_config('app.session', hash, true);
  SELECT x.* INTO s FROM sessions x
  WHERE x.token_hash = hash AND x.ended_at IS NULL
    AND x.last_seen_at > now() - interval '30 minutes' AND x.created_at > now() - interval '12 hours';
  IF NOT FOUND THEN RETURN; END IF;
  UPDATE sessions x SET last_seen_at = now() WHERE x.token_hash = hash AND x.last_seen_at < now() - interval '1 minute';
  RETURN QUERY SELECT m.*, s.csrf_token, s.proved_at FROM open_membership(s.tenant_id, s.membership_id) m;
END $$;
