-- Someone who has proved who they are may choose among their memberships before any tenant is set.
CREATE POLICY own_account ON memberships AS PERMISSIVE FOR SELECT TO samoe_app
USING (account_id = nullif(current_setting('app.account', true), '')::uuid);

-- A session row is readable by its own token, by its account, or inside its tenant.
GRANT SELECT, INSERT, UPDATE, DELETE ON sessions TO samoe_app;
ALTER TABLE sessions ENABLE ROW LEVEL SECURITY;
ALTER TABLE sessions FORCE ROW LEVEL SECURITY;
CREATE POLICY holder ON sessions AS PERMISSIVE FOR ALL TO samoe_app, samoe_owner
USING (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint
  or token_hash = nullif(current_setting('app.session', true), '')
  or account_id = nullif(current_setting('app.account', true), '')::uuid);

-- Looks a session up and puts its scope in force, in one round trip at the start of a request's transaction.
-- Idle limit 30 minutes, absolute limit 12 hours (docs/decisions/0007-server-side-sessions.md).
CREATE FUNCTION open_session(hash text) RETURNS TABLE (
  account_id uuid, membership_id uuid, tenant_id smallint, tenant_slug text, tenant_kind text, name_th text,
  name_en text, display_name text, locale text, role text, csrf_token text, proved_at timestamptz,
  area_mask bigint, group_mask bigint, group_slugs text[], district_codes text[], institution_ids uuid[],
  own_caseload boolean, is_demo boolean
) LANGUAGE plpgsql AS $$
DECLARE s record; groups bigint; narrow boolean;
BEGIN
  PERFORM set_config('app.session', hash, true);
  SELECT x.* INTO s FROM sessions x
  WHERE x.token_hash = hash AND x.ended_at IS NULL
    AND x.last_seen_at > now() - interval '30 minutes' AND x.created_at > now() - interval '12 hours';
  IF NOT FOUND THEN RETURN; END IF;
  PERFORM set_config('app.tenant', s.tenant_id::text, true);
  SELECT x.csrf_token, x.proved_at, a.display_name, a.locale, a.is_demo, m.*,
         t.slug, t.kind, t.name_th, t.name_en INTO s
  FROM sessions x JOIN accounts a ON a.id = x.account_id AND a.disabled_at IS NULL
  JOIN memberships m ON m.tenant_id = x.tenant_id AND m.id = x.membership_id AND m.disabled_at IS NULL
    AND m.starts_on <= current_date AND (m.ends_on IS NULL OR m.ends_on >= current_date)
  JOIN tenants t ON t.id = x.tenant_id WHERE x.token_hash = hash;
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
  UPDATE sessions x SET last_seen_at = now() WHERE x.token_hash = hash AND x.last_seen_at < now() - interval '1 minute';
  RETURN QUERY SELECT s.account_id, s.id, s.tenant_id, s.slug, s.kind, s.name_th, s.name_en, s.display_name,
    s.locale, s.role, s.csrf_token, s.proved_at, s.area_mask, groups, s.group_slugs, s.district_codes,
    s.institution_ids, s.own_caseload, s.is_demo;
END $$;
