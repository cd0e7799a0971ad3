CREATE TABLE enrolments (
  tenant_id SMALLINT DEFAULT nullif(current_setting('app.tenant', true), '')::smallint NOT NULL, 
  id UUID NOT NULL, 
  group_id UUID NOT NULL, 
  phase_id UUID NOT NULL, 
  person_id UUID, 
  subject_institution_id UUID, 
  register TEXT NOT NULL, 
  status TEXT NOT NULL, 
  status_on DATE, 
  area_code TEXT, 
  event_area_code TEXT, 
  answers JSONB DEFAULT '{}' NOT NULL, 
  manifest_version INTEGER NOT NULL, 
  decision TEXT, 
  happened_on DATE, 
  import_batch_id UUID, 
  carried_from_id UUID, 
  folded_into_id UUID, 
  closed_on DATE, 
  closed_reason TEXT, 
  updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL, 
  row_version INTEGER DEFAULT 1 NOT NULL, 
  area_bit BIGINT NOT NULL, 
  group_bit BIGINT NOT NULL, 
  institution_id UUID, 
  worker_id UUID, 
  recorded_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL, 
  CONSTRAINT pk_enrolments PRIMARY KEY (tenant_id, id), 
  CONSTRAINT fk_enrolments_tenant_id_folded_into_id FOREIGN KEY(tenant_id, folded_into_id) REFERENCES enrolments (tenant_id, id), 
  CONSTRAINT ck_enrolments_one_subject CHECK (num_nonnulls(person_id, subject_institution_id) = 1), 
  CONSTRAINT ck_enrolments_register CHECK (register in ('population', 'target_list'))
);
CREATE INDEX ix_enrolments_carried_from_id ON enrolments (tenant_id, carried_from_id) WHERE carried_from_id is not null;
CREATE INDEX ix_enrolments_folded_into_id ON enrolments (tenant_id, folded_into_id) WHERE folded_into_id is not null;
CREATE INDEX ix_enrolments_group_id_phase_id_id ON enrolments (tenant_id, group_id, phase_id, id);
CREATE INDEX ix_enrolments_group_id_phase_id_status_area_bit_id ON enrolments (tenant_id, group_id, phase_id, status, area_bit, id);
CREATE INDEX ix_enrolments_institution_id ON enrolments (tenant_id, institution_id) WHERE institution_id is not null;
CREATE UNIQUE INDEX uq_enrolments_person_id_phase_id_group_id ON enrolments (tenant_id, person_id, phase_id, group_id) WHERE person_id is not null;
CREATE UNIQUE INDEX uq_enrolments_subject_institution_id_phase_id_group_id ON enrolments (tenant_id, subject_institution_id, phase_id, group_id) WHERE subject_institution_id is not null;
CREATE TABLE assignments (
  tenant_id SMALLINT DEFAULT nullif(current_setting('app.tenant', true), '')::smallint NOT NULL, 
  id UUID NOT NULL, 
  enrolment_id UUID NOT NULL, 
  given_to_id UUID, 
  from_on DATE NOT NULL, 
  to_on DATE, 
  assigned_by UUID, 
  area_bit BIGINT NOT NULL, 
  group_bit BIGINT NOT NULL, 
  institution_id UUID, 
  worker_id UUID, 
  recorded_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL, 
  CONSTRAINT pk_assignments PRIMARY KEY (tenant_id, id), 
  CONSTRAINT fk_assignments_tenant_id_enrolment_id FOREIGN KEY(tenant_id, enrolment_id) REFERENCES enrolments (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX ix_assignments_enrolment_id ON assignments (tenant_id, enrolment_id);
CREATE TABLE encounters (
  tenant_id SMALLINT DEFAULT nullif(current_setting('app.tenant', true), '')::smallint NOT NULL, 
  id UUID NOT NULL, 
  enrolment_id UUID NOT NULL, 
  kind TEXT NOT NULL, 
  happened_on DATE NOT NULL, 
  outcome TEXT NOT NULL, 
  note TEXT, 
  event_area_code TEXT, 
  follow_up_id UUID, 
  made_by UUID, 
  area_bit BIGINT NOT NULL, 
  group_bit BIGINT NOT NULL, 
  institution_id UUID, 
  worker_id UUID, 
  recorded_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL, 
  CONSTRAINT pk_encounters PRIMARY KEY (tenant_id, id), 
  CONSTRAINT fk_encounters_tenant_id_enrolment_id FOREIGN KEY(tenant_id, enrolment_id) REFERENCES enrolments (tenant_id, id) ON DELETE CASCADE, 
  CONSTRAINT fk_encounters_event_area_code FOREIGN KEY(event_area_code) REFERENCES areas (code)
);
CREATE INDEX ix_encounters_enrolment_id_happened_on ON encounters (tenant_id, enrolment_id, happened_on);
CREATE TABLE transfers (
  tenant_id SMALLINT DEFAULT nullif(current_setting('app.tenant', true), '')::smallint NOT NULL, 
  id UUID NOT NULL, 
  enrolment_id UUID NOT NULL, 
  from_area_code TEXT, 
  to_area_code TEXT, 
  happened_on DATE NOT NULL, 
  reason TEXT NOT NULL, 
  made_by UUID, 
  area_bit BIGINT NOT NULL, 
  group_bit BIGINT NOT NULL, 
  institution_id UUID, 
  worker_id UUID, 
  recorded_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL, 
  CONSTRAINT pk_transfers PRIMARY KEY (tenant_id, id), 
  CONSTRAINT fk_transfers_tenant_id_enrolment_id FOREIGN KEY(tenant_id, enrolment_id) REFERENCES enrolments (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX ix_transfers_enrolment_id ON transfers (tenant_id, enrolment_id);
CREATE TABLE certifications (
  tenant_id SMALLINT DEFAULT nullif(current_setting('app.tenant', true), '')::smallint NOT NULL, 
  id UUID NOT NULL, 
  phase_id UUID NOT NULL, 
  group_id UUID NOT NULL, 
  level TEXT NOT NULL, 
  institution_id UUID, 
  body TEXT NOT NULL, 
  area_bit BIGINT NOT NULL, 
  resolution_id UUID, 
  certified_on DATE NOT NULL, 
  lines INTEGER NOT NULL, 
  content_hash TEXT NOT NULL, 
  certified_by UUID, 
  recorded_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL, 
  CONSTRAINT pk_certifications PRIMARY KEY (tenant_id, id), 
  CONSTRAINT fk_certifications_tenant_id_phase_id FOREIGN KEY(tenant_id, phase_id) REFERENCES phases (tenant_id, id), 
  CONSTRAINT fk_certifications_tenant_id_institution_id FOREIGN KEY(tenant_id, institution_id) REFERENCES institutions (tenant_id, id), 
  CONSTRAINT fk_certifications_tenant_id_resolution_id FOREIGN KEY(tenant_id, resolution_id) REFERENCES resolutions (tenant_id, id), 
  CONSTRAINT ck_certifications_level CHECK (level in ('centre', 'local_organisation', 'working_group'))
);
CREATE INDEX ix_certifications_institution_id ON certifications (tenant_id, institution_id);
CREATE INDEX ix_certifications_phase_id_group_id_level ON certifications (tenant_id, phase_id, group_id, level);
CREATE INDEX ix_certifications_resolution_id ON certifications (tenant_id, resolution_id);
CREATE TABLE data_submissions (
  tenant_id SMALLINT DEFAULT nullif(current_setting('app.tenant', true), '')::smallint NOT NULL, 
  id UUID NOT NULL, 
  institution_id UUID NOT NULL, 
  phase_id UUID NOT NULL, 
  group_id UUID NOT NULL, 
  state TEXT NOT NULL, 
  state_on DATE, 
  reason TEXT, 
  area_bit BIGINT NOT NULL, 
  area_code TEXT NOT NULL, 
  import_batch_id UUID, 
  updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL, 
  row_version INTEGER DEFAULT 1 NOT NULL, 
  recorded_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL, 
  CONSTRAINT pk_data_submissions PRIMARY KEY (tenant_id, id), 
  CONSTRAINT fk_data_submissions_tenant_id_institution_id FOREIGN KEY(tenant_id, institution_id) REFERENCES institutions (tenant_id, id), 
  CONSTRAINT fk_data_submissions_tenant_id_phase_id FOREIGN KEY(tenant_id, phase_id) REFERENCES phases (tenant_id, id), 
  CONSTRAINT ck_data_submissions_state CHECK (state in ('not_started', 'sending', 'complete', 'returned', 'certified')), 
  CONSTRAINT fk_data_submissions_area_code FOREIGN KEY(area_code) REFERENCES areas (code)
);
CREATE INDEX ix_data_submissions_institution_id ON data_submissions (tenant_id, institution_id);
CREATE UNIQUE INDEX uq_data_submissions_phase_id_group_id_institution_id ON data_submissions (tenant_id, phase_id, group_id, institution_id);
CREATE TABLE referrals (
  tenant_id SMALLINT DEFAULT nullif(current_setting('app.tenant', true), '')::smallint NOT NULL, 
  id UUID NOT NULL, 
  enrolment_id UUID NOT NULL, 
  kind TEXT NOT NULL, 
  to_institution_id UUID, 
  to_partner_id UUID, 
  to_name TEXT, 
  state TEXT DEFAULT 'sent' NOT NULL, 
  sent_on DATE NOT NULL, 
  answered_on DATE, 
  finished_on DATE, 
  outcome TEXT, 
  reason TEXT, 
  consent_id UUID, 
  notice_given BOOLEAN DEFAULT false NOT NULL, 
  event_area_code TEXT, 
  sent_by UUID, 
  carried_from_id UUID, 
  row_version INTEGER DEFAULT 1 NOT NULL, 
  area_bit BIGINT NOT NULL, 
  group_bit BIGINT NOT NULL, 
  institution_id UUID, 
  worker_id UUID, 
  recorded_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL, 
  CONSTRAINT pk_referrals PRIMARY KEY (tenant_id, id), 
  CONSTRAINT fk_referrals_tenant_id_enrolment_id FOREIGN KEY(tenant_id, enrolment_id) REFERENCES enrolments (tenant_id, id) ON DELETE CASCADE, 
  CONSTRAINT fk_referrals_tenant_id_to_institution_id FOREIGN KEY(tenant_id, to_institution_id) REFERENCES institutions (tenant_id, id), 
  CONSTRAINT fk_referrals_tenant_id_to_partner_id FOREIGN KEY(tenant_id, to_partner_id) REFERENCES partner_orgs (tenant_id, id), 
  CONSTRAINT fk_referrals_tenant_id_carried_from_id FOREIGN KEY(tenant_id, carried_from_id) REFERENCES referrals (tenant_id, id), 
  CONSTRAINT ck_referrals_state CHECK (state in ('sent', 'accepted', 'rejected', 'done', 'revoked', 'carried')), 
  CONSTRAINT fk_referrals_event_area_code FOREIGN KEY(event_area_code) REFERENCES areas (code)
);
CREATE INDEX ix_referrals_carried_from_id ON referrals (tenant_id, carried_from_id);
CREATE INDEX ix_referrals_enrolment_id ON referrals (tenant_id, enrolment_id);
CREATE INDEX ix_referrals_state_sent_on ON referrals (tenant_id, state, sent_on);
CREATE INDEX ix_referrals_to_institution_id ON referrals (tenant_id, to_institution_id);
CREATE INDEX ix_referrals_to_partner_id ON referrals (tenant_id, to_partner_id);
CREATE TABLE screening_runs (
  tenant_id SMALLINT DEFAULT nullif(current_setting('app.tenant', true), '')::smallint NOT NULL, 
  id UUID NOT NULL, 
  group_id UUID NOT NULL, 
  phase_id UUID NOT NULL, 
  rule_version_id UUID NOT NULL, 
  state TEXT NOT NULL, 
  qualifies INTEGER, 
  does_not INTEGER, 
  unknown INTEGER, 
  run_by UUID, 
  finished_at TIMESTAMP WITH TIME ZONE, 
  recorded_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL, 
  CONSTRAINT pk_screening_runs PRIMARY KEY (tenant_id, id), 
  CONSTRAINT fk_screening_runs_tenant_id_rule_version_id FOREIGN KEY(tenant_id, rule_version_id) REFERENCES rule_versions (tenant_id, id), 
  CONSTRAINT fk_screening_runs_tenant_id_phase_id FOREIGN KEY(tenant_id, phase_id) REFERENCES phases (tenant_id, id)
);
CREATE INDEX ix_screening_runs_phase_id ON screening_runs (tenant_id, phase_id);
CREATE INDEX ix_screening_runs_rule_version_id ON screening_runs (tenant_id, rule_version_id);
CREATE TABLE certification_lines (
  tenant_id SMALLINT DEFAULT nullif(current_setting('app.tenant', true), '')::smallint NOT NULL, 
  id UUID NOT NULL, 
  certification_id UUID NOT NULL, 
  enrolment_id UUID NOT NULL, 
  seq INTEGER NOT NULL, 
  content_hash TEXT NOT NULL, 
  voided_at TIMESTAMP WITH TIME ZONE, 
  void_reason TEXT, 
  area_bit BIGINT NOT NULL, 
  group_bit BIGINT NOT NULL, 
  institution_id UUID, 
  worker_id UUID, 
  recorded_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL, 
  CONSTRAINT pk_certification_lines PRIMARY KEY (tenant_id, id), 
  CONSTRAINT fk_certification_lines_tenant_id_certification_id FOREIGN KEY(tenant_id, certification_id) REFERENCES certifications (tenant_id, id) ON DELETE CASCADE, 
  CONSTRAINT fk_certification_lines_tenant_id_enrolment_id FOREIGN KEY(tenant_id, enrolment_id) REFERENCES enrolments (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX ix_certification_lines_enrolment_id ON certification_lines (tenant_id, enrolment_id);
CREATE UNIQUE INDEX uq_certification_lines_certification_id_enrolment_id ON certification_lines (tenant_id, certification_id, enrolment_id);
CREATE TABLE follow_ups (
  tenant_id SMALLINT DEFAULT nullif(current_setting('app.tenant', true), '')::smallint NOT NULL, 
  id UUID NOT NULL, 
  enrolment_id UUID NOT NULL, 
  referral_id UUID, 
  kind TEXT NOT NULL, 
  month SMALLINT, 
  due_on DATE NOT NULL, 
  state TEXT DEFAULT 'due' NOT NULL, 
  done_on DATE, 
  carried_from_id UUID, 
  area_bit BIGINT NOT NULL, 
  group_bit BIGINT NOT NULL, 
  institution_id UUID, 
  worker_id UUID, 
  recorded_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL, 
  CONSTRAINT pk_follow_ups PRIMARY KEY (tenant_id, id), 
  CONSTRAINT fk_follow_ups_tenant_id_enrolment_id FOREIGN KEY(tenant_id, enrolment_id) REFERENCES enrolments (tenant_id, id) ON DELETE CASCADE, 
  CONSTRAINT fk_follow_ups_tenant_id_referral_id FOREIGN KEY(tenant_id, referral_id) REFERENCES referrals (tenant_id, id) ON DELETE CASCADE, 
  CONSTRAINT fk_follow_ups_tenant_id_carried_from_id FOREIGN KEY(tenant_id, carried_from_id) REFERENCES follow_ups (tenant_id, id), 
  CONSTRAINT ck_follow_ups_state CHECK (state in ('due', 'done', 'missed', 'cancelled', 'carried'))
);
CREATE INDEX ix_follow_ups_carried_from_id ON follow_ups (tenant_id, carried_from_id);
CREATE INDEX ix_follow_ups_enrolment_id ON follow_ups (tenant_id, enrolment_id);
CREATE INDEX ix_follow_ups_referral_id ON follow_ups (tenant_id, referral_id);
CREATE INDEX ix_follow_ups_state_due_on ON follow_ups (tenant_id, state, due_on);
CREATE TABLE screening_decisions (
  tenant_id SMALLINT DEFAULT nullif(current_setting('app.tenant', true), '')::smallint NOT NULL, 
  id UUID NOT NULL, 
  enrolment_id UUID NOT NULL, 
  run_id UUID, 
  rule_version_id UUID, 
  kind TEXT NOT NULL, 
  outcome TEXT NOT NULL, 
  inputs JSONB NOT NULL, 
  resolution_id UUID, 
  reason TEXT, 
  clauses JSONB, 
  decided_by UUID, 
  decided_on DATE NOT NULL, 
  decided_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL, 
  superseded_at TIMESTAMP WITH TIME ZONE, 
  area_bit BIGINT NOT NULL, 
  group_bit BIGINT NOT NULL, 
  institution_id UUID, 
  worker_id UUID, 
  recorded_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL, 
  CONSTRAINT pk_screening_decisions PRIMARY KEY (tenant_id, id), 
  CONSTRAINT fk_screening_decisions_tenant_id_enrolment_id FOREIGN KEY(tenant_id, enrolment_id) REFERENCES enrolments (tenant_id, id) ON DELETE CASCADE, 
  CONSTRAINT fk_screening_decisions_tenant_id_run_id FOREIGN KEY(tenant_id, run_id) REFERENCES screening_runs (tenant_id, id), 
  CONSTRAINT fk_screening_decisions_tenant_id_rule_version_id FOREIGN KEY(tenant_id, rule_version_id) REFERENCES rule_versions (tenant_id, id), 
  CONSTRAINT fk_screening_decisions_tenant_id_resolution_id FOREIGN KEY(tenant_id, resolution_id) REFERENCES resolutions (tenant_id, id), 
  CONSTRAINT ck_screening_decisions_outcome CHECK (outcome in ('qualifies', 'does_not', 'unknown')), 
  CONSTRAINT ck_screening_decisions_kind CHECK (kind in ('rule', 'resolution')), 
  CONSTRAINT ck_screening_decisions_override CHECK (kind <> 'resolution' or (resolution_id is not null and reason is not null))
);
CREATE INDEX ix_screening_decisions_enrolment_id ON screening_decisions (tenant_id, enrolment_id);
CREATE INDEX ix_screening_decisions_resolution_id ON screening_decisions (tenant_id, resolution_id);
CREATE INDEX ix_screening_decisions_rule_version_id ON screening_decisions (tenant_id, rule_version_id);
CREATE INDEX ix_screening_decisions_run_id ON screening_decisions (tenant_id, run_id);
CREATE UNIQUE INDEX uq_screening_decisions_enrolment_id ON screening_decisions (tenant_id, enrolment_id) WHERE superseded_at is null;
