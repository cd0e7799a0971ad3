-- Why seals, and not a chain through the events themselves: docs/decisions/0032-seals-on-the-audit-trail.md.
CREATE TABLE audit_seals (
	tenant_id SMALLINT DEFAULT nullif(current_setting('app.tenant', true), '')::smallint NOT NULL, 
	id UUID NOT NULL, 
	number INTEGER NOT NULL, 
	before TEXT NOT NULL, 
	events INTEGER NOT NULL, 
	hash TEXT NOT NULL, 
	recorded_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL, 
	CONSTRAINT pk_audit_seals PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX uq_audit_seals_number ON audit_seals (tenant_id, number);
GRANT SELECT, INSERT ON audit_seals TO samoe_app;
ALTER TABLE audit_seals ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_seals FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON audit_seals AS PERMISSIVE FOR ALL TO samoe_app, samoe_owner USING (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint);
GRANT SELECT, INSERT ON audit_seals TO samoe_fund;
CREATE POLICY fund_own ON audit_seals AS PERMISSIVE FOR ALL TO samoe_fund USING (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint and tenant_id = 1) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint and tenant_id = 1);

CREATE TABLE audit_sealed (
	tenant_id SMALLINT DEFAULT nullif(current_setting('app.tenant', true), '')::smallint NOT NULL, 
	id UUID NOT NULL, 
	seal_id UUID NOT NULL, 
	recorded_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL, 
	CONSTRAINT pk_audit_sealed PRIMARY KEY (tenant_id, id), 
	CONSTRAINT fk_audit_sealed_tenant_id_id FOREIGN KEY(tenant_id, id) REFERENCES audit_events (tenant_id, id), 
	CONSTRAINT fk_audit_sealed_tenant_id_seal_id FOREIGN KEY(tenant_id, seal_id) REFERENCES audit_seals (tenant_id, id)
);
CREATE INDEX ix_audit_sealed_seal_id ON audit_sealed (tenant_id, seal_id);
GRANT SELECT, INSERT ON audit_sealed TO samoe_app;
ALTER TABLE audit_sealed ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_sealed FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON audit_sealed AS PERMISSIVE FOR ALL TO samoe_app, samoe_owner USING (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint);
GRANT SELECT, INSERT ON audit_sealed TO samoe_fund;
CREATE POLICY fund_own ON audit_sealed AS PERMISSIVE FOR ALL TO samoe_fund USING (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint and tenant_id = 1) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint and tenant_id = 1);

-- What is sealed of an event. jsonb writes equal values alike, whoever reads and with whatever settings.
CREATE FUNCTION audit_line(e audit_events) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_array(e.id, e.actor_id, e.actor_name, e.actor_role, e.verb, e.subject_type, e.subject_id, e.reason,
    e.detail, e.request_id, extract(epoch FROM e.recorded_at))::text $$;

CREATE FUNCTION audit_chain(before text, lines text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT encode(sha256(convert_to(before || chr(10) || coalesce(lines, ''), 'UTF8')), 'hex') $$;
