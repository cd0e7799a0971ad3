-- Target groups as a tenant has them: taken from a module, or made in the browser (docs/decisions/0046-groups-made-here.md).
CREATE TABLE group_versions (
	tenant_id SMALLINT DEFAULT nullif(current_setting('app.tenant', true), '')::smallint NOT NULL, 
	id UUID NOT NULL, 
	slug TEXT NOT NULL, 
	number INTEGER NOT NULL, 
	state TEXT NOT NULL, 
	body JSONB NOT NULL, 
	origin TEXT NOT NULL, 
	shipped INTEGER, 
	based_on JSONB, 
	effective_on DATE, 
	published_at TIMESTAMP WITH TIME ZONE, 
	published_by UUID, 
	reason TEXT, 
	row_version INTEGER DEFAULT 1 NOT NULL, 
	recorded_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL, 
	CONSTRAINT pk_group_versions PRIMARY KEY (tenant_id, id), 
	CONSTRAINT ck_group_versions_state CHECK (state in ('draft', 'published')), 
	CONSTRAINT ck_group_versions_origin CHECK (origin in ('blank', 'module', 'version', 'shared')), 
	CONSTRAINT ck_group_versions_published CHECK (state = 'draft' or published_at is not null),
	CONSTRAINT ck_group_versions_own_slug CHECK (body ->> 'slug' = slug)
);
CREATE UNIQUE INDEX uq_group_versions_draft ON group_versions (tenant_id, slug) WHERE state = 'draft';
CREATE UNIQUE INDEX uq_group_versions_slug_number ON group_versions (tenant_id, slug, number);
GRANT SELECT, INSERT, UPDATE, DELETE ON group_versions TO samoe_app;
ALTER TABLE group_versions ENABLE ROW LEVEL SECURITY;
ALTER TABLE group_versions FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON group_versions AS PERMISSIVE FOR ALL TO samoe_app, samoe_owner USING (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint);
CREATE POLICY whole_insert ON group_versions AS RESTRICTIVE FOR INSERT TO samoe_app WITH CHECK ((select current_setting('app.whole', true)) = 'on');
CREATE POLICY whole_update ON group_versions AS RESTRICTIVE FOR UPDATE TO samoe_app USING ((select current_setting('app.whole', true)) = 'on') WITH CHECK ((select current_setting('app.whole', true)) = 'on');
CREATE POLICY whole_delete ON group_versions AS RESTRICTIVE FOR DELETE TO samoe_app USING ((select current_setting('app.whole', true)) = 'on');
GRANT SELECT ON group_versions TO samoe_fund;
CREATE POLICY fund_sees ON group_versions AS PERMISSIVE FOR SELECT TO samoe_fund USING ((state = 'published') or (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint and tenant_id = 1));

CREATE FUNCTION published_groups_stand() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state = 'draft' THEN
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
  END IF;
  RAISE EXCEPTION 'a published version of a target group never changes' USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE TRIGGER published_groups_stand BEFORE UPDATE OR DELETE ON group_versions
  FOR EACH ROW EXECUTE FUNCTION published_groups_stand();
