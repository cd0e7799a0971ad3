CREATE TABLE entitlements (
  tenant_id SMALLINT DEFAULT nullif(current_setting('app.tenant', true), '')::smallint NOT NULL, 
  id UUID NOT NULL, 
  allocation_id UUID NOT NULL, 
  enrolment_id UUID NOT NULL, 
  phase_id UUID NOT NULL, 
  group_slug TEXT NOT NULL, 
  benefit_id UUID NOT NULL, 
  purpose TEXT NOT NULL, 
  stackable BOOLEAN NOT NULL, 
  person_id UUID, 
  subject_institution_id UUID, 
  payee_kind TEXT NOT NULL, 
  payee_name TEXT NOT NULL, 
  amount BIGINT NOT NULL, 
  event_area_code TEXT, 
  entitled_on DATE NOT NULL, 
  ended_on DATE, 
  ended_reason TEXT, 
  entitled_by UUID NOT NULL, 
  row_version INTEGER DEFAULT 1 NOT NULL, 
  area_bit BIGINT NOT NULL, 
  group_bit BIGINT NOT NULL, 
  institution_id UUID, 
  worker_id UUID, 
  recorded_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL, 
  CONSTRAINT pk_entitlements PRIMARY KEY (tenant_id, id), 
  CONSTRAINT fk_entitlements_tenant_id_allocation_id FOREIGN KEY(tenant_id, allocation_id) REFERENCES allocations (tenant_id, id), 
  CONSTRAINT fk_entitlements_tenant_id_enrolment_id FOREIGN KEY(tenant_id, enrolment_id) REFERENCES enrolments (tenant_id, id), 
  CONSTRAINT fk_entitlements_tenant_id_phase_id FOREIGN KEY(tenant_id, phase_id) REFERENCES phases (tenant_id, id), 
  CONSTRAINT fk_entitlements_tenant_id_benefit_id FOREIGN KEY(tenant_id, benefit_id) REFERENCES benefits (tenant_id, id), 
  CONSTRAINT fk_entitlements_tenant_id_person_id FOREIGN KEY(tenant_id, person_id) REFERENCES persons (tenant_id, id), 
  CONSTRAINT fk_entitlements_tenant_id_subject_institution_id FOREIGN KEY(tenant_id, subject_institution_id) REFERENCES institutions (tenant_id, id), 
  CONSTRAINT ck_entitlements_one_subject CHECK (num_nonnulls(person_id, subject_institution_id) = 1), 
  CONSTRAINT ck_entitlements_amount CHECK (amount > 0), 
  CONSTRAINT ck_entitlements_payee_kind CHECK (payee_kind in ('self', 'guardian', 'institution', 'supervising_agency', 'partner')), 
  CONSTRAINT ck_entitlements_ended CHECK ((ended_on is null) = (ended_reason is null)), 
  CONSTRAINT fk_entitlements_event_area_code FOREIGN KEY(event_area_code) REFERENCES areas (code)
);
CREATE INDEX ix_entitlements_allocation_id ON entitlements (tenant_id, allocation_id);
CREATE INDEX ix_entitlements_benefit_id ON entitlements (tenant_id, benefit_id);
CREATE INDEX ix_entitlements_enrolment_id ON entitlements (tenant_id, enrolment_id);
CREATE INDEX ix_entitlements_person_id ON entitlements (tenant_id, person_id);
CREATE INDEX ix_entitlements_phase_id_group_slug ON entitlements (tenant_id, phase_id, group_slug);
CREATE INDEX ix_entitlements_subject_institution_id ON entitlements (tenant_id, subject_institution_id);
CREATE UNIQUE INDEX uq_entitlements_allocation_id_enrolment_id ON entitlements (tenant_id, allocation_id, enrolment_id) WHERE ended_on is null;
CREATE UNIQUE INDEX uq_entitlements_phase_id_purpose_person_id ON entitlements (tenant_id, phase_id, purpose, person_id) WHERE ended_on is null and not stackable and person_id is not null;
CREATE UNIQUE INDEX uq_entitlements_phase_id_purpose_subject_institution_id ON entitlements (tenant_id, phase_id, purpose, subject_institution_id) WHERE ended_on is null and not stackable and subject_institution_id is not null;
CREATE TABLE payment_batches (
  tenant_id SMALLINT DEFAULT nullif(current_setting('app.tenant', true), '')::smallint NOT NULL, 
  id UUID NOT NULL, 
  fiscal_year SMALLINT NOT NULL, 
  number INTEGER NOT NULL, 
  allocation_id UUID NOT NULL, 
  agreement_id UUID NOT NULL, 
  phase_id UUID NOT NULL, 
  group_slug TEXT NOT NULL, 
  method TEXT NOT NULL, 
  status TEXT DEFAULT 'draft' NOT NULL, 
  note TEXT, 
  payments INTEGER DEFAULT 0 NOT NULL, 
  total BIGINT DEFAULT 0 NOT NULL, 
  content_hash TEXT, 
  made_by UUID NOT NULL, 
  made_on DATE NOT NULL, 
  checked_by UUID, 
  checked_on DATE, 
  signatures_needed SMALLINT DEFAULT 2 NOT NULL, 
  signed_by UUID, 
  signed_on DATE, 
  sent_by UUID, 
  sent_on DATE, 
  carried_by TEXT, 
  settled_on DATE, 
  row_version INTEGER DEFAULT 1 NOT NULL, 
  recorded_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL, 
  CONSTRAINT pk_payment_batches PRIMARY KEY (tenant_id, id), 
  CONSTRAINT fk_payment_batches_tenant_id_allocation_id FOREIGN KEY(tenant_id, allocation_id) REFERENCES allocations (tenant_id, id), 
  CONSTRAINT fk_payment_batches_tenant_id_agreement_id FOREIGN KEY(tenant_id, agreement_id) REFERENCES agreements (tenant_id, id), 
  CONSTRAINT fk_payment_batches_tenant_id_phase_id FOREIGN KEY(tenant_id, phase_id) REFERENCES phases (tenant_id, id), 
  CONSTRAINT ck_payment_batches_method CHECK (method in ('bank', 'cash')), 
  CONSTRAINT ck_payment_batches_status CHECK (status in ('draft', 'checked', 'signed', 'sent', 'settled', 'void')), 
  CONSTRAINT ck_payment_batches_three_persons CHECK (checked_by is distinct from made_by and signed_by is distinct from made_by and (signed_by is null or signed_by is distinct from checked_by)), 
  CONSTRAINT ck_payment_batches_checked CHECK (status in ('draft', 'void') or (checked_by is not null and content_hash is not null and total > 0)), 
  CONSTRAINT ck_payment_batches_signed CHECK (status not in ('signed', 'sent', 'settled') or signed_by is not null)
);
CREATE INDEX ix_payment_batches_agreement_id ON payment_batches (tenant_id, agreement_id);
CREATE INDEX ix_payment_batches_allocation_id ON payment_batches (tenant_id, allocation_id);
CREATE INDEX ix_payment_batches_phase_id ON payment_batches (tenant_id, phase_id);
CREATE INDEX ix_payment_batches_status ON payment_batches (tenant_id, status);
CREATE UNIQUE INDEX uq_payment_batches_fiscal_year_number ON payment_batches (tenant_id, fiscal_year, number);
CREATE TABLE batch_signatures (
  tenant_id SMALLINT DEFAULT nullif(current_setting('app.tenant', true), '')::smallint NOT NULL, 
  id UUID NOT NULL, 
  batch_id UUID NOT NULL, 
  signed_by UUID NOT NULL, 
  signed_on DATE NOT NULL, 
  content_hash TEXT NOT NULL, 
  recorded_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL, 
  CONSTRAINT pk_batch_signatures PRIMARY KEY (tenant_id, id), 
  CONSTRAINT fk_batch_signatures_tenant_id_batch_id FOREIGN KEY(tenant_id, batch_id) REFERENCES payment_batches (tenant_id, id)
);
CREATE UNIQUE INDEX uq_batch_signatures_batch_id_signed_by ON batch_signatures (tenant_id, batch_id, signed_by);
CREATE TABLE payments (
  tenant_id SMALLINT DEFAULT nullif(current_setting('app.tenant', true), '')::smallint NOT NULL, 
  id UUID NOT NULL, 
  batch_id UUID NOT NULL, 
  line_no INTEGER NOT NULL, 
  enrolment_id UUID NOT NULL, 
  entitlement_id UUID NOT NULL, 
  follows_id UUID, 
  phase_id UUID NOT NULL, 
  group_slug TEXT NOT NULL, 
  benefit_id UUID NOT NULL, 
  person_id UUID, 
  subject_institution_id UUID, 
  event_area_code TEXT, 
  amount BIGINT NOT NULL, 
  payee_name TEXT NOT NULL, 
  bank_code TEXT, 
  account_no TEXT, 
  account_name TEXT, 
  status TEXT DEFAULT 'listed' NOT NULL, 
  paid_on DATE, 
  result_on DATE, 
  result_reason TEXT, 
  result_by UUID, 
  row_version INTEGER DEFAULT 1 NOT NULL, 
  area_bit BIGINT NOT NULL, 
  group_bit BIGINT NOT NULL, 
  institution_id UUID, 
  worker_id UUID, 
  recorded_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL, 
  CONSTRAINT pk_payments PRIMARY KEY (tenant_id, id), 
  CONSTRAINT fk_payments_tenant_id_batch_id FOREIGN KEY(tenant_id, batch_id) REFERENCES payment_batches (tenant_id, id), 
  CONSTRAINT fk_payments_tenant_id_entitlement_id FOREIGN KEY(tenant_id, entitlement_id) REFERENCES entitlements (tenant_id, id), 
  CONSTRAINT fk_payments_tenant_id_enrolment_id FOREIGN KEY(tenant_id, enrolment_id) REFERENCES enrolments (tenant_id, id), 
  CONSTRAINT fk_payments_tenant_id_follows_id FOREIGN KEY(tenant_id, follows_id) REFERENCES payments (tenant_id, id), 
  CONSTRAINT fk_payments_tenant_id_phase_id FOREIGN KEY(tenant_id, phase_id) REFERENCES phases (tenant_id, id), 
  CONSTRAINT ck_payments_status CHECK (status in ('listed', 'sent', 'paid', 'unclaimed', 'bounced', 'void')), 
  CONSTRAINT ck_payments_amount CHECK (amount > 0), 
  CONSTRAINT ck_payments_paid_on CHECK ((status = 'paid') = (paid_on is not null)), 
  CONSTRAINT fk_payments_event_area_code FOREIGN KEY(event_area_code) REFERENCES areas (code)
);
CREATE INDEX ix_payments_enrolment_id ON payments (tenant_id, enrolment_id);
CREATE INDEX ix_payments_entitlement_id ON payments (tenant_id, entitlement_id);
CREATE INDEX ix_payments_person_id ON payments (tenant_id, person_id);
CREATE INDEX ix_payments_phase_id_group_slug_status ON payments (tenant_id, phase_id, group_slug, status);
CREATE INDEX ix_payments_subject_institution_id ON payments (tenant_id, subject_institution_id);
CREATE UNIQUE INDEX uq_payments_batch_id_line_no ON payments (tenant_id, batch_id, line_no);
CREATE UNIQUE INDEX uq_payments_entitlement_id ON payments (tenant_id, entitlement_id) WHERE status in ('listed', 'sent', 'paid');
CREATE UNIQUE INDEX uq_payments_follows_id ON payments (tenant_id, follows_id) WHERE follows_id is not null;
CREATE TABLE payment_evidence (
  tenant_id SMALLINT DEFAULT nullif(current_setting('app.tenant', true), '')::smallint NOT NULL, 
  id UUID NOT NULL, 
  payment_id UUID NOT NULL, 
  batch_id UUID NOT NULL, 
  document_id UUID NOT NULL, 
  kind TEXT NOT NULL, 
  attached_by UUID NOT NULL, 
  attached_on DATE NOT NULL, 
  recorded_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL, 
  CONSTRAINT pk_payment_evidence PRIMARY KEY (tenant_id, id), 
  CONSTRAINT fk_payment_evidence_tenant_id_payment_id FOREIGN KEY(tenant_id, payment_id) REFERENCES payments (tenant_id, id), 
  CONSTRAINT fk_payment_evidence_tenant_id_batch_id FOREIGN KEY(tenant_id, batch_id) REFERENCES payment_batches (tenant_id, id), 
  CONSTRAINT fk_payment_evidence_tenant_id_document_id FOREIGN KEY(tenant_id, document_id) REFERENCES documents (tenant_id, id), 
  CONSTRAINT ck_payment_evidence_kind CHECK (kind in ('signed_list', 'bank_receipt', 'receipt', 'certificate'))
);
CREATE INDEX ix_payment_evidence_batch_id ON payment_evidence (tenant_id, batch_id);
CREATE INDEX ix_payment_evidence_document_id ON payment_evidence (tenant_id, document_id);
CREATE UNIQUE INDEX uq_payment_evidence_payment_id_document_id ON payment_evidence (tenant_id, payment_id, document_id);
