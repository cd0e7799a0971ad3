-- What a province knows of its rehearsals (docs/decisions/0045-rehearsals-are-tenants.md).
CREATE TABLE rehearsals (
	tenant_id SMALLINT DEFAULT nullif(current_setting('app.tenant', true), '')::smallint NOT NULL, 
	id UUID NOT NULL, 
	number SMALLINT NOT NULL, 
	phase_number SMALLINT NOT NULL, 
	per_group SMALLINT NOT NULL, 
	seed INTEGER NOT NULL, 
	with_drafts BOOLEAN NOT NULL, 
	state TEXT DEFAULT 'waiting' NOT NULL, 
	steps JSONB NOT NULL, 
	outcome JSONB, 
	started_by UUID, 
	finished_at TIMESTAMP WITH TIME ZONE, 
	expires_on DATE NOT NULL, 
	thrown_away_at TIMESTAMP WITH TIME ZONE, 
	recorded_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL, 
	CONSTRAINT pk_rehearsals PRIMARY KEY (tenant_id, id), 
	CONSTRAINT ck_rehearsals_state CHECK (state in ('waiting', 'running', 'done', 'thrown_away')), 
	CONSTRAINT ck_rehearsals_number CHECK (number between 1000 and 9999), 
	CONSTRAINT ck_rehearsals_thrown_away CHECK ((state = 'thrown_away') = (thrown_away_at is not null))
);
CREATE INDEX ix_rehearsals_number ON rehearsals (tenant_id, number);
CREATE UNIQUE INDEX uq_rehearsals_live ON rehearsals (tenant_id) WHERE state <> 'thrown_away';
GRANT SELECT, INSERT, UPDATE, DELETE ON rehearsals TO samoe_app;
ALTER TABLE rehearsals ENABLE ROW LEVEL SECURITY;
ALTER TABLE rehearsals FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON rehearsals AS PERMISSIVE FOR ALL TO samoe_app, samoe_owner USING (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint);
CREATE POLICY whole_insert ON rehearsals AS RESTRICTIVE FOR INSERT TO samoe_app WITH CHECK ((select current_setting('app.whole', true)) = 'on');
CREATE POLICY whole_update ON rehearsals AS RESTRICTIVE FOR UPDATE TO samoe_app USING ((select current_setting('app.whole', true)) = 'on') WITH CHECK ((select current_setting('app.whole', true)) = 'on');
CREATE POLICY whole_delete ON rehearsals AS RESTRICTIVE FOR DELETE TO samoe_app USING ((select current_setting('app.whole', true)) = 'on');

ALTER TABLE tenants ADD CONSTRAINT ck_tenants_rehearsal CHECK ((kind = 'rehearsal') = (id >= 1000));
-- The made-up fund of a rehearsal keeps a book of its own, too.
ALTER TABLE fund_accounts DROP CONSTRAINT ck_fund_accounts_own_book;
ALTER TABLE fund_accounts ADD CONSTRAINT ck_fund_accounts_own_book
  CHECK ((book = 'fund') = (tenant_id = 1 or tenant_id > 10000));
