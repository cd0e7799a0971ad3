-- Numbers that members with a part of a province claim, and nobody but who reaches all of it writes a number itself: what is
-- unique in a province would tell others of people whom they do not see (docs/decisions/0038-numbers-are-claimed.md).
CREATE TABLE identifier_claims (
	tenant_id SMALLINT DEFAULT nullif(current_setting('app.tenant', true), '')::smallint NOT NULL,
	id UUID NOT NULL,
	person_id UUID NOT NULL,
	kind TEXT NOT NULL,
	value TEXT NOT NULL,
	checksum_ok BOOLEAN NOT NULL,
	valid_from DATE,
	claimed_by UUID,
	state TEXT DEFAULT 'waiting' NOT NULL,
	recorded_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	CONSTRAINT pk_identifier_claims PRIMARY KEY (tenant_id, id),
	CONSTRAINT fk_identifier_claims_tenant_id_person_id FOREIGN KEY(tenant_id, person_id) REFERENCES persons (tenant_id, id) ON DELETE CASCADE,
	CONSTRAINT ck_identifier_claims_kind CHECK (kind in ('national_id', 'g_code', 'passport')),
	CONSTRAINT ck_identifier_claims_state CHECK (state in ('waiting', 'taken', 'held'))
);
CREATE INDEX ix_identifier_claims_kind_value ON identifier_claims (tenant_id, kind, value);
CREATE UNIQUE INDEX uq_identifier_claims_person_id_kind ON identifier_claims (tenant_id, person_id, kind);
GRANT SELECT, INSERT, UPDATE, DELETE ON identifier_claims TO samoe_app;
ALTER TABLE identifier_claims ENABLE ROW LEVEL SECURITY;
ALTER TABLE identifier_claims FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON identifier_claims AS PERMISSIVE FOR ALL TO samoe_app, samoe_owner USING (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint);
CREATE POLICY reach_select ON identifier_claims AS RESTRICTIVE FOR SELECT TO samoe_app USING (((select current_setting('app.whole', true)) = 'on' or exists (select 1 from person_access a where a.tenant_id = identifier_claims.tenant_id and a.person_id = identifier_claims.person_id)));
CREATE POLICY reach_update ON identifier_claims AS RESTRICTIVE FOR UPDATE TO samoe_app USING (((select current_setting('app.whole', true)) = 'on' or exists (select 1 from person_access a where a.tenant_id = identifier_claims.tenant_id and a.person_id = identifier_claims.person_id))) WITH CHECK (((select current_setting('app.whole', true)) = 'on' or exists (select 1 from person_access a where a.tenant_id = identifier_claims.tenant_id and a.person_id = identifier_claims.person_id)));
CREATE POLICY reach_delete ON identifier_claims AS RESTRICTIVE FOR DELETE TO samoe_app USING (((select current_setting('app.whole', true)) = 'on' or exists (select 1 from person_access a where a.tenant_id = identifier_claims.tenant_id and a.person_id = identifier_claims.person_id)));
CREATE POLICY reach_insert ON identifier_claims AS RESTRICTIVE FOR INSERT TO samoe_app WITH CHECK (((select current_setting('app.whole', true)) = 'on' or exists (select 1 from person_access a where a.tenant_id = identifier_claims.tenant_id and a.person_id = identifier_claims.person_id)));
CREATE TRIGGER history_update AFTER UPDATE ON identifier_claims REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION keep_history();
CREATE TRIGGER history_delete AFTER DELETE ON identifier_claims REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION keep_history();

CREATE POLICY whole_insert ON person_identifiers AS RESTRICTIVE FOR INSERT TO samoe_app WITH CHECK ((select current_setting('app.whole', true)) = 'on');
CREATE POLICY whole_update ON person_identifiers AS RESTRICTIVE FOR UPDATE TO samoe_app USING ((select current_setting('app.whole', true)) = 'on') WITH CHECK ((select current_setting('app.whole', true)) = 'on');
CREATE POLICY whole_delete ON person_identifiers AS RESTRICTIVE FOR DELETE TO samoe_app USING ((select current_setting('app.whole', true)) = 'on');
