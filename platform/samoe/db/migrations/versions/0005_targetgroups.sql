CREATE TABLE tenant_groups (
  tenant_id SMALLINT DEFAULT nullif(current_setting('app.tenant', true), '')::smallint NOT NULL, 
  id UUID NOT NULL, 
  slug TEXT NOT NULL, 
  bit SMALLINT NOT NULL, 
  version INTEGER NOT NULL, 
  enabled BOOLEAN DEFAULT true NOT NULL, 
  settings JSONB DEFAULT '{}' NOT NULL, 
  enabled_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL, 
  enabled_by UUID, 
  row_version INTEGER DEFAULT 1 NOT NULL, 
  recorded_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL, 
  CONSTRAINT pk_tenant_groups PRIMARY KEY (tenant_id, id), 
  CONSTRAINT ck_tenant_groups_bit CHECK (bit between 0 and 62)
);
CREATE UNIQUE INDEX uq_tenant_groups_bit ON tenant_groups (tenant_id, bit);
CREATE UNIQUE INDEX uq_tenant_groups_slug ON tenant_groups (tenant_id, slug);
CREATE TABLE rule_versions (
  tenant_id SMALLINT DEFAULT nullif(current_setting('app.tenant', true), '')::smallint NOT NULL, 
  id UUID NOT NULL, 
  group_id UUID NOT NULL, 
  group_slug TEXT NOT NULL, 
  number INTEGER NOT NULL, 
  state TEXT NOT NULL, 
  rule JSONB NOT NULL, 
  settings JSONB DEFAULT '{}' NOT NULL, 
  effective_on DATE, 
  published_at TIMESTAMP WITH TIME ZONE, 
  published_by UUID, 
  reason TEXT, 
  row_version INTEGER DEFAULT 1 NOT NULL, 
  recorded_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL, 
  CONSTRAINT pk_rule_versions PRIMARY KEY (tenant_id, id), 
  CONSTRAINT fk_rule_versions_tenant_id_group_id FOREIGN KEY(tenant_id, group_id) REFERENCES tenant_groups (tenant_id, id), 
  CONSTRAINT ck_rule_versions_state CHECK (state in ('draft', 'published', 'withdrawn'))
);
CREATE INDEX ix_rule_versions_group_id ON rule_versions (tenant_id, group_id);
CREATE UNIQUE INDEX uq_rule_versions_draft ON rule_versions (tenant_id, group_slug) WHERE state = 'draft';
CREATE UNIQUE INDEX uq_rule_versions_group_slug_number ON rule_versions (tenant_id, group_slug, number);
GRANT SELECT, INSERT, UPDATE, DELETE ON tenant_groups TO samoe_app;
ALTER TABLE tenant_groups ENABLE ROW LEVEL SECURITY;
ALTER TABLE tenant_groups FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON tenant_groups AS PERMISSIVE FOR ALL TO samoe_app, samoe_owner USING (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint);
GRANT SELECT ON tenant_groups TO samoe_fund;
CREATE POLICY fund_sees ON tenant_groups AS PERMISSIVE FOR SELECT TO samoe_fund USING ((true) or (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint and tenant_id = 1));
CREATE TRIGGER history_update AFTER UPDATE ON tenant_groups REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION keep_history();
CREATE TRIGGER history_delete AFTER DELETE ON tenant_groups REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION keep_history();

GRANT SELECT, INSERT, UPDATE, DELETE ON rule_versions TO samoe_app;
ALTER TABLE rule_versions ENABLE ROW LEVEL SECURITY;
ALTER TABLE rule_versions FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON rule_versions AS PERMISSIVE FOR ALL TO samoe_app, samoe_owner USING (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint);
GRANT SELECT ON rule_versions TO samoe_fund;
CREATE POLICY fund_sees ON rule_versions AS PERMISSIVE FOR SELECT TO samoe_fund USING ((state = 'published') or (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint and tenant_id = 1));
CREATE TRIGGER history_update AFTER UPDATE ON rule_versions REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION keep_history();
CREATE TRIGGER history_delete AFTER DELETE ON rule_versions REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION keep_history();

