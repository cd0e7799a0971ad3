-- Assessments with an instrument, item by item; what is to be done about items that failed; and the items that a grant
-- asked for is to pay for.
CREATE TABLE assessments (
	tenant_id SMALLINT DEFAULT nullif(current_setting('app.tenant', true), '')::smallint NOT NULL,
	id UUID NOT NULL,
	enrolment_id UUID NOT NULL,
	field TEXT NOT NULL,
	scale TEXT NOT NULL,
	version TEXT NOT NULL,
	assessed_on DATE NOT NULL,
	state TEXT DEFAULT 'draft' NOT NULL,
	source TEXT DEFAULT 'typed' NOT NULL,
	facts JSONB DEFAULT '{}' NOT NULL,
	result JSONB,
	made_by UUID,
	certified_on DATE,
	certified_by UUID,
	updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	row_version INTEGER DEFAULT 1 NOT NULL,
	area_bit BIGINT NOT NULL,
	group_bit BIGINT NOT NULL,
	institution_id UUID,
	worker_id UUID,
	recorded_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	CONSTRAINT pk_assessments PRIMARY KEY (tenant_id, id),
	CONSTRAINT fk_assessments_tenant_id_enrolment_id FOREIGN KEY(tenant_id, enrolment_id) REFERENCES enrolments (tenant_id, id) ON DELETE CASCADE,
	CONSTRAINT ck_assessments_state CHECK (state in ('draft', 'done', 'certified')),
	CONSTRAINT ck_assessments_source CHECK (source in ('typed', 'file')),
	CONSTRAINT ck_assessments_result CHECK (state = 'draft' or result is not null),
	CONSTRAINT ck_assessments_certified CHECK ((state = 'certified') = (certified_on is not null))
);
CREATE INDEX ix_assessments_enrolment_id_field ON assessments (tenant_id, enrolment_id, field);
GRANT SELECT, INSERT, UPDATE, DELETE ON assessments TO samoe_app;
ALTER TABLE assessments ENABLE ROW LEVEL SECURITY;
ALTER TABLE assessments FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON assessments AS PERMISSIVE FOR ALL TO samoe_app, samoe_owner USING (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint);
CREATE POLICY area ON assessments AS RESTRICTIVE FOR ALL TO samoe_app USING (area_bit & (select nullif(current_setting('app.area_mask', true), '')::bigint) <> 0) WITH CHECK (area_bit & (select nullif(current_setting('app.area_mask', true), '')::bigint) <> 0);
CREATE POLICY target_group ON assessments AS RESTRICTIVE FOR ALL TO samoe_app USING (group_bit & (select nullif(current_setting('app.group_mask', true), '')::bigint) <> 0) WITH CHECK (group_bit & (select nullif(current_setting('app.group_mask', true), '')::bigint) <> 0);
CREATE POLICY own ON assessments AS RESTRICTIVE FOR ALL TO samoe_app USING (((select current_setting('app.own', true)) = 'all' or institution_id = any((select nullif(current_setting('app.institutions', true), ''))::uuid[]) or worker_id = (select nullif(current_setting('app.worker', true), '')::uuid))) WITH CHECK (((select current_setting('app.own', true)) = 'all' or institution_id = any((select nullif(current_setting('app.institutions', true), ''))::uuid[]) or worker_id = (select nullif(current_setting('app.worker', true), '')::uuid)));
CREATE TRIGGER history_update AFTER UPDATE ON assessments REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION keep_history();
CREATE TRIGGER history_delete AFTER DELETE ON assessments REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION keep_history();

CREATE TABLE assessment_marks (
	tenant_id SMALLINT DEFAULT nullif(current_setting('app.tenant', true), '')::smallint NOT NULL,
	id UUID NOT NULL,
	enrolment_id UUID NOT NULL,
	assessment_id UUID NOT NULL,
	item TEXT NOT NULL,
	mark SMALLINT,
	applies BOOLEAN DEFAULT true NOT NULL,
	share SMALLINT,
	band TEXT,
	note TEXT,
	document_id UUID,
	area_bit BIGINT NOT NULL,
	group_bit BIGINT NOT NULL,
	institution_id UUID,
	worker_id UUID,
	recorded_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	CONSTRAINT pk_assessment_marks PRIMARY KEY (tenant_id, id),
	CONSTRAINT fk_assessment_marks_tenant_id_enrolment_id FOREIGN KEY(tenant_id, enrolment_id) REFERENCES enrolments (tenant_id, id) ON DELETE CASCADE,
	CONSTRAINT fk_assessment_marks_tenant_id_assessment_id FOREIGN KEY(tenant_id, assessment_id) REFERENCES assessments (tenant_id, id) ON DELETE CASCADE,
	CONSTRAINT fk_assessment_marks_tenant_id_document_id FOREIGN KEY(tenant_id, document_id) REFERENCES documents (tenant_id, id),
	CONSTRAINT ck_assessment_marks_applies CHECK (mark is null or applies),
	CONSTRAINT ck_assessment_marks_share CHECK (share is null or share between 0 and 10000)
);
CREATE INDEX ix_assessment_marks_document_id ON assessment_marks (tenant_id, document_id);
CREATE INDEX ix_assessment_marks_enrolment_id ON assessment_marks (tenant_id, enrolment_id);
CREATE UNIQUE INDEX uq_assessment_marks_assessment_id_item ON assessment_marks (tenant_id, assessment_id, item);
GRANT SELECT, INSERT, UPDATE, DELETE ON assessment_marks TO samoe_app;
ALTER TABLE assessment_marks ENABLE ROW LEVEL SECURITY;
ALTER TABLE assessment_marks FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON assessment_marks AS PERMISSIVE FOR ALL TO samoe_app, samoe_owner USING (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint);
CREATE POLICY area ON assessment_marks AS RESTRICTIVE FOR ALL TO samoe_app USING (area_bit & (select nullif(current_setting('app.area_mask', true), '')::bigint) <> 0) WITH CHECK (area_bit & (select nullif(current_setting('app.area_mask', true), '')::bigint) <> 0);
CREATE POLICY target_group ON assessment_marks AS RESTRICTIVE FOR ALL TO samoe_app USING (group_bit & (select nullif(current_setting('app.group_mask', true), '')::bigint) <> 0) WITH CHECK (group_bit & (select nullif(current_setting('app.group_mask', true), '')::bigint) <> 0);
CREATE POLICY own ON assessment_marks AS RESTRICTIVE FOR ALL TO samoe_app USING (((select current_setting('app.own', true)) = 'all' or institution_id = any((select nullif(current_setting('app.institutions', true), ''))::uuid[]) or worker_id = (select nullif(current_setting('app.worker', true), '')::uuid))) WITH CHECK (((select current_setting('app.own', true)) = 'all' or institution_id = any((select nullif(current_setting('app.institutions', true), ''))::uuid[]) or worker_id = (select nullif(current_setting('app.worker', true), '')::uuid)));
CREATE TRIGGER history_update AFTER UPDATE ON assessment_marks REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION keep_history();
CREATE TRIGGER history_delete AFTER DELETE ON assessment_marks REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION keep_history();

CREATE TABLE improvement_items (
	tenant_id SMALLINT DEFAULT nullif(current_setting('app.tenant', true), '')::smallint NOT NULL,
	id UUID NOT NULL,
	enrolment_id UUID NOT NULL,
	field TEXT NOT NULL,
	item TEXT NOT NULL,
	action TEXT NOT NULL,
	budget BIGINT NOT NULL,
	due_on DATE NOT NULL,
	responsible TEXT NOT NULL,
	done_on DATE,
	document_id UUID,
	made_by UUID,
	row_version INTEGER DEFAULT 1 NOT NULL,
	area_bit BIGINT NOT NULL,
	group_bit BIGINT NOT NULL,
	institution_id UUID,
	worker_id UUID,
	recorded_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	CONSTRAINT pk_improvement_items PRIMARY KEY (tenant_id, id),
	CONSTRAINT fk_improvement_items_tenant_id_enrolment_id FOREIGN KEY(tenant_id, enrolment_id) REFERENCES enrolments (tenant_id, id) ON DELETE CASCADE,
	CONSTRAINT fk_improvement_items_tenant_id_document_id FOREIGN KEY(tenant_id, document_id) REFERENCES documents (tenant_id, id),
	CONSTRAINT ck_improvement_items_budget CHECK (budget >= 0)
);
CREATE INDEX ix_improvement_items_document_id ON improvement_items (tenant_id, document_id);
CREATE INDEX ix_improvement_items_enrolment_id_field ON improvement_items (tenant_id, enrolment_id, field);
GRANT SELECT, INSERT, UPDATE, DELETE ON improvement_items TO samoe_app;
ALTER TABLE improvement_items ENABLE ROW LEVEL SECURITY;
ALTER TABLE improvement_items FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON improvement_items AS PERMISSIVE FOR ALL TO samoe_app, samoe_owner USING (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint);
CREATE POLICY area ON improvement_items AS RESTRICTIVE FOR ALL TO samoe_app USING (area_bit & (select nullif(current_setting('app.area_mask', true), '')::bigint) <> 0) WITH CHECK (area_bit & (select nullif(current_setting('app.area_mask', true), '')::bigint) <> 0);
CREATE POLICY target_group ON improvement_items AS RESTRICTIVE FOR ALL TO samoe_app USING (group_bit & (select nullif(current_setting('app.group_mask', true), '')::bigint) <> 0) WITH CHECK (group_bit & (select nullif(current_setting('app.group_mask', true), '')::bigint) <> 0);
CREATE POLICY own ON improvement_items AS RESTRICTIVE FOR ALL TO samoe_app USING (((select current_setting('app.own', true)) = 'all' or institution_id = any((select nullif(current_setting('app.institutions', true), ''))::uuid[]) or worker_id = (select nullif(current_setting('app.worker', true), '')::uuid))) WITH CHECK (((select current_setting('app.own', true)) = 'all' or institution_id = any((select nullif(current_setting('app.institutions', true), ''))::uuid[]) or worker_id = (select nullif(current_setting('app.worker', true), '')::uuid)));
CREATE TRIGGER history_update AFTER UPDATE ON improvement_items REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION keep_history();
CREATE TRIGGER history_delete AFTER DELETE ON improvement_items REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION keep_history();

ALTER TABLE request_grants ADD COLUMN items JSONB DEFAULT '[]' NOT NULL;

-- What hangs on a case follows it (0008_case_columns.sql).
DROP TRIGGER case_columns ON enrolments;
CREATE TRIGGER case_columns AFTER UPDATE ON enrolments REFERENCING OLD TABLE AS before NEW TABLE AS after
  FOR EACH STATEMENT EXECUTE FUNCTION pass_case_columns_on(
    'screening_decisions', 'encounters', 'referrals', 'follow_ups', 'transfers', 'assignments',
    'certification_lines', 'assessments', 'assessment_marks', 'improvement_items');

DO $$
DECLARE child text;
BEGIN
  FOREACH child IN ARRAY ARRAY['assessments', 'assessment_marks', 'improvement_items'] LOOP
    EXECUTE format('CREATE TRIGGER follows_insert AFTER INSERT ON %I REFERENCING NEW TABLE AS after'
      ' FOR EACH STATEMENT EXECUTE FUNCTION case_follows_enrolment()', child);
    EXECUTE format('CREATE TRIGGER follows_update AFTER UPDATE ON %I REFERENCING NEW TABLE AS after'
      ' FOR EACH STATEMENT EXECUTE FUNCTION case_follows_enrolment()', child);
  END LOOP;
END $$;

-- A certified assessment and its marks stay as they were certified. They follow their case into another area or another
-- record; the owner's functions erase, and delete with the enrolment.
CREATE FUNCTION certified_assessments_stay() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE open_to_all text[] := ARRAY['enrolment_id', 'area_bit', 'group_bit', 'institution_id', 'worker_id'];
  certified boolean;
BEGIN
  IF current_user <> (SELECT pg_get_userbyid(c.relowner) FROM pg_class c WHERE c.oid = TG_RELID) THEN
    IF TG_TABLE_NAME = 'assessments' THEN
      certified := OLD.state = 'certified';
    ELSIF TG_OP = 'INSERT' THEN
      certified := EXISTS (SELECT 1 FROM assessments a
        WHERE a.tenant_id = NEW.tenant_id AND a.id = NEW.assessment_id AND a.state = 'certified');
    ELSE
      certified := EXISTS (SELECT 1 FROM assessments a
        WHERE a.tenant_id = OLD.tenant_id AND a.id = OLD.assessment_id AND a.state = 'certified');
    END IF;
    IF certified AND (TG_OP <> 'UPDATE' OR (to_jsonb(NEW) - open_to_all) <> (to_jsonb(OLD) - open_to_all)) THEN
      RAISE EXCEPTION 'a certified assessment is not changed' USING ERRCODE = 'insufficient_privilege';
    END IF;
  END IF;
  RETURN coalesce(NEW, OLD);
END $$;
CREATE TRIGGER stays BEFORE UPDATE OR DELETE ON assessments
FOR EACH ROW EXECUTE FUNCTION certified_assessments_stay();
CREATE TRIGGER stays BEFORE INSERT OR UPDATE OR DELETE ON assessment_marks
FOR EACH ROW EXECUTE FUNCTION certified_assessments_stay();
