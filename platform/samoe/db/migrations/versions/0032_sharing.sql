-- Groups that provinces offer to each other, the fund's mark on them, and what was taken (docs/decisions/0049-what-is-offered.md).
CREATE TABLE group_offers (
	tenant_id SMALLINT DEFAULT nullif(current_setting('app.tenant', true), '')::smallint NOT NULL, 
	id UUID NOT NULL, 
	slug TEXT NOT NULL, 
	number INTEGER NOT NULL, 
	body JSONB NOT NULL, 
	useful_for TEXT NOT NULL, 
	offered_by UUID, 
	withdrawn_at TIMESTAMP WITH TIME ZONE, 
	recorded_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL, 
	CONSTRAINT pk_group_offers PRIMARY KEY (tenant_id, id), 
	CONSTRAINT ck_group_offers_useful_for CHECK (length(useful_for) between 1 and 1000)
);
CREATE UNIQUE INDEX uq_group_offers_live ON group_offers (tenant_id, slug) WHERE withdrawn_at is null;
GRANT SELECT, INSERT, UPDATE, DELETE ON group_offers TO samoe_app;
ALTER TABLE group_offers ENABLE ROW LEVEL SECURITY;
ALTER TABLE group_offers FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON group_offers AS PERMISSIVE FOR SELECT TO samoe_app, samoe_owner USING (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint or ((withdrawn_at is null and exists (select 1 from tenants o where o.id = group_offers.tenant_id and o.kind = 'province')) and exists (select 1 from tenants t where t.id = nullif(current_setting('app.tenant', true), '')::smallint and t.kind = 'province')));
CREATE POLICY tenant_insert ON group_offers AS PERMISSIVE FOR INSERT TO samoe_app, samoe_owner WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint);
CREATE POLICY tenant_update ON group_offers AS PERMISSIVE FOR UPDATE TO samoe_app, samoe_owner USING (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint);
CREATE POLICY tenant_delete ON group_offers AS PERMISSIVE FOR DELETE TO samoe_app, samoe_owner USING (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint);
CREATE POLICY whole_insert ON group_offers AS RESTRICTIVE FOR INSERT TO samoe_app WITH CHECK ((select current_setting('app.whole', true)) = 'on');
CREATE POLICY whole_update ON group_offers AS RESTRICTIVE FOR UPDATE TO samoe_app USING ((select current_setting('app.whole', true)) = 'on') WITH CHECK ((select current_setting('app.whole', true)) = 'on');
CREATE POLICY whole_delete ON group_offers AS RESTRICTIVE FOR DELETE TO samoe_app USING ((select current_setting('app.whole', true)) = 'on');
CREATE POLICY world ON group_offers AS RESTRICTIVE FOR ALL TO samoe_fund USING ((tenant_id < 1000 and (select nullif(current_setting('app.tenant', true), '')::smallint) < 1000 or tenant_id >= 1000 and (select nullif(current_setting('app.tenant', true), '')::smallint) in (tenant_id, tenant_id + 10000))) WITH CHECK ((tenant_id < 1000 and (select nullif(current_setting('app.tenant', true), '')::smallint) < 1000 or tenant_id >= 1000 and (select nullif(current_setting('app.tenant', true), '')::smallint) in (tenant_id, tenant_id + 10000)));
GRANT SELECT ON group_offers TO samoe_fund;
CREATE POLICY fund_sees ON group_offers AS PERMISSIVE FOR SELECT TO samoe_fund USING ((withdrawn_at is null and exists (select 1 from tenants o where o.id = group_offers.tenant_id and o.kind = 'province')) or (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint and (tenant_id = 1 or tenant_id > 10000)));

CREATE TABLE group_recommendations (
	tenant_id SMALLINT DEFAULT nullif(current_setting('app.tenant', true), '')::smallint NOT NULL, 
	id UUID NOT NULL, 
	province SMALLINT NOT NULL, 
	slug TEXT NOT NULL, 
	number INTEGER NOT NULL, 
	reason TEXT NOT NULL, 
	marked_by UUID, 
	recorded_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL, 
	CONSTRAINT pk_group_recommendations PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX uq_group_recommendations_province_slug_number ON group_recommendations (tenant_id, province, slug, number);
GRANT SELECT, INSERT, UPDATE, DELETE ON group_recommendations TO samoe_app;
ALTER TABLE group_recommendations ENABLE ROW LEVEL SECURITY;
ALTER TABLE group_recommendations FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON group_recommendations AS PERMISSIVE FOR SELECT TO samoe_app, samoe_owner USING (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint or ((tenant_id = 1) and exists (select 1 from tenants t where t.id = nullif(current_setting('app.tenant', true), '')::smallint and t.kind = 'province')));
CREATE POLICY tenant_insert ON group_recommendations AS PERMISSIVE FOR INSERT TO samoe_app, samoe_owner WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint);
CREATE POLICY tenant_update ON group_recommendations AS PERMISSIVE FOR UPDATE TO samoe_app, samoe_owner USING (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint);
CREATE POLICY tenant_delete ON group_recommendations AS PERMISSIVE FOR DELETE TO samoe_app, samoe_owner USING (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint);
CREATE POLICY world ON group_recommendations AS RESTRICTIVE FOR ALL TO samoe_fund USING ((tenant_id < 1000 and (select nullif(current_setting('app.tenant', true), '')::smallint) < 1000 or tenant_id >= 1000 and (select nullif(current_setting('app.tenant', true), '')::smallint) in (tenant_id, tenant_id + 10000))) WITH CHECK ((tenant_id < 1000 and (select nullif(current_setting('app.tenant', true), '')::smallint) < 1000 or tenant_id >= 1000 and (select nullif(current_setting('app.tenant', true), '')::smallint) in (tenant_id, tenant_id + 10000)));
GRANT SELECT, INSERT, UPDATE, DELETE ON group_recommendations TO samoe_fund;
CREATE POLICY fund_own ON group_recommendations AS PERMISSIVE FOR ALL TO samoe_fund USING (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint and (tenant_id = 1 or tenant_id > 10000)) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint and (tenant_id = 1 or tenant_id > 10000));
CREATE TRIGGER history_update AFTER UPDATE ON group_recommendations REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION keep_history();
CREATE TRIGGER history_delete AFTER DELETE ON group_recommendations REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION keep_history();

CREATE TABLE group_originals (
	tenant_id SMALLINT DEFAULT nullif(current_setting('app.tenant', true), '')::smallint NOT NULL, 
	id UUID NOT NULL, 
	slug TEXT NOT NULL, 
	from_tenant SMALLINT NOT NULL, 
	from_slug TEXT NOT NULL, 
	number INTEGER NOT NULL, 
	body JSONB NOT NULL, 
	state TEXT NOT NULL, 
	recorded_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL, 
	CONSTRAINT pk_group_originals PRIMARY KEY (tenant_id, id), 
	CONSTRAINT ck_group_originals_state CHECK (state in ('drafted', 'taken', 'left'))
);
CREATE UNIQUE INDEX uq_group_originals_slug_from_tenant_from_slug_number ON group_originals (tenant_id, slug, from_tenant, from_slug, number);
GRANT SELECT, INSERT, UPDATE, DELETE ON group_originals TO samoe_app;
ALTER TABLE group_originals ENABLE ROW LEVEL SECURITY;
ALTER TABLE group_originals FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON group_originals AS PERMISSIVE FOR ALL TO samoe_app, samoe_owner USING (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint);
CREATE POLICY whole_insert ON group_originals AS RESTRICTIVE FOR INSERT TO samoe_app WITH CHECK ((select current_setting('app.whole', true)) = 'on');
CREATE POLICY whole_update ON group_originals AS RESTRICTIVE FOR UPDATE TO samoe_app USING ((select current_setting('app.whole', true)) = 'on') WITH CHECK ((select current_setting('app.whole', true)) = 'on');
CREATE POLICY whole_delete ON group_originals AS RESTRICTIVE FOR DELETE TO samoe_app USING ((select current_setting('app.whole', true)) = 'on');

-- What is offered stands: it can only be withdrawn, once. What was taken is not thrown away.
CREATE FUNCTION offers_stand() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.withdrawn_at IS NULL AND NEW.withdrawn_at IS NOT NULL
    AND to_jsonb(NEW) - 'withdrawn_at' = to_jsonb(OLD) - 'withdrawn_at' THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'what is offered never changes' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER offers_stand BEFORE UPDATE ON group_offers FOR EACH ROW EXECUTE FUNCTION offers_stand();
REVOKE DELETE ON group_offers, group_originals FROM samoe_app;

-- The fund's mark is the fund's.
REVOKE INSERT, UPDATE, DELETE ON group_recommendations FROM samoe_app;

-- How many provinces use a group that was offered: a number, and nobody's name. As the owner, who else reads one tenant.
CREATE POLICY counted ON group_originals AS PERMISSIVE FOR SELECT TO samoe_owner USING (nullif(current_setting('app.tenant', true), '') is not null and state = 'taken');
CREATE FUNCTION provinces_using() RETURNS TABLE (from_tenant smallint, from_slug text, provinces bigint)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT o.from_tenant, o.from_slug, count(DISTINCT o.tenant_id) FROM group_originals o
  JOIN tenants t ON t.id = o.tenant_id AND t.kind = 'province'
  WHERE o.state = 'taken' AND o.from_tenant <> 0 GROUP BY 1, 2 $$;
REVOKE ALL ON FUNCTION provinces_using() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION provinces_using() TO samoe_app, samoe_fund;
