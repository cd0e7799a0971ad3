CREATE TABLE accounts (
  id UUID NOT NULL, 
  username TEXT NOT NULL, 
  display_name TEXT NOT NULL, 
  sort_key TEXT DEFAULT '' NOT NULL, 
  issuer TEXT DEFAULT 'local' NOT NULL, 
  subject TEXT, 
  password_hash TEXT, 
  password_set_at TIMESTAMP WITH TIME ZONE, 
  must_change_password BOOLEAN DEFAULT false NOT NULL, 
  locale TEXT DEFAULT 'th' NOT NULL, 
  is_demo BOOLEAN DEFAULT false NOT NULL, 
  disabled_at TIMESTAMP WITH TIME ZONE, 
  created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL, 
  CONSTRAINT pk_accounts PRIMARY KEY (id), 
  CONSTRAINT ck_accounts_username CHECK (username = lower(username) and username !~ '\s' and username <> ''), 
  CONSTRAINT ck_accounts_subject CHECK (issuer = 'local' or subject is not null), 
  CONSTRAINT uq_accounts_issuer_subject UNIQUE (issuer, subject), 
  CONSTRAINT uq_accounts_username UNIQUE (username)
);
CREATE TABLE idempotency_keys (
  tenant_id SMALLINT DEFAULT nullif(current_setting('app.tenant', true), '')::smallint NOT NULL, 
  id UUID NOT NULL, 
  actor_id UUID NOT NULL, 
  key TEXT NOT NULL, 
  request_hash TEXT NOT NULL, 
  location TEXT, 
  status SMALLINT DEFAULT 303 NOT NULL, 
  recorded_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL, 
  CONSTRAINT pk_idempotency_keys PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX uq_idempotency_keys_actor_id_key ON idempotency_keys (tenant_id, actor_id, key);
CREATE TABLE notices (
  tenant_id SMALLINT DEFAULT nullif(current_setting('app.tenant', true), '')::smallint NOT NULL, 
  id UUID NOT NULL, 
  account_id UUID NOT NULL, 
  kind TEXT NOT NULL, 
  subject_id UUID, 
  params JSONB DEFAULT '{}' NOT NULL, 
  read_at TIMESTAMP WITH TIME ZONE, 
  recorded_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL, 
  CONSTRAINT pk_notices PRIMARY KEY (tenant_id, id)
);
CREATE INDEX ix_notices_account_id_id ON notices (tenant_id, account_id, id);
CREATE INDEX ix_notices_account_id_read_at ON notices (tenant_id, account_id, read_at) WHERE read_at is null;
CREATE TABLE role_exclusions (
  role TEXT NOT NULL, 
  other TEXT NOT NULL, 
  CONSTRAINT pk_role_exclusions PRIMARY KEY (role, other)
);
CREATE TABLE sign_in_attempts (
  id UUID NOT NULL, 
  key TEXT NOT NULL, 
  at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL, 
  CONSTRAINT pk_sign_in_attempts PRIMARY KEY (id)
);
CREATE INDEX ix_sign_in_attempts_key_at ON sign_in_attempts (key, at);
CREATE TABLE memberships (
  tenant_id SMALLINT DEFAULT nullif(current_setting('app.tenant', true), '')::smallint NOT NULL, 
  id UUID NOT NULL, 
  account_id UUID NOT NULL, 
  role TEXT NOT NULL, 
  district_codes TEXT[], 
  area_mask BIGINT NOT NULL, 
  group_slugs TEXT[], 
  institution_ids UUID[], 
  own_caseload BOOLEAN DEFAULT false NOT NULL, 
  partner_id UUID, 
  position TEXT, 
  starts_on DATE DEFAULT current_date NOT NULL, 
  ends_on DATE, 
  disabled_at TIMESTAMP WITH TIME ZONE, 
  row_version INTEGER DEFAULT 1 NOT NULL, 
  recorded_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL, 
  CONSTRAINT pk_memberships PRIMARY KEY (tenant_id, id), 
  CONSTRAINT ck_memberships_dates CHECK (ends_on is null or ends_on >= starts_on), 
  CONSTRAINT ck_memberships_area_mask CHECK ((district_codes is null) = (area_mask = -1)), 
  CONSTRAINT fk_memberships_account_id FOREIGN KEY(account_id) REFERENCES accounts (id)
);
CREATE INDEX ix_memberships_account_id ON memberships (tenant_id, account_id);
CREATE TABLE sessions (
  token_hash TEXT NOT NULL, 
  tenant_id SMALLINT NOT NULL, 
  account_id UUID NOT NULL, 
  membership_id UUID NOT NULL, 
  csrf_token TEXT NOT NULL, 
  created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL, 
  last_seen_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL, 
  proved_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL, 
  ended_at TIMESTAMP WITH TIME ZONE, 
  user_agent TEXT, 
  CONSTRAINT pk_sessions PRIMARY KEY (token_hash), 
  CONSTRAINT fk_sessions_tenant_id_membership_id FOREIGN KEY(tenant_id, membership_id) REFERENCES memberships (tenant_id, id), 
  CONSTRAINT fk_sessions_account_id FOREIGN KEY(account_id) REFERENCES accounts (id)
);
CREATE INDEX ix_sessions_account_id ON sessions (account_id);
CREATE INDEX ix_sessions_membership_id ON sessions (tenant_id, membership_id);
GRANT SELECT, INSERT, UPDATE, DELETE ON accounts TO samoe_app;

GRANT SELECT, INSERT, UPDATE, DELETE ON idempotency_keys TO samoe_app;
ALTER TABLE idempotency_keys ENABLE ROW LEVEL SECURITY;
ALTER TABLE idempotency_keys FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON idempotency_keys AS PERMISSIVE FOR ALL TO samoe_app, samoe_owner USING (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint);
GRANT SELECT, INSERT, UPDATE, DELETE ON idempotency_keys TO samoe_fund;
CREATE POLICY fund_own ON idempotency_keys AS PERMISSIVE FOR ALL TO samoe_fund USING (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint and tenant_id = 1) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint and tenant_id = 1);

GRANT SELECT, INSERT, UPDATE, DELETE ON notices TO samoe_app;
ALTER TABLE notices ENABLE ROW LEVEL SECURITY;
ALTER TABLE notices FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON notices AS PERMISSIVE FOR ALL TO samoe_app, samoe_owner USING (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint);
CREATE POLICY own_select ON notices AS RESTRICTIVE FOR SELECT TO samoe_app USING (account_id = (select m.account_id from memberships m where m.tenant_id = nullif(current_setting('app.tenant', true), '')::smallint and m.id = nullif(current_setting('app.actor', true), '')::uuid));
CREATE POLICY own_update ON notices AS RESTRICTIVE FOR UPDATE TO samoe_app USING (account_id = (select m.account_id from memberships m where m.tenant_id = nullif(current_setting('app.tenant', true), '')::smallint and m.id = nullif(current_setting('app.actor', true), '')::uuid)) WITH CHECK (account_id = (select m.account_id from memberships m where m.tenant_id = nullif(current_setting('app.tenant', true), '')::smallint and m.id = nullif(current_setting('app.actor', true), '')::uuid));
CREATE POLICY own_delete ON notices AS RESTRICTIVE FOR DELETE TO samoe_app USING (account_id = (select m.account_id from memberships m where m.tenant_id = nullif(current_setting('app.tenant', true), '')::smallint and m.id = nullif(current_setting('app.actor', true), '')::uuid));
GRANT SELECT, INSERT ON notices TO samoe_fund;
CREATE POLICY fund_own ON notices AS PERMISSIVE FOR SELECT TO samoe_fund USING (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint and tenant_id = 1);
CREATE POLICY fund_adds ON notices AS PERMISSIVE FOR INSERT TO samoe_fund WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint);

GRANT SELECT, INSERT, UPDATE, DELETE ON role_exclusions TO samoe_app;
GRANT SELECT ON role_exclusions TO samoe_fund;

GRANT SELECT, INSERT, UPDATE, DELETE ON sign_in_attempts TO samoe_app;

GRANT SELECT, INSERT, UPDATE, DELETE ON memberships TO samoe_app;
ALTER TABLE memberships ENABLE ROW LEVEL SECURITY;
ALTER TABLE memberships FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON memberships AS PERMISSIVE FOR ALL TO samoe_app, samoe_owner USING (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint);
GRANT SELECT, INSERT, UPDATE, DELETE ON memberships TO samoe_fund;
CREATE POLICY fund_own ON memberships AS PERMISSIVE FOR ALL TO samoe_fund USING (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint and tenant_id = 1) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint and tenant_id = 1);
CREATE TRIGGER history_update AFTER UPDATE ON memberships REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION keep_history();
CREATE TRIGGER history_delete AFTER DELETE ON memberships REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION keep_history();

