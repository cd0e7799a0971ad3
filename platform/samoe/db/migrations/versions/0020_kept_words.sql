-- What somebody typed to search for (docs/decisions/0037-names-leave-the-addresses.md). The key of a session with its
-- tenant, so that what hangs on it names its tenant, too.
ALTER TABLE sessions ADD CONSTRAINT uq_sessions_tenant_id_token_hash UNIQUE (tenant_id, token_hash);

CREATE TABLE kept_words (
  tenant_id SMALLINT DEFAULT nullif(current_setting('app.tenant', true), '')::smallint NOT NULL,
  id UUID NOT NULL,
  account_id UUID NOT NULL,
  token_hash TEXT NOT NULL,
  key TEXT NOT NULL,
  words TEXT NOT NULL,
  recorded_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
  CONSTRAINT pk_kept_words PRIMARY KEY (tenant_id, id),
  CONSTRAINT fk_kept_words_tenant_id_token_hash FOREIGN KEY(tenant_id, token_hash) REFERENCES sessions (tenant_id, token_hash) ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE UNIQUE INDEX uq_kept_words_token_hash_key ON kept_words (tenant_id, token_hash, key);
GRANT SELECT, INSERT, UPDATE, DELETE ON kept_words TO samoe_app;
ALTER TABLE kept_words ENABLE ROW LEVEL SECURITY;
ALTER TABLE kept_words FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON kept_words AS PERMISSIVE FOR ALL TO samoe_app, samoe_owner USING (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint);
CREATE POLICY own_select ON kept_words AS RESTRICTIVE FOR SELECT TO samoe_app USING (account_id = (select m.account_id from memberships m where m.tenant_id = nullif(current_setting('app.tenant', true), '')::smallint and m.id = nullif(current_setting('app.actor', true), '')::uuid));
CREATE POLICY own_update ON kept_words AS RESTRICTIVE FOR UPDATE TO samoe_app USING (account_id = (select m.account_id from memberships m where m.tenant_id = nullif(current_setting('app.tenant', true), '')::smallint and m.id = nullif(current_setting('app.actor', true), '')::uuid)) WITH CHECK (account_id = (select m.account_id from memberships m where m.tenant_id = nullif(current_setting('app.tenant', true), '')::smallint and m.id = nullif(current_setting('app.actor', true), '')::uuid));
CREATE POLICY own_delete ON kept_words AS RESTRICTIVE FOR DELETE TO samoe_app USING (account_id = (select m.account_id from memberships m where m.tenant_id = nullif(current_setting('app.tenant', true), '')::smallint and m.id = nullif(current_setting('app.actor', true), '')::uuid));
GRANT SELECT, INSERT, UPDATE, DELETE ON kept_words TO samoe_fund;
CREATE POLICY fund_own ON kept_words AS PERMISSIVE FOR ALL TO samoe_fund USING (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint and tenant_id = 1) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint and tenant_id = 1);

-- As the owner, in the tenant of the session: whoever ends a session, their own or another's, may not read what was
-- typed in it.
CREATE FUNCTION forget_words_of_session() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE before text := coalesce(current_setting('app.tenant', true), '');
BEGIN
  PERFORM set_config('app.tenant', NEW.tenant_id::text, true);
  DELETE FROM kept_words k WHERE k.tenant_id = NEW.tenant_id AND k.token_hash = NEW.token_hash;
  PERFORM set_config('app.tenant', before, true);
  RETURN NULL;
END $$;
CREATE TRIGGER forgets_words AFTER UPDATE OF ended_at ON sessions FOR EACH ROW
  WHEN (new.ended_at IS NOT NULL) EXECUTE FUNCTION forget_words_of_session();

-- What sessions that nobody ended have left in the current tenant: none outlives twelve hours.
CREATE FUNCTION forget_words() RETURNS bigint LANGUAGE sql SECURITY DEFINER
  SET search_path = pg_catalog, public, pg_temp AS $$
  WITH gone AS (DELETE FROM kept_words WHERE recorded_at < now() - interval '12 hours' RETURNING 1) SELECT count(*) FROM gone
$$;
