-- Requests of data subjects, wordings of consent, erasures, holds and reports of retention. How a person is erased: 0023_erasing.sql;
-- why so: docs/decisions/0035-a-dictionary-erases.md.
CREATE TABLE consent_texts (
	tenant_id SMALLINT DEFAULT nullif(current_setting('app.tenant', true), '')::smallint NOT NULL, 
	id UUID NOT NULL, 
	purpose TEXT NOT NULL, 
	version INTEGER NOT NULL, 
	body_th TEXT NOT NULL, 
	body_en TEXT DEFAULT '' NOT NULL, 
	published_at TIMESTAMP WITH TIME ZONE, 
	published_by UUID, 
	row_version INTEGER DEFAULT 1 NOT NULL, 
	recorded_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL, 
	CONSTRAINT pk_consent_texts PRIMARY KEY (tenant_id, id), 
	CONSTRAINT ck_consent_texts_version CHECK (version > 0)
);
CREATE UNIQUE INDEX uq_consent_texts_purpose_version ON consent_texts (tenant_id, purpose, version);
CREATE TABLE privacy_requests (
	tenant_id SMALLINT DEFAULT nullif(current_setting('app.tenant', true), '')::smallint NOT NULL, 
	id UUID NOT NULL, 
	kind TEXT NOT NULL, 
	person_id UUID NOT NULL, 
	asked_by TEXT NOT NULL, 
	asker TEXT, 
	relation TEXT, 
	proof TEXT, 
	channel TEXT NOT NULL, 
	received_on DATE NOT NULL, 
	due_on DATE NOT NULL, 
	wanted TEXT, 
	state TEXT DEFAULT 'open' NOT NULL, 
	ground TEXT, 
	outcome TEXT, 
	closed_on DATE, 
	closed_by UUID, 
	registered_by UUID, 
	row_version INTEGER DEFAULT 1 NOT NULL, 
	recorded_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL, 
	CONSTRAINT pk_privacy_requests PRIMARY KEY (tenant_id, id), 
	CONSTRAINT fk_privacy_requests_tenant_id_person_id FOREIGN KEY(tenant_id, person_id) REFERENCES persons (tenant_id, id), 
	CONSTRAINT ck_privacy_requests_kind CHECK (kind in ('access', 'correction', 'erasure', 'objection', 'restriction', 'withdrawal')), 
	CONSTRAINT ck_privacy_requests_asked_by CHECK (asked_by in ('self', 'guardian', 'representative')), 
	CONSTRAINT ck_privacy_requests_state CHECK (state in ('open', 'done', 'refused', 'taken_back')), 
	CONSTRAINT ck_privacy_requests_channel CHECK (channel in ('in_person', 'letter', 'phone', 'e_mail')), 
	CONSTRAINT ck_privacy_requests_due CHECK (due_on between received_on and received_on + 30), 
	CONSTRAINT ck_privacy_requests_closed CHECK ((state = 'open') = (closed_on is null)), 
	CONSTRAINT ck_privacy_requests_refused_for_a_ground CHECK (state <> 'refused' or ground is not null)
);
CREATE INDEX ix_privacy_requests_person_id ON privacy_requests (tenant_id, person_id);
CREATE INDEX ix_privacy_requests_state_due_on ON privacy_requests (tenant_id, state, due_on);
CREATE TABLE erasures (
	tenant_id SMALLINT DEFAULT nullif(current_setting('app.tenant', true), '')::smallint NOT NULL, 
	id UUID NOT NULL, 
	person_id UUID NOT NULL, 
	request_id UUID, 
	origin TEXT NOT NULL, 
	state TEXT DEFAULT 'prepared' NOT NULL, 
	reason TEXT, 
	prepared_by UUID, 
	carried_out_by UUID, 
	done_at TIMESTAMP WITH TIME ZONE, 
	went JSONB DEFAULT '{}' NOT NULL, 
	recorded_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL, 
	CONSTRAINT pk_erasures PRIMARY KEY (tenant_id, id), 
	CONSTRAINT fk_erasures_tenant_id_person_id FOREIGN KEY(tenant_id, person_id) REFERENCES persons (tenant_id, id), 
	CONSTRAINT fk_erasures_tenant_id_request_id FOREIGN KEY(tenant_id, request_id) REFERENCES privacy_requests (tenant_id, id), 
	CONSTRAINT ck_erasures_origin CHECK (origin in ('request', 'retention')), 
	CONSTRAINT ck_erasures_state CHECK (state in ('prepared', 'done', 'dropped')), 
	CONSTRAINT ck_erasures_asked CHECK ((origin = 'request') = (request_id is not null and prepared_by is not null)), 
	CONSTRAINT ck_erasures_two_persons CHECK (state <> 'done' or origin = 'retention' or (carried_out_by is not null and carried_out_by <> prepared_by)), 
	CONSTRAINT ck_erasures_done CHECK ((state = 'done') = (done_at is not null))
);
CREATE INDEX ix_erasures_person_id ON erasures (tenant_id, person_id);
CREATE INDEX ix_erasures_request_id ON erasures (tenant_id, request_id);
CREATE UNIQUE INDEX uq_erasures_person_id ON erasures (tenant_id, person_id) WHERE state = 'prepared';
CREATE TABLE erased_seals (
	tenant_id SMALLINT DEFAULT nullif(current_setting('app.tenant', true), '')::smallint NOT NULL, 
	id UUID NOT NULL, 
	erasure_id UUID NOT NULL, 
	batch_id UUID NOT NULL, 
	was TEXT NOT NULL, 
	became TEXT NOT NULL, 
	recorded_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL, 
	CONSTRAINT pk_erased_seals PRIMARY KEY (tenant_id, id), 
	CONSTRAINT fk_erased_seals_tenant_id_erasure_id FOREIGN KEY(tenant_id, erasure_id) REFERENCES erasures (tenant_id, id), 
	CONSTRAINT fk_erased_seals_tenant_id_batch_id FOREIGN KEY(tenant_id, batch_id) REFERENCES payment_batches (tenant_id, id)
);
CREATE INDEX ix_erased_seals_erasure_id ON erased_seals (tenant_id, erasure_id);
CREATE UNIQUE INDEX uq_erased_seals_batch_id_was ON erased_seals (tenant_id, batch_id, was);
CREATE TABLE legal_holds (
	tenant_id SMALLINT DEFAULT nullif(current_setting('app.tenant', true), '')::smallint NOT NULL, 
	id UUID NOT NULL, 
	person_id UUID NOT NULL, 
	reason TEXT NOT NULL, 
	placed_by UUID, 
	placed_on DATE NOT NULL, 
	lifted_by UUID, 
	lifted_on DATE, 
	recorded_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL, 
	CONSTRAINT pk_legal_holds PRIMARY KEY (tenant_id, id), 
	CONSTRAINT fk_legal_holds_tenant_id_person_id FOREIGN KEY(tenant_id, person_id) REFERENCES persons (tenant_id, id), 
	CONSTRAINT ck_legal_holds_lifted CHECK ((lifted_on is null) = (lifted_by is null))
);
CREATE INDEX ix_legal_holds_person_id ON legal_holds (tenant_id, person_id);
CREATE TABLE retention_runs (
	tenant_id SMALLINT DEFAULT nullif(current_setting('app.tenant', true), '')::smallint NOT NULL, 
	id UUID NOT NULL, 
	went JSONB NOT NULL, 
	held JSONB NOT NULL, 
	recorded_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL, 
	CONSTRAINT pk_retention_runs PRIMARY KEY (tenant_id, id)
);
CREATE INDEX ix_retention_runs_recorded_at ON retention_runs (tenant_id, recorded_at);
GRANT SELECT, INSERT, UPDATE, DELETE ON consent_texts TO samoe_app;
ALTER TABLE consent_texts ENABLE ROW LEVEL SECURITY;
ALTER TABLE consent_texts FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON consent_texts AS PERMISSIVE FOR ALL TO samoe_app, samoe_owner USING (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint);
CREATE TRIGGER history_update AFTER UPDATE ON consent_texts REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION keep_history();
CREATE TRIGGER history_delete AFTER DELETE ON consent_texts REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION keep_history();
GRANT SELECT, INSERT, UPDATE, DELETE ON privacy_requests TO samoe_app;
ALTER TABLE privacy_requests ENABLE ROW LEVEL SECURITY;
ALTER TABLE privacy_requests FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON privacy_requests AS PERMISSIVE FOR ALL TO samoe_app, samoe_owner USING (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint);
CREATE POLICY narrow ON privacy_requests AS RESTRICTIVE FOR SELECT TO samoe_app USING (((select current_setting('app.whole', true)) = 'on' or false));
CREATE TRIGGER history_update AFTER UPDATE ON privacy_requests REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION keep_history();
CREATE TRIGGER history_delete AFTER DELETE ON privacy_requests REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION keep_history();
GRANT SELECT, INSERT, UPDATE, DELETE ON erasures TO samoe_app;
ALTER TABLE erasures ENABLE ROW LEVEL SECURITY;
ALTER TABLE erasures FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON erasures AS PERMISSIVE FOR ALL TO samoe_app, samoe_owner USING (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint);
CREATE POLICY narrow ON erasures AS RESTRICTIVE FOR SELECT TO samoe_app USING (((select current_setting('app.whole', true)) = 'on' or false));
CREATE TRIGGER history_update AFTER UPDATE ON erasures REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION keep_history();
CREATE TRIGGER history_delete AFTER DELETE ON erasures REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION keep_history();
GRANT SELECT, INSERT ON erased_seals TO samoe_app;
ALTER TABLE erased_seals ENABLE ROW LEVEL SECURITY;
ALTER TABLE erased_seals FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON erased_seals AS PERMISSIVE FOR ALL TO samoe_app, samoe_owner USING (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint);
CREATE POLICY narrow ON erased_seals AS RESTRICTIVE FOR SELECT TO samoe_app USING (((select current_setting('app.whole', true)) = 'on' or false));
GRANT SELECT, INSERT, UPDATE, DELETE ON legal_holds TO samoe_app;
ALTER TABLE legal_holds ENABLE ROW LEVEL SECURITY;
ALTER TABLE legal_holds FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON legal_holds AS PERMISSIVE FOR ALL TO samoe_app, samoe_owner USING (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint);
CREATE POLICY narrow ON legal_holds AS RESTRICTIVE FOR SELECT TO samoe_app USING (((select current_setting('app.whole', true)) = 'on' or false));
CREATE TRIGGER history_update AFTER UPDATE ON legal_holds REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION keep_history();
CREATE TRIGGER history_delete AFTER DELETE ON legal_holds REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION keep_history();
GRANT SELECT, INSERT ON retention_runs TO samoe_app;
ALTER TABLE retention_runs ENABLE ROW LEVEL SECURITY;
ALTER TABLE retention_runs FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON retention_runs AS PERMISSIVE FOR ALL TO samoe_app, samoe_owner USING (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint);
CREATE POLICY narrow ON retention_runs AS RESTRICTIVE FOR SELECT TO samoe_app USING (((select current_setting('app.whole', true)) = 'on' or false));

ALTER TABLE persons ADD COLUMN erased_at TIMESTAMP WITH TIME ZONE;
ALTER TABLE documents ADD COLUMN erased_at TIMESTAMP WITH TIME ZONE, ADD COLUMN removed_at TIMESTAMP WITH TIME ZONE;
ALTER TABLE consents ADD COLUMN text_id UUID, ADD COLUMN proof TEXT, ADD COLUMN witness TEXT, ADD COLUMN recorded_by UUID,
  DROP CONSTRAINT ck_consents_given_by,
  ADD CONSTRAINT ck_consents_given_by CHECK (given_by in ('self', 'guardian', 'both')),
  ADD CONSTRAINT fk_consents_tenant_id_text_id FOREIGN KEY (tenant_id, text_id) REFERENCES consent_texts (tenant_id, id),
  ADD CONSTRAINT fk_consents_tenant_id_document_id FOREIGN KEY (tenant_id, document_id) REFERENCES documents (tenant_id, id);

CREATE INDEX ix_consents_text_id ON consents (tenant_id, text_id);
CREATE INDEX ix_consents_document_id ON consents (tenant_id, document_id);

-- A published wording is what people agreed to: it stands as it is.
CREATE FUNCTION published_wordings_stand() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.published_at IS NOT NULL THEN PERFORM refuse('a published wording never changes', 'published_wording'); END IF;
  RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER stands BEFORE UPDATE OR DELETE ON consent_texts FOR EACH ROW EXECUTE FUNCTION published_wordings_stand();

-- A consent names a wording only once it is published, and the wording's own purpose.
CREATE FUNCTION consent_to_what_was_published() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM consent_texts x WHERE x.tenant_id = NEW.tenant_id AND x.id = NEW.text_id
      AND x.published_at IS NOT NULL AND x.purpose = NEW.purpose) THEN
    PERFORM refuse('this wording is not published for this purpose', 'published_wording'); END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER to_published BEFORE INSERT OR UPDATE OF text_id, purpose ON consents FOR EACH ROW
  WHEN (NEW.text_id IS NOT NULL) EXECUTE FUNCTION consent_to_what_was_published();

-- A request that was answered stays as it was answered, but for what erasing takes out of it; none is deleted.
REVOKE DELETE ON privacy_requests, erasures, legal_holds FROM samoe_app;
CREATE FUNCTION answered_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_user <> 'samoe_owner' AND (OLD.state <> 'open'
      OR (NEW.kind, NEW.person_id, NEW.received_on, NEW.due_on) IS DISTINCT FROM
         (OLD.kind, OLD.person_id, OLD.received_on, OLD.due_on))
  THEN PERFORM refuse('an answered request stays as it is', 'answered_stays'); END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER stays BEFORE UPDATE ON privacy_requests FOR EACH ROW EXECUTE FUNCTION answered_stays();

-- An erasure is dropped by the application, and done only by the database itself (erase_person).
REVOKE UPDATE ON erasures FROM samoe_app;
GRANT UPDATE (state) ON erasures TO samoe_app;
CREATE FUNCTION guard_erasure() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' AND NEW.state <> 'prepared' OR TG_OP = 'UPDATE' AND OLD.state <> 'prepared'
    AND (NEW.state, NEW.person_id) IS DISTINCT FROM (OLD.state, OLD.person_id)
    OR NEW.state = 'done' AND current_user <> 'samoe_owner'
  THEN PERFORM refuse('an erasure is prepared, then carried out by the database', 'erasure'); END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guards BEFORE INSERT OR UPDATE ON erasures FOR EACH ROW EXECUTE FUNCTION guard_erasure();

-- A record that was erased does not fill again: who comes back is a new record.
CREATE FUNCTION erased_stays_erased() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM refuse('an erased record stays erased', 'erased_stays');
  RETURN NULL;
END $$;
CREATE TRIGGER erased_stays BEFORE UPDATE ON persons FOR EACH ROW
  WHEN (OLD.erased_at IS NOT NULL AND (NEW.erased_at IS NULL OR (NEW.first_name, NEW.last_name, NEW.search_name,
    NEW.birth_date, NEW.guardian_name, NEW.phones, NEW.house_no) IS DISTINCT FROM (OLD.first_name, OLD.last_name,
    OLD.search_name, OLD.birth_date, OLD.guardian_name, OLD.phones, OLD.house_no)))
  EXECUTE FUNCTION erased_stays_erased();

-- Names leave a frozen batch in one way: erase_person, as the owner, puts the word in their place. The chain of seals is
-- kept by erased_seals.
CREATE OR REPLACE FUNCTION guard_payments() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE odd boolean;
BEGIN
  IF TG_OP = 'INSERT' THEN
    EXECUTE $q$ SELECT EXISTS (
      SELECT 1 FROM after n
      JOIN payment_batches b ON b.tenant_id = n.tenant_id AND b.id = n.batch_id
      JOIN entitlements e ON e.tenant_id = n.tenant_id AND e.id = n.entitlement_id
      WHERE n.status <> 'listed' OR b.status <> 'draft' OR e.ended_on IS NOT NULL OR e.allocation_id <> b.allocation_id
        OR (n.amount, n.enrolment_id, n.phase_id) IS DISTINCT FROM (e.amount, e.enrolment_id, e.phase_id)
        OR (n.person_id, n.subject_institution_id) IS DISTINCT FROM (e.person_id, e.subject_institution_id)) $q$
    INTO odd;
  ELSIF TG_OP = 'DELETE' THEN
    EXECUTE $q$ SELECT EXISTS (
      SELECT 1 FROM before o JOIN payment_batches b ON b.tenant_id = o.tenant_id AND b.id = o.batch_id
      WHERE b.status <> 'draft') $q$ INTO odd;
  ELSE
    EXECUTE $q$ SELECT EXISTS (
      SELECT 1 FROM after n JOIN before o USING (tenant_id, id)
      JOIN payment_batches b ON b.tenant_id = n.tenant_id AND b.id = n.batch_id
      WHERE (n.batch_id, n.entitlement_id, n.enrolment_id, n.phase_id, n.person_id, n.subject_institution_id, n.amount,
             n.event_area_code, n.group_slug, n.benefit_id)
        IS DISTINCT FROM (o.batch_id, o.entitlement_id, o.enrolment_id, o.phase_id, o.person_id, o.subject_institution_id,
             o.amount, o.event_area_code, o.group_slug, o.benefit_id)
        OR b.status <> 'draft' AND (n.line_no, n.payee_name, n.bank_code, n.account_no, n.account_name, n.follows_id)
          IS DISTINCT FROM (o.line_no, o.payee_name, o.bank_code, o.account_no, o.account_name, o.follows_id)
          AND NOT (current_user = 'samoe_owner' AND n.payee_name = 'ข้อมูลถูกลบ' AND n.account_no IS NULL
            AND (n.line_no, n.follows_id) IS NOT DISTINCT FROM (o.line_no, o.follows_id))
        OR n.status <> o.status AND b.status || ':' || o.status || '>' || n.status NOT IN (
          'void:listed>void', 'sent:listed>sent', 'sent:sent>paid', 'sent:sent>unclaimed', 'sent:sent>bounced',
          'sent:paid>unclaimed', 'sent:paid>bounced')) $q$ INTO odd;
  END IF;
  IF odd THEN PERFORM refuse('payments follow their batch and their entitlement', 'payment_is_frozen'); END IF;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION void_certified_lines() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  -- An answer whose time is over goes (let_answers_go); what was certified by it stays certified.
  IF TG_TABLE_NAME = 'enrolments' AND current_setting('app.keeping', true) = 'on' THEN RETURN NULL; END IF;
  IF TG_TABLE_NAME = 'enrolments' THEN
    EXECUTE $q$
      UPDATE certification_lines l SET voided_at = clock_timestamp(), void_reason = 'record_changed'
      FROM after n JOIN before o ON o.tenant_id = n.tenant_id AND o.id = n.id
      WHERE l.tenant_id = n.tenant_id AND l.enrolment_id = n.id AND l.voided_at IS NULL
        AND (n.answers, n.decision, n.person_id, n.subject_institution_id)
          IS DISTINCT FROM (o.answers, o.decision, o.person_id, o.subject_institution_id) $q$;
  ELSIF TG_TABLE_NAME = 'persons' THEN
    EXECUTE $q$
      UPDATE certification_lines l SET voided_at = clock_timestamp(), void_reason = 'person_changed'
      FROM after n JOIN before o ON o.tenant_id = n.tenant_id AND o.id = n.id
      JOIN enrolments e ON e.tenant_id = n.tenant_id AND e.person_id = n.id
      JOIN phases p ON p.tenant_id = e.tenant_id AND p.id = e.phase_id AND p.closed_at IS NULL
      WHERE l.tenant_id = e.tenant_id AND l.enrolment_id = e.id AND l.voided_at IS NULL
        AND (n.first_name, n.last_name, n.sex, n.birth_date, n.guardian_name)
          IS DISTINCT FROM (o.first_name, o.last_name, o.sex, o.birth_date, o.guardian_name) $q$;
  ELSE
    EXECUTE $q$
      UPDATE certification_lines l SET voided_at = clock_timestamp(), void_reason = 'identifier_changed'
      FROM before o JOIN enrolments e ON e.tenant_id = o.tenant_id AND e.person_id = o.person_id
      JOIN phases p ON p.tenant_id = e.tenant_id AND p.id = e.phase_id AND p.closed_at IS NULL
      WHERE o.valid_to IS NULL AND l.tenant_id = e.tenant_id AND l.enrolment_id = e.id AND l.voided_at IS NULL $q$;
  END IF;
  RETURN NULL;
END $$;
