ALTER TABLE sessions ADD COLUMN second_factor BOOLEAN DEFAULT false NOT NULL;

CREATE TABLE second_factors (
  account_id UUID NOT NULL,
  sealed_key BYTEA NOT NULL,
  made_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
  confirmed_at TIMESTAMP WITH TIME ZONE,
  last_step BIGINT DEFAULT 0 NOT NULL,
  recovery_hashes TEXT[] DEFAULT '{}' NOT NULL,
  CONSTRAINT pk_second_factors PRIMARY KEY (account_id),
  CONSTRAINT fk_second_factors_account_id_accounts FOREIGN KEY(account_id) REFERENCES accounts (id)
);

-- Reached as the account itself only, whichever tenant is set: no list of members can bring a key along.
GRANT SELECT, INSERT, UPDATE, DELETE ON second_factors TO samoe_app, samoe_fund;
ALTER TABLE second_factors ENABLE ROW LEVEL SECURITY;
ALTER TABLE second_factors FORCE ROW LEVEL SECURITY;
CREATE POLICY own_account ON second_factors AS PERMISSIVE FOR ALL TO samoe_app, samoe_fund, samoe_owner
USING (account_id = nullif(current_setting('app.account', true), '')::uuid)
WITH CHECK (account_id = nullif(current_setting('app.account', true), '')::uuid);
