CREATE TABLE header_mappings (
  tenant_id SMALLINT DEFAULT nullif(current_setting('app.tenant', true), '')::smallint NOT NULL, 
  id UUID NOT NULL, 
  group_slug TEXT NOT NULL, 
  fingerprint TEXT NOT NULL, 
  mapping JSONB NOT NULL, 
  used INTEGER DEFAULT 1 NOT NULL, 
  confirmed_by UUID, 
  recorded_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL, 
  CONSTRAINT pk_header_mappings PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX uq_header_mappings_group_slug_fingerprint ON header_mappings (tenant_id, group_slug, fingerprint);
CREATE TABLE import_rows (
  tenant_id SMALLINT DEFAULT nullif(current_setting('app.tenant', true), '')::smallint NOT NULL, 
  id UUID NOT NULL, 
  batch_id UUID NOT NULL, 
  sheet_no INTEGER NOT NULL, 
  sheet TEXT NOT NULL, 
  row_no INTEGER NOT NULL, 
  class TEXT NOT NULL, 
  reasons TEXT[] NOT NULL, 
  typed JSONB NOT NULL, 
  extra JSONB, 
  area_code TEXT, 
  title TEXT, 
  first_name TEXT, 
  last_name TEXT, 
  search_name TEXT, 
  sort_key TEXT, 
  sex TEXT, 
  birth_date DATE, 
  house_no TEXT, 
  moo TEXT, 
  phones TEXT[], 
  guardian_name TEXT, 
  identifier_kind TEXT, 
  identifier TEXT, 
  checksum_ok BOOLEAN, 
  institution_kind TEXT, 
  institution_name TEXT, 
  institution_sort TEXT, 
  agency TEXT, 
  answers JSONB, 
  submission TEXT, 
  resolution TEXT, 
  effect TEXT, 
  person_id UUID, 
  institution_id UUID, 
  enrolment_id UUID, 
  recorded_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL, 
  CONSTRAINT pk_import_rows PRIMARY KEY (tenant_id, id), 
  CONSTRAINT ck_import_rows_class CHECK (class in ('error', 'duplicate_in_file', 'possible_duplicate', 'warning', 'ok'))
);
CREATE INDEX ix_import_rows_batch_id_class_sheet_no_row_no ON import_rows (tenant_id, batch_id, class, sheet_no, row_no) WHERE class <> 'ok';
CREATE UNIQUE INDEX uq_import_rows_batch_id_sheet_no_row_no ON import_rows (tenant_id, batch_id, sheet_no, row_no);
CREATE TABLE import_batches (
  tenant_id SMALLINT DEFAULT nullif(current_setting('app.tenant', true), '')::smallint NOT NULL, 
  id UUID NOT NULL, 
  document_id UUID NOT NULL, 
  phase_id UUID NOT NULL, 
  group_id UUID NOT NULL, 
  state TEXT NOT NULL, 
  as_of DATE, 
  options JSONB DEFAULT '{}' NOT NULL, 
  proposal JSONB DEFAULT '{}' NOT NULL, 
  summary JSONB DEFAULT '{}' NOT NULL, 
  rows_total INTEGER DEFAULT 0 NOT NULL, 
  rows_done INTEGER DEFAULT 0 NOT NULL, 
  error_code TEXT, 
  uploaded_by UUID, 
  committed_at TIMESTAMP WITH TIME ZONE, 
  committed_by UUID, 
  undone_at TIMESTAMP WITH TIME ZONE, 
  updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL, 
  row_version INTEGER DEFAULT 1 NOT NULL, 
  recorded_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL, 
  CONSTRAINT pk_import_batches PRIMARY KEY (tenant_id, id), 
  CONSTRAINT fk_import_batches_tenant_id_document_id FOREIGN KEY(tenant_id, document_id) REFERENCES documents (tenant_id, id), 
  CONSTRAINT fk_import_batches_tenant_id_phase_id FOREIGN KEY(tenant_id, phase_id) REFERENCES phases (tenant_id, id), 
  CONSTRAINT fk_import_batches_tenant_id_group_id FOREIGN KEY(tenant_id, group_id) REFERENCES tenant_groups (tenant_id, id), 
  CONSTRAINT ck_import_batches_state CHECK (state in ('uploaded', 'reading', 'mapped', 'checking', 'checked', 'committing', 'committed', 'undoing', 'undone', 'failed'))
);
CREATE INDEX ix_import_batches_document_id ON import_batches (tenant_id, document_id);
CREATE INDEX ix_import_batches_group_id ON import_batches (tenant_id, group_id);
CREATE INDEX ix_import_batches_phase_id ON import_batches (tenant_id, phase_id);
CREATE INDEX ix_import_batches_recorded_at ON import_batches (tenant_id, recorded_at);
CREATE TABLE surveys (
  tenant_id SMALLINT DEFAULT nullif(current_setting('app.tenant', true), '')::smallint NOT NULL, 
  id UUID NOT NULL, 
  phase_id UUID NOT NULL, 
  group_id UUID NOT NULL, 
  name TEXT NOT NULL, 
  starts_on DATE NOT NULL, 
  ends_on DATE, 
  recorded_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL, 
  CONSTRAINT pk_surveys PRIMARY KEY (tenant_id, id), 
  CONSTRAINT fk_surveys_tenant_id_phase_id FOREIGN KEY(tenant_id, phase_id) REFERENCES phases (tenant_id, id), 
  CONSTRAINT fk_surveys_tenant_id_group_id FOREIGN KEY(tenant_id, group_id) REFERENCES tenant_groups (tenant_id, id)
);
CREATE INDEX ix_surveys_group_id ON surveys (tenant_id, group_id);
CREATE INDEX ix_surveys_phase_id ON surveys (tenant_id, phase_id);
CREATE TABLE import_changes (
  tenant_id SMALLINT DEFAULT nullif(current_setting('app.tenant', true), '')::smallint NOT NULL, 
  id UUID NOT NULL, 
  batch_id UUID NOT NULL, 
  table_name TEXT NOT NULL, 
  row_id UUID NOT NULL, 
  operation TEXT NOT NULL, 
  before JSONB, 
  recorded_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL, 
  CONSTRAINT pk_import_changes PRIMARY KEY (tenant_id, id), 
  CONSTRAINT fk_import_changes_tenant_id_batch_id FOREIGN KEY(tenant_id, batch_id) REFERENCES import_batches (tenant_id, id) ON DELETE CASCADE, 
  CONSTRAINT ck_import_changes_operation CHECK (operation in ('insert', 'update', 'delete'))
);
CREATE INDEX ix_import_changes_batch_id_table_name ON import_changes (tenant_id, batch_id, table_name);
CREATE TABLE import_corrections (
  tenant_id SMALLINT DEFAULT nullif(current_setting('app.tenant', true), '')::smallint NOT NULL, 
  id UUID NOT NULL, 
  batch_id UUID NOT NULL, 
  sheet TEXT NOT NULL, 
  row_no INTEGER NOT NULL, 
  kind TEXT NOT NULL, 
  column_no INTEGER, 
  was TEXT, 
  typed TEXT, 
  made_by UUID, 
  recorded_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL, 
  CONSTRAINT pk_import_corrections PRIMARY KEY (tenant_id, id), 
  CONSTRAINT fk_import_corrections_tenant_id_batch_id FOREIGN KEY(tenant_id, batch_id) REFERENCES import_batches (tenant_id, id) ON DELETE CASCADE, 
  CONSTRAINT ck_import_corrections_kind CHECK (kind in ('cell', 'left_out', 'put_back')), 
  CONSTRAINT ck_import_corrections_cell CHECK ((kind = 'cell') = (column_no is not null and typed is not null))
);
CREATE INDEX ix_import_corrections_batch_id_sheet_row_no ON import_corrections (tenant_id, batch_id, sheet, row_no);
GRANT SELECT, INSERT, UPDATE, DELETE ON header_mappings TO samoe_app;
ALTER TABLE header_mappings ENABLE ROW LEVEL SECURITY;
ALTER TABLE header_mappings FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON header_mappings AS PERMISSIVE FOR ALL TO samoe_app, samoe_owner USING (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint);
CREATE TRIGGER history_update AFTER UPDATE ON header_mappings REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION keep_history();
CREATE TRIGGER history_delete AFTER DELETE ON header_mappings REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION keep_history();

GRANT SELECT, INSERT, UPDATE, DELETE ON import_rows TO samoe_app;
ALTER TABLE import_rows ENABLE ROW LEVEL SECURITY;
ALTER TABLE import_rows FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON import_rows AS PERMISSIVE FOR ALL TO samoe_app, samoe_owner USING (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint);
CREATE TRIGGER refers_insert AFTER INSERT ON import_rows REFERENCING NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION refers_to_known('batch_id', 'import_batches');
CREATE TRIGGER refers_update AFTER UPDATE ON import_rows REFERENCING OLD TABLE AS before NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION refers_to_known('batch_id', 'import_batches');
CREATE TRIGGER import_rows_batch_id_delete AFTER DELETE ON import_batches REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION nothing_refers_to_it('import_rows', 'batch_id');
CREATE TRIGGER import_rows_batch_id_update AFTER UPDATE ON import_batches REFERENCING OLD TABLE AS before NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION nothing_refers_to_it('import_rows', 'batch_id');
CREATE TRIGGER import_rows_batch_id_truncate AFTER TRUNCATE ON import_batches FOR EACH STATEMENT EXECUTE FUNCTION nothing_refers_to_it('import_rows', 'batch_id');

GRANT SELECT, INSERT, UPDATE, DELETE ON import_batches TO samoe_app;
ALTER TABLE import_batches ENABLE ROW LEVEL SECURITY;
ALTER TABLE import_batches FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON import_batches AS PERMISSIVE FOR ALL TO samoe_app, samoe_owner USING (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint);
CREATE TRIGGER history_update AFTER UPDATE ON import_batches REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION keep_history();
CREATE TRIGGER history_delete AFTER DELETE ON import_batches REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION keep_history();

GRANT SELECT, INSERT, UPDATE, DELETE ON surveys TO samoe_app;
ALTER TABLE surveys ENABLE ROW LEVEL SECURITY;
ALTER TABLE surveys FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON surveys AS PERMISSIVE FOR ALL TO samoe_app, samoe_owner USING (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint);
CREATE TRIGGER history_update AFTER UPDATE ON surveys REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION keep_history();
CREATE TRIGGER history_delete AFTER DELETE ON surveys REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION keep_history();

GRANT SELECT, INSERT ON import_changes TO samoe_app;
ALTER TABLE import_changes ENABLE ROW LEVEL SECURITY;
ALTER TABLE import_changes FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON import_changes AS PERMISSIVE FOR ALL TO samoe_app, samoe_owner USING (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint);

GRANT SELECT, INSERT ON import_corrections TO samoe_app;
ALTER TABLE import_corrections ENABLE ROW LEVEL SECURITY;
ALTER TABLE import_corrections FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON import_corrections AS PERMISSIVE FOR ALL TO samoe_app, samoe_owner USING (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint);

