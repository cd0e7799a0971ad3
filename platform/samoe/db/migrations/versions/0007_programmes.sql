CREATE TABLE committees (
  tenant_id SMALLINT DEFAULT nullif(current_setting('app.tenant', true), '')::smallint NOT NULL, 
  id UUID NOT NULL, 
  name_th TEXT NOT NULL, 
  name_en TEXT NOT NULL, 
  appointed_by_th TEXT, 
  appointed_by_en TEXT, 
  announced_on DATE, 
  document_id UUID, 
  row_version INTEGER DEFAULT 1 NOT NULL, 
  recorded_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL, 
  CONSTRAINT pk_committees PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX uq_committees_name_th ON committees (tenant_id, name_th);
CREATE TABLE lead_organisations (
  tenant_id SMALLINT DEFAULT nullif(current_setting('app.tenant', true), '')::smallint NOT NULL, 
  id UUID NOT NULL, 
  name_th TEXT NOT NULL, 
  name_en TEXT NOT NULL, 
  kind TEXT NOT NULL, 
  from_on DATE, 
  to_on DATE, 
  row_version INTEGER DEFAULT 1 NOT NULL, 
  recorded_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL, 
  CONSTRAINT pk_lead_organisations PRIMARY KEY (tenant_id, id), 
  CONSTRAINT ck_lead_organisations_dates CHECK (to_on is null or from_on is null or to_on >= from_on)
);
CREATE TABLE partner_orgs (
  tenant_id SMALLINT DEFAULT nullif(current_setting('app.tenant', true), '')::smallint NOT NULL, 
  id UUID NOT NULL, 
  name_th TEXT NOT NULL, 
  name_en TEXT NOT NULL, 
  kind TEXT NOT NULL, 
  district_codes TEXT[], 
  from_on DATE, 
  to_on DATE, 
  row_version INTEGER DEFAULT 1 NOT NULL, 
  recorded_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL, 
  CONSTRAINT pk_partner_orgs PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX uq_partner_orgs_name_th ON partner_orgs (tenant_id, name_th);
CREATE TABLE programmes (
  tenant_id SMALLINT DEFAULT nullif(current_setting('app.tenant', true), '')::smallint NOT NULL, 
  id UUID NOT NULL, 
  name_th TEXT NOT NULL, 
  name_en TEXT NOT NULL, 
  since_year INTEGER, 
  row_version INTEGER DEFAULT 1 NOT NULL, 
  recorded_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL, 
  CONSTRAINT pk_programmes PRIMARY KEY (tenant_id, id)
);
CREATE TABLE phases (
  tenant_id SMALLINT DEFAULT nullif(current_setting('app.tenant', true), '')::smallint NOT NULL, 
  id UUID NOT NULL, 
  programme_id UUID NOT NULL, 
  number SMALLINT NOT NULL, 
  predecessor_id UUID, 
  starts_on DATE NOT NULL, 
  ends_on DATE NOT NULL, 
  dates_confirmed BOOLEAN DEFAULT true NOT NULL, 
  signatories SMALLINT DEFAULT 2 NOT NULL, 
  closed_at TIMESTAMP WITH TIME ZONE, 
  row_version INTEGER DEFAULT 1 NOT NULL, 
  recorded_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL, 
  CONSTRAINT pk_phases PRIMARY KEY (tenant_id, id), 
  CONSTRAINT fk_phases_tenant_id_programme_id FOREIGN KEY(tenant_id, programme_id) REFERENCES programmes (tenant_id, id), 
  CONSTRAINT fk_phases_tenant_id_predecessor_id FOREIGN KEY(tenant_id, predecessor_id) REFERENCES phases (tenant_id, id), 
  CONSTRAINT ck_phases_dates CHECK (ends_on >= starts_on), 
  CONSTRAINT ck_phases_signatories CHECK (signatories between 2 and 5)
);
CREATE INDEX ix_phases_predecessor_id ON phases (tenant_id, predecessor_id);
CREATE INDEX ix_phases_programme_id ON phases (tenant_id, programme_id);
CREATE UNIQUE INDEX uq_phases_number ON phases (tenant_id, number);
CREATE TABLE positions (
  tenant_id SMALLINT DEFAULT nullif(current_setting('app.tenant', true), '')::smallint NOT NULL, 
  id UUID NOT NULL, 
  committee_id UUID, 
  title_th TEXT NOT NULL, 
  title_en TEXT NOT NULL, 
  organisation_th TEXT, 
  organisation_en TEXT, 
  rank SMALLINT DEFAULT 0 NOT NULL, 
  row_version INTEGER DEFAULT 1 NOT NULL, 
  recorded_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL, 
  CONSTRAINT pk_positions PRIMARY KEY (tenant_id, id), 
  CONSTRAINT fk_positions_tenant_id_committee_id FOREIGN KEY(tenant_id, committee_id) REFERENCES committees (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX ix_positions_committee_id ON positions (tenant_id, committee_id);
CREATE TABLE resolutions (
  tenant_id SMALLINT DEFAULT nullif(current_setting('app.tenant', true), '')::smallint NOT NULL, 
  id UUID NOT NULL, 
  committee_id UUID, 
  body TEXT NOT NULL, 
  meeting_no TEXT NOT NULL, 
  held_on DATE NOT NULL, 
  decision TEXT NOT NULL, 
  document_id UUID, 
  recorded_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL, 
  CONSTRAINT pk_resolutions PRIMARY KEY (tenant_id, id), 
  CONSTRAINT fk_resolutions_tenant_id_committee_id FOREIGN KEY(tenant_id, committee_id) REFERENCES committees (tenant_id, id)
);
CREATE INDEX ix_resolutions_committee_id ON resolutions (tenant_id, committee_id);
CREATE TABLE agreements (
  tenant_id SMALLINT DEFAULT nullif(current_setting('app.tenant', true), '')::smallint NOT NULL, 
  id UUID NOT NULL, 
  phase_id UUID NOT NULL, 
  number TEXT, 
  signed_on DATE, 
  amount BIGINT, 
  signatories JSONB DEFAULT '{}' NOT NULL, 
  deliverables JSONB DEFAULT '{}' NOT NULL, 
  document_id UUID, 
  row_version INTEGER DEFAULT 1 NOT NULL, 
  recorded_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL, 
  CONSTRAINT pk_agreements PRIMARY KEY (tenant_id, id), 
  CONSTRAINT fk_agreements_tenant_id_phase_id FOREIGN KEY(tenant_id, phase_id) REFERENCES phases (tenant_id, id), 
  CONSTRAINT ck_agreements_amount CHECK (amount is null or amount >= 0)
);
CREATE INDEX ix_agreements_phase_id ON agreements (tenant_id, phase_id);
CREATE UNIQUE INDEX uq_agreements_number ON agreements (tenant_id, number);
CREATE TABLE benefits (
  tenant_id SMALLINT DEFAULT nullif(current_setting('app.tenant', true), '')::smallint NOT NULL, 
  id UUID NOT NULL, 
  phase_id UUID NOT NULL, 
  group_slug TEXT NOT NULL, 
  slug TEXT NOT NULL, 
  kind TEXT NOT NULL, 
  purpose TEXT NOT NULL, 
  stackable BOOLEAN DEFAULT false NOT NULL, 
  min_amount BIGINT NOT NULL, 
  max_amount BIGINT NOT NULL, 
  row_version INTEGER DEFAULT 1 NOT NULL, 
  recorded_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL, 
  CONSTRAINT pk_benefits PRIMARY KEY (tenant_id, id), 
  CONSTRAINT fk_benefits_tenant_id_phase_id FOREIGN KEY(tenant_id, phase_id) REFERENCES phases (tenant_id, id), 
  CONSTRAINT ck_benefits_kind CHECK (kind in ('flat', 'range', 'in_kind')), 
  CONSTRAINT ck_benefits_amounts CHECK (min_amount >= 0 and max_amount >= min_amount)
);
CREATE UNIQUE INDEX uq_benefits_phase_id_group_slug_slug ON benefits (tenant_id, phase_id, group_slug, slug);
CREATE TABLE delegations (
  tenant_id SMALLINT DEFAULT nullif(current_setting('app.tenant', true), '')::smallint NOT NULL, 
  id UUID NOT NULL, 
  position_id UUID NOT NULL, 
  to_membership_id UUID NOT NULL, 
  powers TEXT NOT NULL, 
  from_on DATE NOT NULL, 
  to_on DATE NOT NULL, 
  document_id UUID, 
  recorded_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL, 
  CONSTRAINT pk_delegations PRIMARY KEY (tenant_id, id), 
  CONSTRAINT fk_delegations_tenant_id_position_id FOREIGN KEY(tenant_id, position_id) REFERENCES positions (tenant_id, id)
);
CREATE INDEX ix_delegations_position_id ON delegations (tenant_id, position_id);
CREATE TABLE phase_groups (
  tenant_id SMALLINT DEFAULT nullif(current_setting('app.tenant', true), '')::smallint NOT NULL, 
  id UUID NOT NULL, 
  phase_id UUID NOT NULL, 
  group_slug TEXT NOT NULL, 
  register TEXT NOT NULL, 
  source TEXT NOT NULL, 
  district_codes TEXT[], 
  row_version INTEGER DEFAULT 1 NOT NULL, 
  recorded_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL, 
  CONSTRAINT pk_phase_groups PRIMARY KEY (tenant_id, id), 
  CONSTRAINT fk_phase_groups_tenant_id_phase_id FOREIGN KEY(tenant_id, phase_id) REFERENCES phases (tenant_id, id), 
  CONSTRAINT ck_phase_groups_register CHECK (register in ('population', 'target_list')), 
  CONSTRAINT ck_phase_groups_source CHECK (source in ('list', 'survey'))
);
CREATE UNIQUE INDEX uq_phase_groups_phase_id_group_slug ON phase_groups (tenant_id, phase_id, group_slug);
CREATE TABLE position_holders (
  tenant_id SMALLINT DEFAULT nullif(current_setting('app.tenant', true), '')::smallint NOT NULL, 
  id UUID NOT NULL, 
  position_id UUID NOT NULL, 
  name TEXT NOT NULL, 
  acting BOOLEAN DEFAULT false NOT NULL, 
  from_on DATE, 
  to_on DATE, 
  recorded_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL, 
  CONSTRAINT pk_position_holders PRIMARY KEY (tenant_id, id), 
  CONSTRAINT fk_position_holders_tenant_id_position_id FOREIGN KEY(tenant_id, position_id) REFERENCES positions (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX ix_position_holders_position_id ON position_holders (tenant_id, position_id);
CREATE TABLE targets (
  tenant_id SMALLINT DEFAULT nullif(current_setting('app.tenant', true), '')::smallint NOT NULL, 
  id UUID NOT NULL, 
  phase_id UUID NOT NULL, 
  group_slug TEXT NOT NULL, 
  measure TEXT DEFAULT 'assisted' NOT NULL, 
  district_code TEXT, 
  quarter SMALLINT, 
  min_count INTEGER NOT NULL, 
  max_count INTEGER NOT NULL, 
  row_version INTEGER DEFAULT 1 NOT NULL, 
  recorded_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL, 
  CONSTRAINT pk_targets PRIMARY KEY (tenant_id, id), 
  CONSTRAINT fk_targets_tenant_id_phase_id FOREIGN KEY(tenant_id, phase_id) REFERENCES phases (tenant_id, id), 
  CONSTRAINT ck_targets_counts CHECK (min_count >= 0 and max_count >= min_count)
);
CREATE UNIQUE INDEX uq_targets_phase_id_group_slug_measure_district_code_quarter ON targets (tenant_id, phase_id, group_slug, measure, district_code, quarter) NULLS NOT DISTINCT;
GRANT SELECT, INSERT, UPDATE, DELETE ON committees TO samoe_app;
ALTER TABLE committees ENABLE ROW LEVEL SECURITY;
ALTER TABLE committees FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON committees AS PERMISSIVE FOR ALL TO samoe_app, samoe_owner USING (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint);
GRANT SELECT ON committees TO samoe_fund;
CREATE POLICY fund_sees ON committees AS PERMISSIVE FOR SELECT TO samoe_fund USING ((true) or (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint and tenant_id = 1));
CREATE TRIGGER history_update AFTER UPDATE ON committees REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION keep_history();
CREATE TRIGGER history_delete AFTER DELETE ON committees REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION keep_history();

GRANT SELECT, INSERT, UPDATE, DELETE ON lead_organisations TO samoe_app;
ALTER TABLE lead_organisations ENABLE ROW LEVEL SECURITY;
ALTER TABLE lead_organisations FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON lead_organisations AS PERMISSIVE FOR ALL TO samoe_app, samoe_owner USING (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint);
GRANT SELECT ON lead_organisations TO samoe_fund;
CREATE POLICY fund_sees ON lead_organisations AS PERMISSIVE FOR SELECT TO samoe_fund USING ((true) or (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint and tenant_id = 1));
CREATE TRIGGER history_update AFTER UPDATE ON lead_organisations REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION keep_history();
CREATE TRIGGER history_delete AFTER DELETE ON lead_organisations REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION keep_history();

GRANT SELECT, INSERT, UPDATE, DELETE ON partner_orgs TO samoe_app;
ALTER TABLE partner_orgs ENABLE ROW LEVEL SECURITY;
ALTER TABLE partner_orgs FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON partner_orgs AS PERMISSIVE FOR ALL TO samoe_app, samoe_owner USING (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint);
GRANT SELECT ON partner_orgs TO samoe_fund;
CREATE POLICY fund_sees ON partner_orgs AS PERMISSIVE FOR SELECT TO samoe_fund USING ((true) or (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint and tenant_id = 1));
CREATE TRIGGER history_update AFTER UPDATE ON partner_orgs REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION keep_history();
CREATE TRIGGER history_delete AFTER DELETE ON partner_orgs REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION keep_history();

GRANT SELECT, INSERT, UPDATE, DELETE ON programmes TO samoe_app;
ALTER TABLE programmes ENABLE ROW LEVEL SECURITY;
ALTER TABLE programmes FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON programmes AS PERMISSIVE FOR ALL TO samoe_app, samoe_owner USING (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint);
GRANT SELECT ON programmes TO samoe_fund;
CREATE POLICY fund_sees ON programmes AS PERMISSIVE FOR SELECT TO samoe_fund USING ((true) or (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint and tenant_id = 1));
CREATE TRIGGER history_update AFTER UPDATE ON programmes REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION keep_history();
CREATE TRIGGER history_delete AFTER DELETE ON programmes REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION keep_history();

GRANT SELECT, INSERT, UPDATE, DELETE ON phases TO samoe_app;
ALTER TABLE phases ENABLE ROW LEVEL SECURITY;
ALTER TABLE phases FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON phases AS PERMISSIVE FOR ALL TO samoe_app, samoe_owner USING (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint);
GRANT SELECT ON phases TO samoe_fund;
CREATE POLICY fund_sees ON phases AS PERMISSIVE FOR SELECT TO samoe_fund USING ((true) or (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint and tenant_id = 1));
CREATE TRIGGER history_update AFTER UPDATE ON phases REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION keep_history();
CREATE TRIGGER history_delete AFTER DELETE ON phases REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION keep_history();

GRANT SELECT, INSERT, UPDATE, DELETE ON positions TO samoe_app;
ALTER TABLE positions ENABLE ROW LEVEL SECURITY;
ALTER TABLE positions FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON positions AS PERMISSIVE FOR ALL TO samoe_app, samoe_owner USING (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint);
GRANT SELECT ON positions TO samoe_fund;
CREATE POLICY fund_sees ON positions AS PERMISSIVE FOR SELECT TO samoe_fund USING ((true) or (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint and tenant_id = 1));
CREATE TRIGGER history_update AFTER UPDATE ON positions REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION keep_history();
CREATE TRIGGER history_delete AFTER DELETE ON positions REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION keep_history();

GRANT SELECT, INSERT, UPDATE, DELETE ON resolutions TO samoe_app;
ALTER TABLE resolutions ENABLE ROW LEVEL SECURITY;
ALTER TABLE resolutions FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON resolutions AS PERMISSIVE FOR ALL TO samoe_app, samoe_owner USING (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint);
CREATE TRIGGER history_update AFTER UPDATE ON resolutions REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION keep_history();
CREATE TRIGGER history_delete AFTER DELETE ON resolutions REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION keep_history();

GRANT SELECT, INSERT, UPDATE, DELETE ON agreements TO samoe_app;
ALTER TABLE agreements ENABLE ROW LEVEL SECURITY;
ALTER TABLE agreements FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON agreements AS PERMISSIVE FOR ALL TO samoe_app, samoe_owner USING (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint);
GRANT SELECT ON agreements TO samoe_fund;
CREATE POLICY fund_sees ON agreements AS PERMISSIVE FOR SELECT TO samoe_fund USING ((true) or (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint and tenant_id = 1));
CREATE TRIGGER history_update AFTER UPDATE ON agreements REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION keep_history();
CREATE TRIGGER history_delete AFTER DELETE ON agreements REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION keep_history();

GRANT SELECT, INSERT, UPDATE, DELETE ON benefits TO samoe_app;
ALTER TABLE benefits ENABLE ROW LEVEL SECURITY;
ALTER TABLE benefits FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON benefits AS PERMISSIVE FOR ALL TO samoe_app, samoe_owner USING (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint);
GRANT SELECT ON benefits TO samoe_fund;
CREATE POLICY fund_sees ON benefits AS PERMISSIVE FOR SELECT TO samoe_fund USING ((true) or (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint and tenant_id = 1));
CREATE TRIGGER history_update AFTER UPDATE ON benefits REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION keep_history();
CREATE TRIGGER history_delete AFTER DELETE ON benefits REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION keep_history();

GRANT SELECT, INSERT, UPDATE, DELETE ON delegations TO samoe_app;
ALTER TABLE delegations ENABLE ROW LEVEL SECURITY;
ALTER TABLE delegations FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON delegations AS PERMISSIVE FOR ALL TO samoe_app, samoe_owner USING (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint);
CREATE TRIGGER history_update AFTER UPDATE ON delegations REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION keep_history();
CREATE TRIGGER history_delete AFTER DELETE ON delegations REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION keep_history();

GRANT SELECT, INSERT, UPDATE, DELETE ON phase_groups TO samoe_app;
ALTER TABLE phase_groups ENABLE ROW LEVEL SECURITY;
ALTER TABLE phase_groups FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON phase_groups AS PERMISSIVE FOR ALL TO samoe_app, samoe_owner USING (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint);
GRANT SELECT ON phase_groups TO samoe_fund;
CREATE POLICY fund_sees ON phase_groups AS PERMISSIVE FOR SELECT TO samoe_fund USING ((true) or (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint and tenant_id = 1));
CREATE TRIGGER history_update AFTER UPDATE ON phase_groups REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION keep_history();
CREATE TRIGGER history_delete AFTER DELETE ON phase_groups REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION keep_history();

GRANT SELECT, INSERT, UPDATE, DELETE ON position_holders TO samoe_app;
ALTER TABLE position_holders ENABLE ROW LEVEL SECURITY;
ALTER TABLE position_holders FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON position_holders AS PERMISSIVE FOR ALL TO samoe_app, samoe_owner USING (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint);
CREATE TRIGGER history_update AFTER UPDATE ON position_holders REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION keep_history();
CREATE TRIGGER history_delete AFTER DELETE ON position_holders REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION keep_history();

GRANT SELECT, INSERT, UPDATE, DELETE ON targets TO samoe_app;
ALTER TABLE targets ENABLE ROW LEVEL SECURITY;
ALTER TABLE targets FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON targets AS PERMISSIVE FOR ALL TO samoe_app, samoe_owner USING (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint);
GRANT SELECT ON targets TO samoe_fund;
CREATE POLICY fund_sees ON targets AS PERMISSIVE FOR SELECT TO samoe_fund USING ((true) or (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint and tenant_id = 1));
CREATE TRIGGER history_update AFTER UPDATE ON targets REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION keep_history();
CREATE TRIGGER history_delete AFTER DELETE ON targets REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION keep_history();

