CREATE TABLE counters (
  tenant_id SMALLINT DEFAULT nullif(current_setting('app.tenant', true), '')::smallint NOT NULL, 
  id UUID NOT NULL, 
  series TEXT NOT NULL, 
  fiscal_year SMALLINT NOT NULL, 
  value INTEGER NOT NULL, 
  recorded_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL, 
  CONSTRAINT pk_counters PRIMARY KEY (tenant_id, id), 
  CONSTRAINT ck_counters_value CHECK (value >= 0)
);
CREATE UNIQUE INDEX uq_counters_series_fiscal_year ON counters (tenant_id, series, fiscal_year);
CREATE TABLE fund_accounts (
  tenant_id SMALLINT DEFAULT nullif(current_setting('app.tenant', true), '')::smallint NOT NULL, 
  id UUID NOT NULL, 
  book TEXT NOT NULL, 
  kind TEXT NOT NULL, 
  agreement_id UUID, 
  about_tenant_id SMALLINT, 
  available BIGINT DEFAULT 0 NOT NULL, 
  recorded_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL, 
  CONSTRAINT pk_fund_accounts PRIMARY KEY (tenant_id, id), 
  CONSTRAINT ck_fund_accounts_book CHECK (book in ('fund', 'project')), 
  CONSTRAINT ck_fund_accounts_own_book CHECK ((book = 'fund') = (tenant_id = 1)), 
  CONSTRAINT ck_fund_accounts_kind CHECK (kind in ('pot_source', 'pot', 'committed', 'transferred', 'refund_received', 'fund_source', 'interest_source', 'co_funding_source', 'cash', 'reserved', 'advance', 'in_transit', 'paid', 'unclaimed', 'refunded')), 
  CONSTRAINT ck_fund_accounts_available CHECK (kind like '%%\_source' or available >= 0)
);
CREATE UNIQUE INDEX uq_fund_accounts_book_kind_agreement_id ON fund_accounts (tenant_id, book, kind, agreement_id) NULLS NOT DISTINCT;
CREATE TABLE ledger_transactions (
  tenant_id SMALLINT DEFAULT nullif(current_setting('app.tenant', true), '')::smallint NOT NULL, 
  id UUID NOT NULL, 
  book TEXT NOT NULL, 
  fiscal_year SMALLINT NOT NULL, 
  voucher_no INTEGER NOT NULL, 
  kind TEXT NOT NULL, 
  booked_on DATE NOT NULL, 
  amount BIGINT NOT NULL, 
  memo TEXT, 
  subject_type TEXT NOT NULL, 
  subject_id UUID, 
  transfer_id UUID, 
  reverses_id UUID, 
  posted_by UUID NOT NULL, 
  seal TEXT NOT NULL, 
  recorded_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL, 
  CONSTRAINT pk_ledger_transactions PRIMARY KEY (tenant_id, id), 
  CONSTRAINT fk_ledger_transactions_tenant_id_reverses_id FOREIGN KEY(tenant_id, reverses_id) REFERENCES ledger_transactions (tenant_id, id), 
  CONSTRAINT ck_ledger_transactions_book CHECK (book in ('fund', 'project')), 
  CONSTRAINT ck_ledger_transactions_amount CHECK (amount > 0), 
  CONSTRAINT ck_ledger_transactions_voucher_no CHECK (voucher_no > 0)
);
CREATE INDEX ix_ledger_transactions_subject_type_subject_id ON ledger_transactions (tenant_id, subject_type, subject_id);
CREATE INDEX ix_ledger_transactions_transfer_id ON ledger_transactions (tenant_id, transfer_id);
CREATE UNIQUE INDEX uq_ledger_transactions_book_fiscal_year_voucher_no ON ledger_transactions (tenant_id, book, fiscal_year, voucher_no);
CREATE UNIQUE INDEX uq_ledger_transactions_reverses_id ON ledger_transactions (tenant_id, reverses_id) WHERE reverses_id is not null;
CREATE TABLE ledger_entries (
  tenant_id SMALLINT DEFAULT nullif(current_setting('app.tenant', true), '')::smallint NOT NULL, 
  id UUID NOT NULL, 
  transaction_id UUID NOT NULL, 
  account_id UUID NOT NULL, 
  position SMALLINT NOT NULL, 
  amount BIGINT NOT NULL, 
  recorded_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL, 
  CONSTRAINT pk_ledger_entries PRIMARY KEY (tenant_id, id), 
  CONSTRAINT fk_ledger_entries_tenant_id_transaction_id FOREIGN KEY(tenant_id, transaction_id) REFERENCES ledger_transactions (tenant_id, id), 
  CONSTRAINT fk_ledger_entries_tenant_id_account_id FOREIGN KEY(tenant_id, account_id) REFERENCES fund_accounts (tenant_id, id), 
  CONSTRAINT ck_ledger_entries_amount CHECK (amount <> 0)
);
CREATE INDEX ix_ledger_entries_account_id ON ledger_entries (tenant_id, account_id);
CREATE INDEX ix_ledger_entries_transaction_id ON ledger_entries (tenant_id, transaction_id);
CREATE TABLE payee_accounts (
  tenant_id SMALLINT DEFAULT nullif(current_setting('app.tenant', true), '')::smallint NOT NULL, 
  id UUID NOT NULL, 
  person_id UUID, 
  institution_id UUID, 
  bank_code TEXT NOT NULL, 
  account_no TEXT NOT NULL, 
  account_name TEXT NOT NULL, 
  relation TEXT, 
  valid_from DATE NOT NULL, 
  valid_to DATE, 
  set_by UUID NOT NULL, 
  recorded_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL, 
  CONSTRAINT pk_payee_accounts PRIMARY KEY (tenant_id, id), 
  CONSTRAINT fk_payee_accounts_tenant_id_person_id FOREIGN KEY(tenant_id, person_id) REFERENCES persons (tenant_id, id) ON DELETE CASCADE, 
  CONSTRAINT fk_payee_accounts_tenant_id_institution_id FOREIGN KEY(tenant_id, institution_id) REFERENCES institutions (tenant_id, id), 
  CONSTRAINT ck_payee_accounts_one_owner CHECK (num_nonnulls(person_id, institution_id) = 1), 
  CONSTRAINT ck_payee_accounts_account CHECK (bank_code ~ '^[0-9]{3}$' and account_no ~ '^[0-9]{10,15}$')
);
CREATE INDEX ix_payee_accounts_institution_id ON payee_accounts (tenant_id, institution_id);
CREATE INDEX ix_payee_accounts_person_id ON payee_accounts (tenant_id, person_id);
CREATE UNIQUE INDEX uq_payee_accounts_institution_id ON payee_accounts (tenant_id, institution_id) WHERE valid_to is null and institution_id is not null;
CREATE UNIQUE INDEX uq_payee_accounts_person_id ON payee_accounts (tenant_id, person_id) WHERE valid_to is null and person_id is not null;
CREATE TABLE funding_requests (
  tenant_id SMALLINT DEFAULT nullif(current_setting('app.tenant', true), '')::smallint NOT NULL, 
  id UUID NOT NULL, 
  phase_id UUID NOT NULL, 
  agreement_id UUID NOT NULL, 
  status TEXT DEFAULT 'draft' NOT NULL, 
  fiscal_year SMALLINT, 
  number INTEGER, 
  note TEXT, 
  total BIGINT DEFAULT 0 NOT NULL, 
  prepared_by UUID NOT NULL, 
  submitted_by UUID, 
  submitted_on DATE, 
  submitted_at TIMESTAMP WITH TIME ZONE, 
  content_hash TEXT, 
  version SMALLINT DEFAULT 1 NOT NULL, 
  round SMALLINT DEFAULT 0 NOT NULL, 
  review_started_on DATE, 
  recommended_by UUID, 
  recommended_on DATE, 
  recommended_total BIGINT, 
  recommendation TEXT, 
  decided_by UUID, 
  decided_on DATE, 
  approved_total BIGINT, 
  terms TEXT, 
  reason TEXT, 
  status_on DATE NOT NULL, 
  row_version INTEGER DEFAULT 1 NOT NULL, 
  recorded_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL, 
  CONSTRAINT pk_funding_requests PRIMARY KEY (tenant_id, id), 
  CONSTRAINT fk_funding_requests_tenant_id_phase_id FOREIGN KEY(tenant_id, phase_id) REFERENCES phases (tenant_id, id), 
  CONSTRAINT fk_funding_requests_tenant_id_agreement_id FOREIGN KEY(tenant_id, agreement_id) REFERENCES agreements (tenant_id, id), 
  CONSTRAINT ck_funding_requests_status CHECK (status in ('draft', 'submitted', 'in_review', 'asked', 'answered', 'recommended', 'approved', 'partly_approved', 'refused', 'withdrawn')), 
  CONSTRAINT ck_funding_requests_total CHECK (total >= 0), 
  CONSTRAINT ck_funding_requests_submitted CHECK (status = 'draft' or (submitted_by is not null and submitted_at is not null and number is not null and content_hash is not null and total > 0)), 
  CONSTRAINT ck_funding_requests_requester_is_not_reviewer CHECK (recommended_by is null or (recommended_by <> prepared_by and recommended_by <> submitted_by)), 
  CONSTRAINT ck_funding_requests_approver_is_another_person CHECK (decided_by is null or (decided_by <> prepared_by and decided_by <> submitted_by and decided_by is distinct from recommended_by)), 
  CONSTRAINT ck_funding_requests_decided CHECK (status not in ('approved', 'partly_approved', 'refused') or (decided_by is not null and decided_on is not null and recommended_by is not null))
);
CREATE INDEX ix_funding_requests_agreement_id ON funding_requests (tenant_id, agreement_id);
CREATE INDEX ix_funding_requests_phase_id ON funding_requests (tenant_id, phase_id);
CREATE INDEX ix_funding_requests_status_submitted_at ON funding_requests (tenant_id, status, submitted_at);
CREATE UNIQUE INDEX uq_funding_requests_fiscal_year_number ON funding_requests (tenant_id, fiscal_year, number);
CREATE TABLE instalments (
  tenant_id SMALLINT DEFAULT nullif(current_setting('app.tenant', true), '')::smallint NOT NULL, 
  id UUID NOT NULL, 
  agreement_id UUID NOT NULL, 
  number SMALLINT NOT NULL, 
  amount BIGINT NOT NULL, 
  status TEXT DEFAULT 'sent' NOT NULL, 
  transfer_id UUID NOT NULL, 
  bank_reference TEXT, 
  sent_by UUID NOT NULL, 
  sent_on DATE NOT NULL, 
  received_by UUID, 
  received_on DATE, 
  row_version INTEGER DEFAULT 1 NOT NULL, 
  recorded_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL, 
  CONSTRAINT pk_instalments PRIMARY KEY (tenant_id, id), 
  CONSTRAINT fk_instalments_tenant_id_agreement_id FOREIGN KEY(tenant_id, agreement_id) REFERENCES agreements (tenant_id, id), 
  CONSTRAINT ck_instalments_status CHECK (status in ('sent', 'received')), 
  CONSTRAINT ck_instalments_amount CHECK (amount > 0 and number > 0), 
  CONSTRAINT ck_instalments_two_persons CHECK (received_by is distinct from sent_by), 
  CONSTRAINT ck_instalments_received CHECK ((status = 'received') = (received_by is not null) and (received_on is null or received_on >= sent_on))
);
CREATE UNIQUE INDEX uq_instalments_agreement_id_number ON instalments (tenant_id, agreement_id, number);
CREATE UNIQUE INDEX uq_instalments_transfer_id ON instalments (tenant_id, transfer_id);
CREATE TABLE refunds (
  tenant_id SMALLINT DEFAULT nullif(current_setting('app.tenant', true), '')::smallint NOT NULL, 
  id UUID NOT NULL, 
  agreement_id UUID NOT NULL, 
  number SMALLINT NOT NULL, 
  amount BIGINT NOT NULL, 
  status TEXT DEFAULT 'sent' NOT NULL, 
  transfer_id UUID NOT NULL, 
  bank_reference TEXT, 
  sent_by UUID NOT NULL, 
  sent_on DATE NOT NULL, 
  received_by UUID, 
  received_on DATE, 
  row_version INTEGER DEFAULT 1 NOT NULL, 
  recorded_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL, 
  CONSTRAINT pk_refunds PRIMARY KEY (tenant_id, id), 
  CONSTRAINT fk_refunds_tenant_id_agreement_id FOREIGN KEY(tenant_id, agreement_id) REFERENCES agreements (tenant_id, id), 
  CONSTRAINT ck_refunds_status CHECK (status in ('sent', 'received')), 
  CONSTRAINT ck_refunds_amount CHECK (amount > 0 and number > 0), 
  CONSTRAINT ck_refunds_two_persons CHECK (received_by is distinct from sent_by), 
  CONSTRAINT ck_refunds_received CHECK ((status = 'received') = (received_by is not null) and (received_on is null or received_on >= sent_on))
);
CREATE UNIQUE INDEX uq_refunds_agreement_id_number ON refunds (tenant_id, agreement_id, number);
CREATE UNIQUE INDEX uq_refunds_transfer_id ON refunds (tenant_id, transfer_id);
CREATE TABLE request_lines (
  tenant_id SMALLINT DEFAULT nullif(current_setting('app.tenant', true), '')::smallint NOT NULL, 
  id UUID NOT NULL, 
  request_id UUID NOT NULL, 
  position SMALLINT NOT NULL, 
  group_slug TEXT NOT NULL, 
  benefit_id UUID NOT NULL, 
  subject TEXT NOT NULL, 
  count INTEGER NOT NULL, 
  unit_amount BIGINT, 
  total BIGINT NOT NULL, 
  qualifying INTEGER, 
  note TEXT, 
  submitted_at TIMESTAMP WITH TIME ZONE, 
  recorded_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL, 
  CONSTRAINT pk_request_lines PRIMARY KEY (tenant_id, id), 
  CONSTRAINT fk_request_lines_tenant_id_request_id FOREIGN KEY(tenant_id, request_id) REFERENCES funding_requests (tenant_id, id) ON DELETE CASCADE, 
  CONSTRAINT fk_request_lines_tenant_id_benefit_id FOREIGN KEY(tenant_id, benefit_id) REFERENCES benefits (tenant_id, id), 
  CONSTRAINT ck_request_lines_subject CHECK (subject in ('person', 'institution')), 
  CONSTRAINT ck_request_lines_counts CHECK (count >= 0 and total >= 0), 
  CONSTRAINT ck_request_lines_total CHECK ((subject = 'person' and unit_amount > 0 and total = count * unit_amount) or (subject = 'institution' and unit_amount is null))
);
CREATE INDEX ix_request_lines_benefit_id ON request_lines (tenant_id, benefit_id);
CREATE UNIQUE INDEX uq_request_lines_request_id_position ON request_lines (tenant_id, request_id, position);
CREATE TABLE allocations (
  tenant_id SMALLINT DEFAULT nullif(current_setting('app.tenant', true), '')::smallint NOT NULL, 
  id UUID NOT NULL, 
  request_id UUID NOT NULL, 
  line_id UUID NOT NULL, 
  agreement_id UUID NOT NULL, 
  phase_id UUID NOT NULL, 
  group_slug TEXT NOT NULL, 
  benefit_id UUID NOT NULL, 
  subject TEXT NOT NULL, 
  count INTEGER NOT NULL, 
  unit_amount BIGINT, 
  amount BIGINT NOT NULL, 
  available BIGINT NOT NULL, 
  approved_by UUID NOT NULL, 
  approved_on DATE NOT NULL, 
  row_version INTEGER DEFAULT 1 NOT NULL, 
  recorded_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL, 
  CONSTRAINT pk_allocations PRIMARY KEY (tenant_id, id), 
  CONSTRAINT fk_allocations_tenant_id_request_id FOREIGN KEY(tenant_id, request_id) REFERENCES funding_requests (tenant_id, id), 
  CONSTRAINT fk_allocations_tenant_id_line_id FOREIGN KEY(tenant_id, line_id) REFERENCES request_lines (tenant_id, id), 
  CONSTRAINT fk_allocations_tenant_id_agreement_id FOREIGN KEY(tenant_id, agreement_id) REFERENCES agreements (tenant_id, id), 
  CONSTRAINT fk_allocations_tenant_id_phase_id FOREIGN KEY(tenant_id, phase_id) REFERENCES phases (tenant_id, id), 
  CONSTRAINT fk_allocations_tenant_id_benefit_id FOREIGN KEY(tenant_id, benefit_id) REFERENCES benefits (tenant_id, id), 
  CONSTRAINT ck_allocations_amount CHECK (amount > 0 and count > 0), 
  CONSTRAINT ck_allocations_available CHECK (available between 0 and amount)
);
CREATE INDEX ix_allocations_agreement_id ON allocations (tenant_id, agreement_id);
CREATE INDEX ix_allocations_benefit_id ON allocations (tenant_id, benefit_id);
CREATE INDEX ix_allocations_phase_id_group_slug ON allocations (tenant_id, phase_id, group_slug);
CREATE INDEX ix_allocations_request_id ON allocations (tenant_id, request_id);
CREATE UNIQUE INDEX uq_allocations_line_id ON allocations (tenant_id, line_id);
CREATE TABLE request_corrections (
  tenant_id SMALLINT DEFAULT nullif(current_setting('app.tenant', true), '')::smallint NOT NULL, 
  id UUID NOT NULL, 
  request_id UUID NOT NULL, 
  line_id UUID NOT NULL, 
  round SMALLINT NOT NULL, 
  old_count INTEGER NOT NULL, 
  old_unit_amount BIGINT, 
  old_total BIGINT NOT NULL, 
  old_note TEXT, 
  old_grants JSONB NOT NULL, 
  old_hash TEXT NOT NULL, 
  count INTEGER NOT NULL, 
  unit_amount BIGINT, 
  total BIGINT NOT NULL, 
  note TEXT, 
  grants JSONB NOT NULL, 
  qualifying INTEGER, 
  corrected_by UUID NOT NULL, 
  corrected_on DATE NOT NULL, 
  submitted_by UUID, 
  submitted_on DATE, 
  submitted_at TIMESTAMP WITH TIME ZONE, 
  row_version INTEGER DEFAULT 1 NOT NULL, 
  recorded_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL, 
  CONSTRAINT pk_request_corrections PRIMARY KEY (tenant_id, id), 
  CONSTRAINT fk_request_corrections_tenant_id_request_id FOREIGN KEY(tenant_id, request_id) REFERENCES funding_requests (tenant_id, id), 
  CONSTRAINT fk_request_corrections_tenant_id_line_id FOREIGN KEY(tenant_id, line_id) REFERENCES request_lines (tenant_id, id), 
  CONSTRAINT ck_request_corrections_counts CHECK (count > 0 and total > 0), 
  CONSTRAINT ck_request_corrections_submitted CHECK ((submitted_at is null) = (submitted_by is null))
);
CREATE INDEX ix_request_corrections_request_id ON request_corrections (tenant_id, request_id);
CREATE UNIQUE INDEX uq_request_corrections_line_id_round ON request_corrections (tenant_id, line_id, round);
CREATE TABLE request_grants (
  tenant_id SMALLINT DEFAULT nullif(current_setting('app.tenant', true), '')::smallint NOT NULL, 
  id UUID NOT NULL, 
  request_id UUID NOT NULL, 
  line_id UUID NOT NULL, 
  institution_id UUID NOT NULL, 
  recipient_name TEXT NOT NULL, 
  payee_name TEXT NOT NULL, 
  district_code TEXT NOT NULL, 
  amount BIGINT NOT NULL, 
  submitted_at TIMESTAMP WITH TIME ZONE, 
  recorded_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL, 
  CONSTRAINT pk_request_grants PRIMARY KEY (tenant_id, id), 
  CONSTRAINT fk_request_grants_tenant_id_request_id FOREIGN KEY(tenant_id, request_id) REFERENCES funding_requests (tenant_id, id) ON DELETE CASCADE, 
  CONSTRAINT fk_request_grants_tenant_id_line_id FOREIGN KEY(tenant_id, line_id) REFERENCES request_lines (tenant_id, id) ON DELETE CASCADE, 
  CONSTRAINT fk_request_grants_tenant_id_institution_id FOREIGN KEY(tenant_id, institution_id) REFERENCES institutions (tenant_id, id), 
  CONSTRAINT ck_request_grants_amount CHECK (amount > 0)
);
CREATE INDEX ix_request_grants_institution_id ON request_grants (tenant_id, institution_id);
CREATE INDEX ix_request_grants_request_id ON request_grants (tenant_id, request_id);
CREATE UNIQUE INDEX uq_request_grants_line_id_institution_id ON request_grants (tenant_id, line_id, institution_id);
CREATE TABLE request_questions (
  tenant_id SMALLINT DEFAULT nullif(current_setting('app.tenant', true), '')::smallint NOT NULL, 
  id UUID NOT NULL, 
  request_id UUID NOT NULL, 
  line_id UUID, 
  round SMALLINT NOT NULL, 
  question TEXT NOT NULL, 
  asked_by UUID NOT NULL, 
  asked_on DATE NOT NULL, 
  answer TEXT, 
  answered_by UUID, 
  answered_on DATE, 
  recorded_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL, 
  CONSTRAINT pk_request_questions PRIMARY KEY (tenant_id, id), 
  CONSTRAINT fk_request_questions_tenant_id_request_id FOREIGN KEY(tenant_id, request_id) REFERENCES funding_requests (tenant_id, id) ON DELETE CASCADE, 
  CONSTRAINT fk_request_questions_tenant_id_line_id FOREIGN KEY(tenant_id, line_id) REFERENCES request_lines (tenant_id, id) ON DELETE CASCADE, 
  CONSTRAINT ck_request_questions_answer CHECK ((answer is null) = (answered_by is null)), 
  CONSTRAINT ck_request_questions_two_persons CHECK (answered_by is distinct from asked_by)
);
CREATE INDEX ix_request_questions_line_id ON request_questions (tenant_id, line_id);
CREATE INDEX ix_request_questions_request_id ON request_questions (tenant_id, request_id);
CREATE TABLE request_reviews (
  tenant_id SMALLINT DEFAULT nullif(current_setting('app.tenant', true), '')::smallint NOT NULL, 
  id UUID NOT NULL, 
  request_id UUID NOT NULL, 
  line_id UUID NOT NULL, 
  verdict TEXT NOT NULL, 
  note TEXT, 
  reviewed_by UUID NOT NULL, 
  reviewed_on DATE NOT NULL, 
  row_version INTEGER DEFAULT 1 NOT NULL, 
  recorded_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL, 
  CONSTRAINT pk_request_reviews PRIMARY KEY (tenant_id, id), 
  CONSTRAINT fk_request_reviews_tenant_id_request_id FOREIGN KEY(tenant_id, request_id) REFERENCES funding_requests (tenant_id, id) ON DELETE CASCADE, 
  CONSTRAINT fk_request_reviews_tenant_id_line_id FOREIGN KEY(tenant_id, line_id) REFERENCES request_lines (tenant_id, id) ON DELETE CASCADE, 
  CONSTRAINT ck_request_reviews_verdict CHECK (verdict in ('verify', 'ask', 'refuse'))
);
CREATE INDEX ix_request_reviews_request_id ON request_reviews (tenant_id, request_id);
CREATE UNIQUE INDEX uq_request_reviews_line_id ON request_reviews (tenant_id, line_id);
CREATE TABLE allocation_grants (
  tenant_id SMALLINT DEFAULT nullif(current_setting('app.tenant', true), '')::smallint NOT NULL, 
  id UUID NOT NULL, 
  allocation_id UUID NOT NULL, 
  institution_id UUID NOT NULL, 
  recipient_name TEXT NOT NULL, 
  payee_name TEXT NOT NULL, 
  amount BIGINT NOT NULL, 
  recorded_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL, 
  CONSTRAINT pk_allocation_grants PRIMARY KEY (tenant_id, id), 
  CONSTRAINT fk_allocation_grants_tenant_id_allocation_id FOREIGN KEY(tenant_id, allocation_id) REFERENCES allocations (tenant_id, id), 
  CONSTRAINT fk_allocation_grants_tenant_id_institution_id FOREIGN KEY(tenant_id, institution_id) REFERENCES institutions (tenant_id, id), 
  CONSTRAINT ck_allocation_grants_amount CHECK (amount > 0)
);
CREATE INDEX ix_allocation_grants_institution_id ON allocation_grants (tenant_id, institution_id);
CREATE UNIQUE INDEX uq_allocation_grants_allocation_id_institution_id ON allocation_grants (tenant_id, allocation_id, institution_id);
