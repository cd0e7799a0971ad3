CREATE TABLE documents (
  tenant_id SMALLINT DEFAULT nullif(current_setting('app.tenant', true), '')::smallint NOT NULL, 
  id UUID NOT NULL, 
  store_key TEXT NOT NULL, 
  file_name TEXT NOT NULL, 
  content_type TEXT NOT NULL, 
  size BIGINT NOT NULL, 
  sha256 TEXT NOT NULL, 
  purpose TEXT NOT NULL, 
  subject_type TEXT, 
  subject_id UUID, 
  uploaded_by UUID, 
  recorded_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL, 
  CONSTRAINT pk_documents PRIMARY KEY (tenant_id, id)
);
CREATE INDEX ix_documents_sha256 ON documents (tenant_id, sha256);
CREATE INDEX ix_documents_subject_type_subject_id ON documents (tenant_id, subject_type, subject_id);
GRANT SELECT, INSERT, UPDATE, DELETE ON documents TO samoe_app;
ALTER TABLE documents ENABLE ROW LEVEL SECURITY;
ALTER TABLE documents FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON documents AS PERMISSIVE FOR ALL TO samoe_app, samoe_owner USING (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint);
GRANT SELECT, INSERT, UPDATE, DELETE ON documents TO samoe_fund;
CREATE POLICY fund_own ON documents AS PERMISSIVE FOR ALL TO samoe_fund USING (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint and tenant_id = 1) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint and tenant_id = 1);
CREATE TRIGGER history_update AFTER UPDATE ON documents REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION keep_history();
CREATE TRIGGER history_delete AFTER DELETE ON documents REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION keep_history();

