CREATE TABLE report_issues (
  tenant_id SMALLINT DEFAULT nullif(current_setting('app.tenant', true), '')::smallint NOT NULL, 
  id UUID NOT NULL, 
  kind TEXT NOT NULL, 
  phase_id UUID, 
  quarter SMALLINT, 
  as_of DATE NOT NULL, 
  content JSONB NOT NULL, 
  content_hash TEXT NOT NULL, 
  issued_by UUID, 
  recorded_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL, 
  CONSTRAINT pk_report_issues PRIMARY KEY (tenant_id, id), 
  CONSTRAINT ck_report_issues_kind CHECK (kind in ('quarter', 'phase', 'comparison'))
);
CREATE INDEX ix_report_issues_kind_as_of ON report_issues (tenant_id, kind, as_of);
CREATE TABLE rollup_aid (
  tenant_id SMALLINT DEFAULT nullif(current_setting('app.tenant', true), '')::smallint NOT NULL, 
  phase_id UUID NOT NULL, 
  group_slug TEXT NOT NULL, 
  district_code TEXT NOT NULL, 
  area_bit BIGINT NOT NULL, 
  payments BIGINT NOT NULL, 
  recipients BIGINT NOT NULL, 
  amount BIGINT NOT NULL, 
  CONSTRAINT pk_rollup_aid PRIMARY KEY (tenant_id, phase_id, group_slug, district_code)
);
CREATE TABLE rollup_aid_months (
  tenant_id SMALLINT DEFAULT nullif(current_setting('app.tenant', true), '')::smallint NOT NULL, 
  phase_id UUID NOT NULL, 
  group_slug TEXT NOT NULL, 
  district_code TEXT NOT NULL, 
  month DATE NOT NULL, 
  area_bit BIGINT NOT NULL, 
  payments BIGINT NOT NULL, 
  amount BIGINT NOT NULL, 
  CONSTRAINT pk_rollup_aid_months PRIMARY KEY (tenant_id, phase_id, group_slug, district_code, month)
);
CREATE TABLE rollup_stock (
  tenant_id SMALLINT DEFAULT nullif(current_setting('app.tenant', true), '')::smallint NOT NULL, 
  phase_id UUID NOT NULL, 
  group_slug TEXT NOT NULL, 
  district_code TEXT NOT NULL, 
  area_bit BIGINT NOT NULL, 
  register TEXT NOT NULL, 
  status TEXT NOT NULL, 
  decision TEXT NOT NULL, 
  n BIGINT NOT NULL, 
  CONSTRAINT pk_rollup_stock PRIMARY KEY (tenant_id, phase_id, group_slug, district_code, register, status, decision), 
  CONSTRAINT fk_rollup_stock_tenant_id_phase_id FOREIGN KEY(tenant_id, phase_id) REFERENCES phases (tenant_id, id), 
  CONSTRAINT fk_rollup_stock_tenant_id_group_slug FOREIGN KEY(tenant_id, group_slug) REFERENCES tenant_groups (tenant_id, slug)
);
GRANT SELECT, INSERT ON report_issues TO samoe_app;
ALTER TABLE report_issues ENABLE ROW LEVEL SECURITY;
ALTER TABLE report_issues FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON report_issues AS PERMISSIVE FOR ALL TO samoe_app, samoe_owner USING (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint);
GRANT SELECT ON report_issues TO samoe_fund;
CREATE POLICY fund_sees ON report_issues AS PERMISSIVE FOR SELECT TO samoe_fund USING ((true) or (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint and tenant_id = 1));

GRANT SELECT, INSERT, UPDATE, DELETE ON rollup_aid TO samoe_app;
ALTER TABLE rollup_aid ENABLE ROW LEVEL SECURITY;
ALTER TABLE rollup_aid FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON rollup_aid AS PERMISSIVE FOR ALL TO samoe_app, samoe_owner USING (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint);
CREATE POLICY area ON rollup_aid AS RESTRICTIVE FOR ALL TO samoe_app USING (area_bit & (select nullif(current_setting('app.area_mask', true), '')::bigint) <> 0) WITH CHECK (area_bit & (select nullif(current_setting('app.area_mask', true), '')::bigint) <> 0);
GRANT SELECT ON rollup_aid TO samoe_fund;
CREATE POLICY fund_sees ON rollup_aid AS PERMISSIVE FOR SELECT TO samoe_fund USING ((true) or (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint and tenant_id = 1));

GRANT SELECT, INSERT, UPDATE, DELETE ON rollup_aid_months TO samoe_app;
ALTER TABLE rollup_aid_months ENABLE ROW LEVEL SECURITY;
ALTER TABLE rollup_aid_months FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON rollup_aid_months AS PERMISSIVE FOR ALL TO samoe_app, samoe_owner USING (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint);
CREATE POLICY area ON rollup_aid_months AS RESTRICTIVE FOR ALL TO samoe_app USING (area_bit & (select nullif(current_setting('app.area_mask', true), '')::bigint) <> 0) WITH CHECK (area_bit & (select nullif(current_setting('app.area_mask', true), '')::bigint) <> 0);
GRANT SELECT ON rollup_aid_months TO samoe_fund;
CREATE POLICY fund_sees ON rollup_aid_months AS PERMISSIVE FOR SELECT TO samoe_fund USING ((true) or (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint and tenant_id = 1));

GRANT SELECT, INSERT, UPDATE, DELETE ON rollup_stock TO samoe_app;
ALTER TABLE rollup_stock ENABLE ROW LEVEL SECURITY;
ALTER TABLE rollup_stock FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON rollup_stock AS PERMISSIVE FOR ALL TO samoe_app, samoe_owner USING (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint);
CREATE POLICY area ON rollup_stock AS RESTRICTIVE FOR ALL TO samoe_app USING (area_bit & (select nullif(current_setting('app.area_mask', true), '')::bigint) <> 0) WITH CHECK (area_bit & (select nullif(current_setting('app.area_mask', true), '')::bigint) <> 0);
GRANT SELECT ON rollup_stock TO samoe_fund;
CREATE POLICY fund_sees ON rollup_stock AS PERMISSIVE FOR SELECT TO samoe_fund USING ((true) or (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint and tenant_id = 1));

