CREATE TABLE audit_events (
  tenant_id SMALLINT DEFAULT nullif(current_setting('app.tenant', true), '')::smallint NOT NULL, 
  id UUID NOT NULL, 
  actor_id UUID, 
  actor_name TEXT NOT NULL, 
  actor_role TEXT NOT NULL, 
  verb TEXT NOT NULL, 
  subject_type TEXT NOT NULL, 
  subject_id TEXT, 
  reason TEXT, 
  detail JSONB, 
  request_id TEXT, 
  recorded_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL, 
  CONSTRAINT pk_audit_events PRIMARY KEY (tenant_id, id)
);
CREATE INDEX ix_audit_events_recorded_at ON audit_events (tenant_id, recorded_at);
CREATE INDEX ix_audit_events_subject_type_subject_id ON audit_events (tenant_id, subject_type, subject_id);
CREATE TABLE row_history (
  tenant_id SMALLINT DEFAULT nullif(current_setting('app.tenant', true), '')::smallint NOT NULL, 
  id UUID NOT NULL, 
  table_name TEXT NOT NULL, 
  row_id TEXT, 
  operation TEXT NOT NULL, 
  before JSONB NOT NULL, 
  actor_id UUID, 
  recorded_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL, 
  CONSTRAINT pk_row_history PRIMARY KEY (tenant_id, id)
);
CREATE INDEX ix_row_history_table_name_row_id ON row_history (tenant_id, table_name, row_id);
GRANT SELECT, INSERT ON audit_events TO samoe_app;
ALTER TABLE audit_events ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_events FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON audit_events AS PERMISSIVE FOR ALL TO samoe_app, samoe_owner USING (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint);
GRANT SELECT, INSERT ON audit_events TO samoe_fund;
CREATE POLICY fund_own ON audit_events AS PERMISSIVE FOR SELECT TO samoe_fund USING (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint and tenant_id = 1);
CREATE POLICY fund_adds ON audit_events AS PERMISSIVE FOR INSERT TO samoe_fund WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint);

GRANT SELECT, INSERT ON row_history TO samoe_app;
ALTER TABLE row_history ENABLE ROW LEVEL SECURITY;
ALTER TABLE row_history FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON row_history AS PERMISSIVE FOR ALL TO samoe_app, samoe_owner USING (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint);
GRANT SELECT, INSERT ON row_history TO samoe_fund;
CREATE POLICY fund_own ON row_history AS PERMISSIVE FOR SELECT TO samoe_fund USING (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint and tenant_id = 1);
CREATE POLICY fund_adds ON row_history AS PERMISSIVE FOR INSERT TO samoe_fund WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint);

