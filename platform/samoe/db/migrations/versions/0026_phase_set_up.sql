-- When a phase was put in force, by whom, and why it was opened again after its close
-- (docs/decisions/0042-a-phase-is-published.md).
ALTER TABLE phases ADD COLUMN published_at timestamptz,
  ADD COLUMN published_by uuid,
  ADD COLUMN reopened_at timestamptz,
  ADD COLUMN reopened_reason text,
  ADD CONSTRAINT ck_phases_reopened CHECK (num_nulls(reopened_at, reopened_reason) in (0, 2));

-- Every phase that is there was worked in without being published: it is in force since it was written down.
DO $$
DECLARE one smallint; before text := coalesce(current_setting('app.tenant', true), ''); left_out bigint;
BEGIN
  FOR one IN SELECT id FROM tenants ORDER BY id LOOP
    PERFORM set_config('app.tenant', one::text, true);
    UPDATE phases SET published_at = recorded_at;
    SELECT count(*) INTO left_out FROM phases WHERE published_at IS NULL;
    IF left_out > 0 THEN RAISE EXCEPTION 'tenant %: % phases are not published', one, left_out; END IF;
  END LOOP;
  PERFORM set_config('app.tenant', before, true);
END $$;

-- What somebody looked at in the set-up of a phase and could not finish.
CREATE TABLE phase_looks (
  tenant_id SMALLINT DEFAULT nullif(current_setting('app.tenant', true), '')::smallint NOT NULL,
  id UUID NOT NULL,
  phase_id UUID NOT NULL,
  task TEXT NOT NULL,
  note TEXT,
  looked_by UUID,
  looked_on DATE NOT NULL,
  recorded_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
  CONSTRAINT pk_phase_looks PRIMARY KEY (tenant_id, id),
  CONSTRAINT fk_phase_looks_tenant_id_phase_id FOREIGN KEY(tenant_id, phase_id) REFERENCES phases (tenant_id, id),
  CONSTRAINT ck_phase_looks_task CHECK (task in ('phase', 'groups', 'areas', 'criteria', 'benefits', 'targets', 'lead', 'partners', 'committee', 'agreement', 'members'))
);
CREATE UNIQUE INDEX uq_phase_looks_phase_id_task ON phase_looks (tenant_id, phase_id, task);
GRANT SELECT, INSERT, UPDATE, DELETE ON phase_looks TO samoe_app;
ALTER TABLE phase_looks ENABLE ROW LEVEL SECURITY;
ALTER TABLE phase_looks FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON phase_looks AS PERMISSIVE FOR ALL TO samoe_app, samoe_owner USING (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint);
CREATE POLICY narrow ON phase_looks AS RESTRICTIVE FOR SELECT TO samoe_app USING (((select current_setting('app.whole', true)) = 'on' or false));
CREATE TRIGGER history_update AFTER UPDATE ON phase_looks REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION keep_history();
CREATE TRIGGER history_delete AFTER DELETE ON phase_looks REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION keep_history();

-- The papers of an agreement and of a committee's appointment.
ALTER TABLE agreements ADD CONSTRAINT fk_agreements_tenant_id_document_id FOREIGN KEY (tenant_id, document_id) REFERENCES documents (tenant_id, id);
CREATE INDEX ix_agreements_document_id ON agreements (tenant_id, document_id);
ALTER TABLE committees ADD CONSTRAINT fk_committees_tenant_id_document_id FOREIGN KEY (tenant_id, document_id) REFERENCES documents (tenant_id, id);
CREATE INDEX ix_committees_document_id ON committees (tenant_id, document_id);

-- The quarters of a phase of three years, the longest there is, and its days over.
ALTER TABLE targets ADD CONSTRAINT ck_targets_quarter CHECK (quarter between 1 and 13);

-- A case, a referral, a visit is carried into the next phase once.
DROP INDEX ix_enrolments_carried_from_id;
CREATE UNIQUE INDEX uq_enrolments_carried_from_id ON enrolments (tenant_id, carried_from_id) WHERE carried_from_id is not null;
DROP INDEX ix_referrals_carried_from_id;
CREATE UNIQUE INDEX uq_referrals_carried_from_id ON referrals (tenant_id, carried_from_id) WHERE carried_from_id is not null;
DROP INDEX ix_follow_ups_carried_from_id;
CREATE UNIQUE INDEX uq_follow_ups_carried_from_id ON follow_ups (tenant_id, carried_from_id) WHERE carried_from_id is not null;
