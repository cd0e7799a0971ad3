-- Why this way of signing in: docs/decisions/0034-a-slip-a-telephone-and-a-pin.md.
-- based_at: where the person works, whose head looks after how they sign in. It widens nobody's reach.
ALTER TABLE memberships ADD COLUMN based_at uuid,
  ADD CONSTRAINT fk_memberships_tenant_id_based_at FOREIGN KEY (tenant_id, based_at) REFERENCES institutions (tenant_id, id);
CREATE INDEX ix_memberships_based_at ON memberships (tenant_id, based_at);

-- A member with a part of the tenant writes memberships for own cases only, and only within that part.
CREATE POLICY reach_insert ON memberships AS RESTRICTIVE FOR INSERT TO samoe_app WITH CHECK (((select current_setting('app.whole', true)) = 'on' or (memberships.role in ('field_worker') and (memberships.own_caseload and memberships.area_mask & ~(select nullif(current_setting('app.area_mask', true), '')::bigint) = 0 and ((select nullif(current_setting('app.group_mask', true), '')::bigint) = -1 or memberships.group_slugs is not null and not exists (select 1 from unnest(memberships.group_slugs) as held (slug) where not exists (select 1 from tenant_groups g where g.tenant_id = memberships.tenant_id and g.slug = held.slug and (1::bigint << g.bit) & (select nullif(current_setting('app.group_mask', true), '')::bigint) <> 0))) and ((select current_setting('app.own', true)) = 'all' or memberships.based_at = any((select nullif(current_setting('app.institutions', true), ''))::uuid[]) and (memberships.institution_ids is null or memberships.institution_ids <@ (select nullif(current_setting('app.institutions', true), ''))::uuid[]))))));
CREATE POLICY reach_update ON memberships AS RESTRICTIVE FOR UPDATE TO samoe_app USING (((select current_setting('app.whole', true)) = 'on' or memberships.id = (select nullif(current_setting('app.actor', true), '')::uuid) or (memberships.role in ('field_worker') and (memberships.own_caseload and memberships.area_mask & ~(select nullif(current_setting('app.area_mask', true), '')::bigint) = 0 and ((select nullif(current_setting('app.group_mask', true), '')::bigint) = -1 or memberships.group_slugs is not null and not exists (select 1 from unnest(memberships.group_slugs) as held (slug) where not exists (select 1 from tenant_groups g where g.tenant_id = memberships.tenant_id and g.slug = held.slug and (1::bigint << g.bit) & (select nullif(current_setting('app.group_mask', true), '')::bigint) <> 0))) and ((select current_setting('app.own', true)) = 'all' or memberships.based_at = any((select nullif(current_setting('app.institutions', true), ''))::uuid[]) and (memberships.institution_ids is null or memberships.institution_ids <@ (select nullif(current_setting('app.institutions', true), ''))::uuid[])))))) WITH CHECK (((select current_setting('app.whole', true)) = 'on' or (memberships.role in ('field_worker') and (memberships.own_caseload and memberships.area_mask & ~(select nullif(current_setting('app.area_mask', true), '')::bigint) = 0 and ((select nullif(current_setting('app.group_mask', true), '')::bigint) = -1 or memberships.group_slugs is not null and not exists (select 1 from unnest(memberships.group_slugs) as held (slug) where not exists (select 1 from tenant_groups g where g.tenant_id = memberships.tenant_id and g.slug = held.slug and (1::bigint << g.bit) & (select nullif(current_setting('app.group_mask', true), '')::bigint) <> 0))) and ((select current_setting('app.own', true)) = 'all' or memberships.based_at = any((select nullif(current_setting('app.institutions', true), ''))::uuid[]) and (memberships.institution_ids is null or memberships.institution_ids <@ (select nullif(current_setting('app.institutions', true), ''))::uuid[]))))));
CREATE POLICY reach_delete ON memberships AS RESTRICTIVE FOR DELETE TO samoe_app USING (((select current_setting('app.whole', true)) = 'on' or (memberships.role in ('field_worker') and (memberships.own_caseload and memberships.area_mask & ~(select nullif(current_setting('app.area_mask', true), '')::bigint) = 0 and ((select nullif(current_setting('app.group_mask', true), '')::bigint) = -1 or memberships.group_slugs is not null and not exists (select 1 from unnest(memberships.group_slugs) as held (slug) where not exists (select 1 from tenant_groups g where g.tenant_id = memberships.tenant_id and g.slug = held.slug and (1::bigint << g.bit) & (select nullif(current_setting('app.group_mask', true), '')::bigint) <> 0))) and ((select current_setting('app.own', true)) = 'all' or memberships.based_at = any((select nullif(current_setting('app.institutions', true), ''))::uuid[]) and (memberships.institution_ids is null or memberships.institution_ids <@ (select nullif(current_setting('app.institutions', true), ''))::uuid[]))))));

CREATE TABLE slips (
  tenant_id SMALLINT DEFAULT nullif(current_setting('app.tenant', true), '')::smallint NOT NULL,
  id UUID NOT NULL,
  membership_id UUID NOT NULL,
  institution_id UUID,
  code_hash TEXT NOT NULL,
  issued_by UUID,
  expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
  used_at TIMESTAMP WITH TIME ZONE,
  voided_at TIMESTAMP WITH TIME ZONE,
  recorded_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
  CONSTRAINT pk_slips PRIMARY KEY (tenant_id, id),
  CONSTRAINT fk_slips_tenant_id_membership_id FOREIGN KEY(tenant_id, membership_id) REFERENCES memberships (tenant_id, id),
  CONSTRAINT fk_slips_tenant_id_institution_id FOREIGN KEY(tenant_id, institution_id) REFERENCES institutions (tenant_id, id),
  CONSTRAINT fk_slips_tenant_id_issued_by FOREIGN KEY(tenant_id, issued_by) REFERENCES memberships (tenant_id, id),
  CONSTRAINT ck_slips_one_end CHECK (used_at is null or voided_at is null),
  CONSTRAINT ck_slips_a_week CHECK (expires_at <= recorded_at + interval '7 days')
);
CREATE INDEX ix_slips_institution_id ON slips (tenant_id, institution_id);
CREATE INDEX ix_slips_issued_by ON slips (tenant_id, issued_by);
CREATE INDEX ix_slips_membership_id ON slips (tenant_id, membership_id);
CREATE UNIQUE INDEX uq_slips_code_hash ON slips (code_hash);
CREATE UNIQUE INDEX uq_slips_membership_id ON slips (tenant_id, membership_id) WHERE used_at is null and voided_at is null;
GRANT SELECT, INSERT, UPDATE ON slips TO samoe_app;
ALTER TABLE slips ENABLE ROW LEVEL SECURITY;
ALTER TABLE slips FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON slips AS PERMISSIVE FOR SELECT TO samoe_app, samoe_owner USING (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint or code_hash = nullif(current_setting('app.slip', true), ''));
CREATE POLICY tenant_insert ON slips AS PERMISSIVE FOR INSERT TO samoe_app, samoe_owner WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint);
CREATE POLICY tenant_update ON slips AS PERMISSIVE FOR UPDATE TO samoe_app, samoe_owner USING (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint);
CREATE POLICY reach_select ON slips AS RESTRICTIVE FOR SELECT TO samoe_app USING (((select current_setting('app.whole', true)) = 'on' or code_hash = nullif(current_setting('app.slip', true), '') or membership_id = (select nullif(current_setting('app.actor', true), '')::uuid) or exists (select 1 from memberships m where m.tenant_id = slips.tenant_id and m.id = slips.membership_id and (m.own_caseload and m.area_mask & ~(select nullif(current_setting('app.area_mask', true), '')::bigint) = 0 and ((select nullif(current_setting('app.group_mask', true), '')::bigint) = -1 or m.group_slugs is not null and not exists (select 1 from unnest(m.group_slugs) as held (slug) where not exists (select 1 from tenant_groups g where g.tenant_id = m.tenant_id and g.slug = held.slug and (1::bigint << g.bit) & (select nullif(current_setting('app.group_mask', true), '')::bigint) <> 0))) and ((select current_setting('app.own', true)) = 'all' or m.based_at = any((select nullif(current_setting('app.institutions', true), ''))::uuid[]) and (m.institution_ids is null or m.institution_ids <@ (select nullif(current_setting('app.institutions', true), ''))::uuid[]))))));
CREATE POLICY reach_insert ON slips AS RESTRICTIVE FOR INSERT TO samoe_app WITH CHECK (((select current_setting('app.whole', true)) = 'on' or exists (select 1 from memberships m where m.tenant_id = slips.tenant_id and m.id = slips.membership_id and (m.own_caseload and m.area_mask & ~(select nullif(current_setting('app.area_mask', true), '')::bigint) = 0 and ((select nullif(current_setting('app.group_mask', true), '')::bigint) = -1 or m.group_slugs is not null and not exists (select 1 from unnest(m.group_slugs) as held (slug) where not exists (select 1 from tenant_groups g where g.tenant_id = m.tenant_id and g.slug = held.slug and (1::bigint << g.bit) & (select nullif(current_setting('app.group_mask', true), '')::bigint) <> 0))) and ((select current_setting('app.own', true)) = 'all' or m.based_at = any((select nullif(current_setting('app.institutions', true), ''))::uuid[]) and (m.institution_ids is null or m.institution_ids <@ (select nullif(current_setting('app.institutions', true), ''))::uuid[]))))));
CREATE POLICY reach_update ON slips AS RESTRICTIVE FOR UPDATE TO samoe_app USING (((select current_setting('app.whole', true)) = 'on' or membership_id = (select nullif(current_setting('app.actor', true), '')::uuid) or exists (select 1 from memberships m where m.tenant_id = slips.tenant_id and m.id = slips.membership_id and (m.own_caseload and m.area_mask & ~(select nullif(current_setting('app.area_mask', true), '')::bigint) = 0 and ((select nullif(current_setting('app.group_mask', true), '')::bigint) = -1 or m.group_slugs is not null and not exists (select 1 from unnest(m.group_slugs) as held (slug) where not exists (select 1 from tenant_groups g where g.tenant_id = m.tenant_id and g.slug = held.slug and (1::bigint << g.bit) & (select nullif(current_setting('app.group_mask', true), '')::bigint) <> 0))) and ((select current_setting('app.own', true)) = 'all' or m.based_at = any((select nullif(current_setting('app.institutions', true), ''))::uuid[]) and (m.institution_ids is null or m.institution_ids <@ (select nullif(current_setting('app.institutions', true), ''))::uuid[])))))) WITH CHECK (((select current_setting('app.whole', true)) = 'on' or membership_id = (select nullif(current_setting('app.actor', true), '')::uuid) or exists (select 1 from memberships m where m.tenant_id = slips.tenant_id and m.id = slips.membership_id and (m.own_caseload and m.area_mask & ~(select nullif(current_setting('app.area_mask', true), '')::bigint) = 0 and ((select nullif(current_setting('app.group_mask', true), '')::bigint) = -1 or m.group_slugs is not null and not exists (select 1 from unnest(m.group_slugs) as held (slug) where not exists (select 1 from tenant_groups g where g.tenant_id = m.tenant_id and g.slug = held.slug and (1::bigint << g.bit) & (select nullif(current_setting('app.group_mask', true), '')::bigint) <> 0))) and ((select current_setting('app.own', true)) = 'all' or m.based_at = any((select nullif(current_setting('app.institutions', true), ''))::uuid[]) and (m.institution_ids is null or m.institution_ids <@ (select nullif(current_setting('app.institutions', true), ''))::uuid[]))))));

CREATE TABLE bound_devices (
  tenant_id SMALLINT DEFAULT nullif(current_setting('app.tenant', true), '')::smallint NOT NULL,
  id UUID NOT NULL,
  membership_id UUID NOT NULL,
  institution_id UUID,
  slip_id UUID NOT NULL,
  token_hash TEXT NOT NULL,
  pin_hash TEXT NOT NULL,
  tries SMALLINT DEFAULT 0 NOT NULL,
  user_agent TEXT,
  bound_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
  expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
  last_used_at TIMESTAMP WITH TIME ZONE,
  locked_at TIMESTAMP WITH TIME ZONE,
  revoked_at TIMESTAMP WITH TIME ZONE,
  recorded_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
  CONSTRAINT pk_bound_devices PRIMARY KEY (tenant_id, id),
  CONSTRAINT fk_bound_devices_tenant_id_membership_id FOREIGN KEY(tenant_id, membership_id) REFERENCES memberships (tenant_id, id),
  CONSTRAINT fk_bound_devices_tenant_id_institution_id FOREIGN KEY(tenant_id, institution_id) REFERENCES institutions (tenant_id, id),
  CONSTRAINT fk_bound_devices_tenant_id_slip_id FOREIGN KEY(tenant_id, slip_id) REFERENCES slips (tenant_id, id),
  CONSTRAINT ck_bound_devices_tries CHECK (tries between 0 and 5),
  CONSTRAINT ck_bound_devices_thirty_days CHECK (expires_at <= bound_at + interval '30 days')
);
CREATE INDEX ix_bound_devices_institution_id ON bound_devices (tenant_id, institution_id);
CREATE INDEX ix_bound_devices_membership_id ON bound_devices (tenant_id, membership_id);
CREATE INDEX ix_bound_devices_slip_id ON bound_devices (tenant_id, slip_id);
CREATE UNIQUE INDEX uq_bound_devices_token_hash ON bound_devices (token_hash);
GRANT SELECT, INSERT, UPDATE ON bound_devices TO samoe_app;
ALTER TABLE bound_devices ENABLE ROW LEVEL SECURITY;
ALTER TABLE bound_devices FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON bound_devices AS PERMISSIVE FOR SELECT TO samoe_app, samoe_owner USING (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint or token_hash = nullif(current_setting('app.device', true), ''));
CREATE POLICY tenant_insert ON bound_devices AS PERMISSIVE FOR INSERT TO samoe_app, samoe_owner WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint);
CREATE POLICY tenant_update ON bound_devices AS PERMISSIVE FOR UPDATE TO samoe_app, samoe_owner USING (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint);
CREATE POLICY reach_select ON bound_devices AS RESTRICTIVE FOR SELECT TO samoe_app USING (((select current_setting('app.whole', true)) = 'on' or token_hash = nullif(current_setting('app.device', true), '') or membership_id = (select nullif(current_setting('app.actor', true), '')::uuid) or exists (select 1 from memberships m where m.tenant_id = bound_devices.tenant_id and m.id = bound_devices.membership_id and (m.own_caseload and m.area_mask & ~(select nullif(current_setting('app.area_mask', true), '')::bigint) = 0 and ((select nullif(current_setting('app.group_mask', true), '')::bigint) = -1 or m.group_slugs is not null and not exists (select 1 from unnest(m.group_slugs) as held (slug) where not exists (select 1 from tenant_groups g where g.tenant_id = m.tenant_id and g.slug = held.slug and (1::bigint << g.bit) & (select nullif(current_setting('app.group_mask', true), '')::bigint) <> 0))) and ((select current_setting('app.own', true)) = 'all' or m.based_at = any((select nullif(current_setting('app.institutions', true), ''))::uuid[]) and (m.institution_ids is null or m.institution_ids <@ (select nullif(current_setting('app.institutions', true), ''))::uuid[]))))));
CREATE POLICY reach_insert ON bound_devices AS RESTRICTIVE FOR INSERT TO samoe_app WITH CHECK (((select current_setting('app.whole', true)) = 'on' or membership_id = (select nullif(current_setting('app.actor', true), '')::uuid)));
CREATE POLICY reach_update ON bound_devices AS RESTRICTIVE FOR UPDATE TO samoe_app USING (((select current_setting('app.whole', true)) = 'on' or membership_id = (select nullif(current_setting('app.actor', true), '')::uuid) or exists (select 1 from memberships m where m.tenant_id = bound_devices.tenant_id and m.id = bound_devices.membership_id and (m.own_caseload and m.area_mask & ~(select nullif(current_setting('app.area_mask', true), '')::bigint) = 0 and ((select nullif(current_setting('app.group_mask', true), '')::bigint) = -1 or m.group_slugs is not null and not exists (select 1 from unnest(m.group_slugs) as held (slug) where not exists (select 1 from tenant_groups g where g.tenant_id = m.tenant_id and g.slug = held.slug and (1::bigint << g.bit) & (select nullif(current_setting('app.group_mask', true), '')::bigint) <> 0))) and ((select current_setting('app.own', true)) = 'all' or m.based_at = any((select nullif(current_setting('app.institutions', true), ''))::uuid[]) and (m.institution_ids is null or m.institution_ids <@ (select nullif(current_setting('app.institutions', true), ''))::uuid[])))))) WITH CHECK (((select current_setting('app.whole', true)) = 'on' or membership_id = (select nullif(current_setting('app.actor', true), '')::uuid) or exists (select 1 from memberships m where m.tenant_id = bound_devices.tenant_id and m.id = bound_devices.membership_id and (m.own_caseload and m.area_mask & ~(select nullif(current_setting('app.area_mask', true), '')::bigint) = 0 and ((select nullif(current_setting('app.group_mask', true), '')::bigint) = -1 or m.group_slugs is not null and not exists (select 1 from unnest(m.group_slugs) as held (slug) where not exists (select 1 from tenant_groups g where g.tenant_id = m.tenant_id and g.slug = held.slug and (1::bigint << g.bit) & (select nullif(current_setting('app.group_mask', true), '')::bigint) <> 0))) and ((select current_setting('app.own', true)) = 'all' or m.based_at = any((select nullif(current_setting('app.institutions', true), ''))::uuid[]) and (m.institution_ids is null or m.institution_ids <@ (select nullif(current_setting('app.institutions', true), ''))::uuid[]))))));

ALTER TABLE sessions ADD COLUMN device_id uuid,
  ADD CONSTRAINT fk_sessions_tenant_id_device_id FOREIGN KEY (tenant_id, device_id) REFERENCES bound_devices (tenant_id, id);
CREATE INDEX ix_sessions_device_id ON sessions (tenant_id, device_id) WHERE device_id is not null;

-- As in 0015. A session that began with a device's PIN ends with the device: taken back, locked, after its thirty days, or
-- when its member no longer has own cases only or works elsewhere.
CREATE OR REPLACE FUNCTION open_session(hash text) RETURNS TABLE (
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
  IF s.device_id IS NOT NULL THEN
    PERFORM set_config('app.tenant', s.tenant_id::text, true), set_config('app.actor', s.membership_id::text, true);
    PERFORM 1 FROM bound_devices d JOIN memberships m ON m.tenant_id = d.tenant_id AND m.id = d.membership_id
    WHERE d.tenant_id = s.tenant_id AND d.id = s.device_id AND d.membership_id = s.membership_id
      AND d.revoked_at IS NULL AND d.locked_at IS NULL AND d.expires_at > now()
      AND m.own_caseload AND m.based_at IS NOT DISTINCT FROM d.institution_id;
    IF NOT FOUND THEN
      PERFORM set_config('app.tenant', '', true), set_config('app.actor', '', true);
      RETURN;
    END IF;
  END IF;
  UPDATE sessions x SET last_seen_at = now() WHERE x.token_hash = hash AND x.last_seen_at < now() - interval '1 minute';
  RETURN QUERY SELECT m.*, s.csrf_token, s.proved_at,
    s.refresh IS NOT NULL AND s.renewed_at < now() - interval '5 minutes' FROM open_membership(s.tenant_id, s.membership_id) m;
END $$;
