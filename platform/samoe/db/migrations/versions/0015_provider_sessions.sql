-- sid: the session at the identity provider. refresh: what to ask it with, encrypted by the application.
ALTER TABLE sessions ADD COLUMN sid text, ADD COLUMN refresh text, ADD COLUMN renewed_at timestamptz;

-- As in 0003, and whether it is time to ask the provider if the person is still signed in there.
DROP FUNCTION open_session(text);
CREATE FUNCTION open_session(hash text) RETURNS TABLE (
  account_id uuid, membership_id uuid, tenant_id smallint, tenant_slug text, tenant_kind text, name_th text,
  name_en text, display_name text, locale text, role text, area_mask bigint, group_mask bigint,
  group_slugs text[], district_codes text[], institution_ids uuid[], own_caseload boolean, is_demo boolean,
  csrf_token text, proved_at timestamptz, renew boolean
) LANGUAGE plpgsql AS $$
DECLARE s record;
BEGIN
  PERFORM set_config('app.session', hash, true);
  SELECT x.* INTO s FROM sessions x
  WHERE x.token_hash = hash AND x.ended_at IS NULL
    AND x.last_seen_at > now() - interval '30 minutes' AND x.created_at > now() - interval '12 hours';
  IF NOT FOUND THEN RETURN; END IF;
  UPDATE sessions x SET last_seen_at = now() WHERE x.token_hash = hash AND x.last_seen_at < now() - interval '1 minute';
  RETURN QUERY SELECT m.*, s.csrf_token, s.proved_at,
    s.refresh IS NOT NULL AND s.renewed_at < now() - interval '5 minutes' FROM open_membership(s.tenant_id, s.membership_id) m;
END $$;
