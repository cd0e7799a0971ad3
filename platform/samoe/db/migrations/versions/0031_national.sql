-- Indicators and rules that the fund keeps for all provinces, and the numbers that provinces release (decisions 0047, 0048).
CREATE TABLE indicator_contracts (
	tenant_id SMALLINT DEFAULT nullif(current_setting('app.tenant', true), '')::smallint NOT NULL,
	id UUID NOT NULL,
	code TEXT NOT NULL,
	name JSONB NOT NULL,
	meaning JSONB NOT NULL,
	kind TEXT NOT NULL,
	unit JSONB,
	better TEXT NOT NULL,
	active BOOLEAN DEFAULT true NOT NULL,
	row_version INTEGER DEFAULT 1 NOT NULL,
	recorded_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	CONSTRAINT pk_indicator_contracts PRIMARY KEY (tenant_id, id),
	CONSTRAINT ck_indicator_contracts_kind CHECK (kind in ('count', 'share', 'mean')),
	CONSTRAINT ck_indicator_contracts_better CHECK (better in ('more', 'less', 'neither'))
);
CREATE UNIQUE INDEX uq_indicator_contracts_code ON indicator_contracts (tenant_id, code);
CREATE TABLE reference_rules (
	tenant_id SMALLINT DEFAULT nullif(current_setting('app.tenant', true), '')::smallint NOT NULL,
	id UUID NOT NULL,
	group_slug TEXT NOT NULL,
	number INTEGER NOT NULL,
	state TEXT NOT NULL,
	rule JSONB NOT NULL,
	fields JSONB DEFAULT '{}' NOT NULL,
	effective_on DATE,
	published_at TIMESTAMP WITH TIME ZONE,
	published_by UUID,
	reason TEXT,
	row_version INTEGER DEFAULT 1 NOT NULL,
	recorded_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	CONSTRAINT pk_reference_rules PRIMARY KEY (tenant_id, id),
	CONSTRAINT ck_reference_rules_state CHECK (state in ('draft', 'published')),
	CONSTRAINT ck_reference_rules_published CHECK (state = 'draft' or (published_at is not null and effective_on is not null))
);
CREATE UNIQUE INDEX uq_reference_rules_draft ON reference_rules (tenant_id, group_slug) WHERE state = 'draft';
CREATE UNIQUE INDEX uq_reference_rules_group_slug_number ON reference_rules (tenant_id, group_slug, number);
CREATE TABLE releases (
	tenant_id SMALLINT DEFAULT nullif(current_setting('app.tenant', true), '')::smallint NOT NULL,
	id UUID NOT NULL,
	phase_id UUID,
	as_of DATE NOT NULL,
	released_by UUID,
	recorded_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	CONSTRAINT pk_releases PRIMARY KEY (tenant_id, id),
	CONSTRAINT fk_releases_tenant_id_phase_id FOREIGN KEY(tenant_id, phase_id) REFERENCES phases (tenant_id, id)
);
CREATE INDEX ix_releases_as_of ON releases (tenant_id, as_of);
CREATE INDEX ix_releases_phase_id ON releases (tenant_id, phase_id);
CREATE TABLE released_indicators (
	tenant_id SMALLINT DEFAULT nullif(current_setting('app.tenant', true), '')::smallint NOT NULL,
	id UUID NOT NULL,
	release_id UUID NOT NULL,
	contract TEXT NOT NULL,
	group_slug TEXT NOT NULL,
	group_version INTEGER NOT NULL,
	indicator TEXT NOT NULL,
	kind TEXT NOT NULL,
	state TEXT NOT NULL,
	in_baht BOOLEAN DEFAULT false NOT NULL,
	numerator BIGINT,
	denominator BIGINT,
	recorded_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	CONSTRAINT pk_released_indicators PRIMARY KEY (tenant_id, id),
	CONSTRAINT fk_released_indicators_tenant_id_release_id FOREIGN KEY(tenant_id, release_id) REFERENCES releases (tenant_id, id),
	CONSTRAINT ck_released_indicators_state CHECK (state in ('given', 'few', 'no_data')),
	CONSTRAINT ck_released_indicators_kind CHECK (kind in ('count', 'share', 'mean'))
);
CREATE INDEX ix_released_indicators_contract ON released_indicators (tenant_id, contract);
CREATE UNIQUE INDEX uq_released_indicators_release_id_group_slug_indicator ON released_indicators (tenant_id, release_id, group_slug, indicator);
CREATE TABLE released_references (
	tenant_id SMALLINT DEFAULT nullif(current_setting('app.tenant', true), '')::smallint NOT NULL,
	id UUID NOT NULL,
	release_id UUID NOT NULL,
	reference_number INTEGER NOT NULL,
	reference_slug TEXT NOT NULL,
	group_slug TEXT NOT NULL,
	group_version INTEGER NOT NULL,
	criteria_number INTEGER,
	state TEXT NOT NULL,
	lacking JSONB,
	qualifies BIGINT,
	does_not BIGINT,
	unknown BIGINT,
	own_qualifies BIGINT,
	own_does_not BIGINT,
	own_unknown BIGINT,
	looser BIGINT,
	stricter BIGINT,
	recorded_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	CONSTRAINT pk_released_references PRIMARY KEY (tenant_id, id),
	CONSTRAINT fk_released_references_tenant_id_release_id FOREIGN KEY(tenant_id, release_id) REFERENCES releases (tenant_id, id),
	CONSTRAINT ck_released_references_state CHECK (state in ('counted', 'lacking', 'no_data'))
);
CREATE UNIQUE INDEX uq_released_references_release_id_group_slug ON released_references (tenant_id, release_id, group_slug);
GRANT SELECT ON indicator_contracts TO samoe_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON indicator_contracts TO samoe_fund;
ALTER TABLE indicator_contracts ENABLE ROW LEVEL SECURITY;
ALTER TABLE indicator_contracts FORCE ROW LEVEL SECURITY;
CREATE POLICY national ON indicator_contracts AS PERMISSIVE FOR SELECT TO samoe_app USING (tenant_id = 1 and (true) and exists (select 1 from tenants t where t.id = nullif(current_setting('app.tenant', true), '')::smallint));
CREATE POLICY fund_own ON indicator_contracts AS PERMISSIVE FOR ALL TO samoe_fund USING (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint and tenant_id = 1) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint and tenant_id = 1);
CREATE POLICY tenant ON indicator_contracts AS PERMISSIVE FOR ALL TO samoe_owner USING (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint);

GRANT SELECT ON reference_rules TO samoe_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON reference_rules TO samoe_fund;
ALTER TABLE reference_rules ENABLE ROW LEVEL SECURITY;
ALTER TABLE reference_rules FORCE ROW LEVEL SECURITY;
CREATE POLICY national ON reference_rules AS PERMISSIVE FOR SELECT TO samoe_app USING (tenant_id = 1 and (state = 'published') and exists (select 1 from tenants t where t.id = nullif(current_setting('app.tenant', true), '')::smallint));
CREATE POLICY fund_own ON reference_rules AS PERMISSIVE FOR ALL TO samoe_fund USING (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint and tenant_id = 1) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint and tenant_id = 1);
CREATE POLICY tenant ON reference_rules AS PERMISSIVE FOR ALL TO samoe_owner USING (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint);

GRANT SELECT, INSERT ON releases TO samoe_app;
ALTER TABLE releases ENABLE ROW LEVEL SECURITY;
ALTER TABLE releases FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON releases AS PERMISSIVE FOR ALL TO samoe_app, samoe_owner USING (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint);
CREATE POLICY whole_insert ON releases AS RESTRICTIVE FOR INSERT TO samoe_app WITH CHECK ((select current_setting('app.whole', true)) = 'on');
CREATE POLICY whole_update ON releases AS RESTRICTIVE FOR UPDATE TO samoe_app USING ((select current_setting('app.whole', true)) = 'on') WITH CHECK ((select current_setting('app.whole', true)) = 'on');
CREATE POLICY whole_delete ON releases AS RESTRICTIVE FOR DELETE TO samoe_app USING ((select current_setting('app.whole', true)) = 'on');
CREATE POLICY world ON releases AS RESTRICTIVE FOR ALL TO samoe_fund USING ((tenant_id < 1000 and (select nullif(current_setting('app.tenant', true), '')::smallint) < 1000 or tenant_id >= 1000 and (select nullif(current_setting('app.tenant', true), '')::smallint) in (tenant_id, tenant_id + 10000))) WITH CHECK ((tenant_id < 1000 and (select nullif(current_setting('app.tenant', true), '')::smallint) < 1000 or tenant_id >= 1000 and (select nullif(current_setting('app.tenant', true), '')::smallint) in (tenant_id, tenant_id + 10000)));
GRANT SELECT ON releases TO samoe_fund;
CREATE POLICY fund_sees ON releases AS PERMISSIVE FOR SELECT TO samoe_fund USING ((true) or (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint and (tenant_id = 1 or tenant_id > 10000)));

GRANT SELECT, INSERT ON released_indicators TO samoe_app;
ALTER TABLE released_indicators ENABLE ROW LEVEL SECURITY;
ALTER TABLE released_indicators FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON released_indicators AS PERMISSIVE FOR ALL TO samoe_app, samoe_owner USING (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint);
CREATE POLICY whole_insert ON released_indicators AS RESTRICTIVE FOR INSERT TO samoe_app WITH CHECK ((select current_setting('app.whole', true)) = 'on');
CREATE POLICY whole_update ON released_indicators AS RESTRICTIVE FOR UPDATE TO samoe_app USING ((select current_setting('app.whole', true)) = 'on') WITH CHECK ((select current_setting('app.whole', true)) = 'on');
CREATE POLICY whole_delete ON released_indicators AS RESTRICTIVE FOR DELETE TO samoe_app USING ((select current_setting('app.whole', true)) = 'on');
CREATE POLICY world ON released_indicators AS RESTRICTIVE FOR ALL TO samoe_fund USING ((tenant_id < 1000 and (select nullif(current_setting('app.tenant', true), '')::smallint) < 1000 or tenant_id >= 1000 and (select nullif(current_setting('app.tenant', true), '')::smallint) in (tenant_id, tenant_id + 10000))) WITH CHECK ((tenant_id < 1000 and (select nullif(current_setting('app.tenant', true), '')::smallint) < 1000 or tenant_id >= 1000 and (select nullif(current_setting('app.tenant', true), '')::smallint) in (tenant_id, tenant_id + 10000)));
GRANT SELECT ON released_indicators TO samoe_fund;
CREATE POLICY fund_sees ON released_indicators AS PERMISSIVE FOR SELECT TO samoe_fund USING ((true) or (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint and (tenant_id = 1 or tenant_id > 10000)));

GRANT SELECT, INSERT ON released_references TO samoe_app;
ALTER TABLE released_references ENABLE ROW LEVEL SECURITY;
ALTER TABLE released_references FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON released_references AS PERMISSIVE FOR ALL TO samoe_app, samoe_owner USING (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint);
CREATE POLICY whole_insert ON released_references AS RESTRICTIVE FOR INSERT TO samoe_app WITH CHECK ((select current_setting('app.whole', true)) = 'on');
CREATE POLICY whole_update ON released_references AS RESTRICTIVE FOR UPDATE TO samoe_app USING ((select current_setting('app.whole', true)) = 'on') WITH CHECK ((select current_setting('app.whole', true)) = 'on');
CREATE POLICY whole_delete ON released_references AS RESTRICTIVE FOR DELETE TO samoe_app USING ((select current_setting('app.whole', true)) = 'on');
CREATE POLICY world ON released_references AS RESTRICTIVE FOR ALL TO samoe_fund USING ((tenant_id < 1000 and (select nullif(current_setting('app.tenant', true), '')::smallint) < 1000 or tenant_id >= 1000 and (select nullif(current_setting('app.tenant', true), '')::smallint) in (tenant_id, tenant_id + 10000))) WITH CHECK ((tenant_id < 1000 and (select nullif(current_setting('app.tenant', true), '')::smallint) < 1000 or tenant_id >= 1000 and (select nullif(current_setting('app.tenant', true), '')::smallint) in (tenant_id, tenant_id + 10000)));
GRANT SELECT ON released_references TO samoe_fund;
CREATE POLICY fund_sees ON released_references AS PERMISSIVE FOR SELECT TO samoe_fund USING ((true) or (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint and (tenant_id = 1 or tenant_id > 10000)));

CREATE FUNCTION published_references_stand() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state = 'draft' THEN
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
  END IF;
  RAISE EXCEPTION 'a published reference rule never changes' USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE TRIGGER published_references_stand BEFORE UPDATE OR DELETE ON reference_rules
  FOR EACH ROW EXECUTE FUNCTION published_references_stand();

-- The meaning of a code stands: only whether it is used any more may change.
CREATE FUNCTION contracts_mean_what_they_meant() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (OLD.code, OLD.name, OLD.meaning, OLD.kind, OLD.unit, OLD.better)
     IS DISTINCT FROM (NEW.code, NEW.name, NEW.meaning, NEW.kind, NEW.unit, NEW.better) THEN
    RAISE EXCEPTION 'what a code means never changes' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER contracts_mean_what_they_meant BEFORE UPDATE ON indicator_contracts
  FOR EACH ROW EXECUTE FUNCTION contracts_mean_what_they_meant();
