CREATE TABLE directory_entries (
  tenant_id SMALLINT DEFAULT nullif(current_setting('app.tenant', true), '')::smallint NOT NULL,
  id UUID NOT NULL,
  membership_id UUID NOT NULL,
  letter_wanted_at TIMESTAMP WITH TIME ZONE,
  letter_sent_at TIMESTAMP WITH TIME ZONE,
  factor_reset_wanted_at TIMESTAMP WITH TIME ZONE,
  factor_reset_at TIMESTAMP WITH TIME ZONE,
  try_at TIMESTAMP WITH TIME ZONE DEFAULT now(),
  tries SMALLINT DEFAULT 0 NOT NULL,
  agreed_at TIMESTAMP WITH TIME ZONE,
  fault TEXT,
  recorded_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
  CONSTRAINT pk_directory_entries PRIMARY KEY (tenant_id, id),
  CONSTRAINT fk_directory_entries_tenant_id_membership_id FOREIGN KEY(tenant_id, membership_id) REFERENCES memberships (tenant_id, id),
  CONSTRAINT ck_directory_entries_fault CHECK (fault in ('away', 'refused', 'mail', 'taken', 'no_address'))
);
CREATE INDEX ix_directory_entries_try_at ON directory_entries (tenant_id, try_at) WHERE try_at is not null;
CREATE UNIQUE INDEX uq_directory_entries_membership_id ON directory_entries (tenant_id, membership_id);
GRANT SELECT, INSERT, UPDATE, DELETE ON directory_entries TO samoe_app;
ALTER TABLE directory_entries ENABLE ROW LEVEL SECURITY;
ALTER TABLE directory_entries FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON directory_entries AS PERMISSIVE FOR ALL TO samoe_app, samoe_owner USING (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint);
CREATE POLICY narrow ON directory_entries AS RESTRICTIVE FOR SELECT TO samoe_app USING (((select current_setting('app.whole', true)) = 'on' or false));
GRANT SELECT, INSERT, UPDATE, DELETE ON directory_entries TO samoe_fund;
CREATE POLICY fund_own ON directory_entries AS PERMISSIVE FOR ALL TO samoe_fund USING (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint and tenant_id = 1) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint and tenant_id = 1);
