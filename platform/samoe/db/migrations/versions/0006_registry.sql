CREATE TABLE person_access (
  tenant_id SMALLINT DEFAULT nullif(current_setting('app.tenant', true), '')::smallint NOT NULL, 
  id UUID NOT NULL, 
  person_id UUID NOT NULL, 
  area_bit BIGINT NOT NULL, 
  group_bit BIGINT NOT NULL, 
  institution_id UUID, 
  worker_id UUID, 
  recorded_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL, 
  CONSTRAINT pk_person_access PRIMARY KEY (tenant_id, id)
);
CREATE INDEX ix_person_access_person_id_area_bit_group_bit ON person_access (tenant_id, person_id, area_bit, group_bit);
CREATE TABLE person_identifiers (
  tenant_id SMALLINT DEFAULT nullif(current_setting('app.tenant', true), '')::smallint NOT NULL, 
  id UUID NOT NULL, 
  person_id UUID NOT NULL, 
  kind TEXT NOT NULL, 
  value TEXT NOT NULL, 
  checksum_ok BOOLEAN DEFAULT true NOT NULL, 
  valid_from DATE, 
  valid_to DATE, 
  recorded_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL, 
  CONSTRAINT pk_person_identifiers PRIMARY KEY (tenant_id, id), 
  CONSTRAINT ck_person_identifiers_kind CHECK (kind in ('national_id', 'g_code', 'passport'))
);
CREATE INDEX ix_person_identifiers_person_id ON person_identifiers (tenant_id, person_id);
CREATE UNIQUE INDEX uq_person_identifiers_kind_value ON person_identifiers (tenant_id, kind, value) WHERE valid_to is null;
CREATE TABLE persons (
  tenant_id SMALLINT DEFAULT nullif(current_setting('app.tenant', true), '')::smallint NOT NULL, 
  id UUID NOT NULL, 
  title TEXT, 
  first_name TEXT NOT NULL, 
  last_name TEXT DEFAULT '' NOT NULL, 
  search_name TEXT NOT NULL, 
  sort_key TEXT NOT NULL, 
  sex TEXT, 
  birth_date DATE, 
  birth_precision TEXT DEFAULT 'unknown' NOT NULL, 
  area_code TEXT, 
  area_bit BIGINT NOT NULL, 
  house_no TEXT, 
  moo TEXT, 
  phones TEXT[], 
  guardian_name TEXT, 
  merged_into_id UUID, 
  import_batch_id UUID, 
  updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL, 
  row_version INTEGER DEFAULT 1 NOT NULL, 
  recorded_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL, 
  CONSTRAINT pk_persons PRIMARY KEY (tenant_id, id), 
  CONSTRAINT ck_persons_birth_precision CHECK (birth_precision in ('day', 'month', 'year', 'unknown'))
);
CREATE INDEX ix_persons_sort_key_id ON persons (tenant_id, sort_key, id);
CREATE TABLE placements (
  tenant_id SMALLINT DEFAULT nullif(current_setting('app.tenant', true), '')::smallint NOT NULL, 
  id UUID NOT NULL, 
  person_id UUID NOT NULL, 
  institution_id UUID NOT NULL, 
  from_on DATE, 
  to_on DATE, 
  reason TEXT, 
  import_batch_id UUID, 
  recorded_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL, 
  CONSTRAINT pk_placements PRIMARY KEY (tenant_id, id)
);
CREATE INDEX ix_placements_institution_id ON placements (tenant_id, institution_id);
CREATE INDEX ix_placements_person_id_institution_id ON placements (tenant_id, person_id, institution_id);
CREATE TABLE consents (
  tenant_id SMALLINT DEFAULT nullif(current_setting('app.tenant', true), '')::smallint NOT NULL, 
  id UUID NOT NULL, 
  person_id UUID NOT NULL, 
  purpose TEXT NOT NULL, 
  text_version TEXT NOT NULL, 
  given_by TEXT NOT NULL, 
  guardian_name TEXT, 
  relation TEXT, 
  channel TEXT NOT NULL, 
  given_on DATE NOT NULL, 
  withdrawn_on DATE, 
  document_id UUID, 
  recorded_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL, 
  CONSTRAINT pk_consents PRIMARY KEY (tenant_id, id), 
  CONSTRAINT fk_consents_tenant_id_person_id FOREIGN KEY(tenant_id, person_id) REFERENCES persons (tenant_id, id) ON DELETE CASCADE, 
  CONSTRAINT ck_consents_given_by CHECK (given_by in ('self', 'guardian'))
);
CREATE INDEX ix_consents_person_id_purpose ON consents (tenant_id, person_id, purpose);
CREATE TABLE duplicate_candidates (
  tenant_id SMALLINT DEFAULT nullif(current_setting('app.tenant', true), '')::smallint NOT NULL, 
  id UUID NOT NULL, 
  person_id UUID NOT NULL, 
  other_person_id UUID, 
  reason TEXT NOT NULL, 
  state TEXT DEFAULT 'open' NOT NULL, 
  decided_by UUID, 
  decided_at TIMESTAMP WITH TIME ZONE, 
  decided_reason TEXT, 
  import_batch_id UUID, 
  recorded_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL, 
  CONSTRAINT pk_duplicate_candidates PRIMARY KEY (tenant_id, id), 
  CONSTRAINT fk_duplicate_candidates_tenant_id_person_id FOREIGN KEY(tenant_id, person_id) REFERENCES persons (tenant_id, id) ON DELETE CASCADE, 
  CONSTRAINT ck_duplicate_candidates_state CHECK (state in ('open', 'same', 'different')), 
  CONSTRAINT ck_duplicate_candidates_reasoned CHECK (state = 'open' or decided_reason is not null)
);
CREATE INDEX ix_duplicate_candidates_person_id ON duplicate_candidates (tenant_id, person_id);
CREATE INDEX ix_duplicate_candidates_state_id ON duplicate_candidates (tenant_id, state, id);
CREATE TABLE households (
  tenant_id SMALLINT DEFAULT nullif(current_setting('app.tenant', true), '')::smallint NOT NULL, 
  id UUID NOT NULL, 
  area_code TEXT, 
  area_bit BIGINT NOT NULL, 
  house_no TEXT, 
  moo TEXT, 
  row_version INTEGER DEFAULT 1 NOT NULL, 
  recorded_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL, 
  CONSTRAINT pk_households PRIMARY KEY (tenant_id, id), 
  CONSTRAINT fk_households_area_code FOREIGN KEY(area_code) REFERENCES areas (code)
);
CREATE TABLE institutions (
  tenant_id SMALLINT DEFAULT nullif(current_setting('app.tenant', true), '')::smallint NOT NULL, 
  id UUID NOT NULL, 
  kind TEXT NOT NULL, 
  name TEXT NOT NULL, 
  name_key TEXT NOT NULL, 
  sort_key TEXT NOT NULL, 
  area_code TEXT NOT NULL, 
  area_bit BIGINT NOT NULL, 
  import_batch_id UUID, 
  closed_on DATE, 
  updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL, 
  row_version INTEGER DEFAULT 1 NOT NULL, 
  recorded_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL, 
  CONSTRAINT pk_institutions PRIMARY KEY (tenant_id, id), 
  CONSTRAINT ck_institutions_kind CHECK (kind in ('child_centre', 'school', 'learning_centre', 'training_provider', 'other')), 
  CONSTRAINT fk_institutions_area_code FOREIGN KEY(area_code) REFERENCES areas (code)
);
CREATE INDEX ix_institutions_sort_key_id ON institutions (tenant_id, sort_key, id);
CREATE UNIQUE INDEX uq_institutions_area_code_kind_name_key ON institutions (tenant_id, area_code, kind, name_key);
CREATE TABLE person_merges (
  tenant_id SMALLINT DEFAULT nullif(current_setting('app.tenant', true), '')::smallint NOT NULL, 
  id UUID NOT NULL, 
  kept_id UUID NOT NULL, 
  merged_id UUID NOT NULL, 
  candidate_id UUID, 
  reason TEXT NOT NULL, 
  merged_by UUID, 
  parted_at TIMESTAMP WITH TIME ZONE, 
  parted_by UUID, 
  parted_reason TEXT, 
  recorded_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL, 
  CONSTRAINT pk_person_merges PRIMARY KEY (tenant_id, id), 
  CONSTRAINT fk_person_merges_tenant_id_kept_id FOREIGN KEY(tenant_id, kept_id) REFERENCES persons (tenant_id, id), 
  CONSTRAINT fk_person_merges_tenant_id_merged_id FOREIGN KEY(tenant_id, merged_id) REFERENCES persons (tenant_id, id), 
  CONSTRAINT ck_person_merges_two_records CHECK (kept_id <> merged_id), 
  CONSTRAINT ck_person_merges_parted CHECK ((parted_at is null) = (parted_reason is null))
);
CREATE INDEX ix_person_merges_kept_id ON person_merges (tenant_id, kept_id);
CREATE INDEX ix_person_merges_merged_id ON person_merges (tenant_id, merged_id);
CREATE UNIQUE INDEX uq_person_merges_merged_id ON person_merges (tenant_id, merged_id) WHERE parted_at is null;
CREATE TABLE household_members (
  tenant_id SMALLINT DEFAULT nullif(current_setting('app.tenant', true), '')::smallint NOT NULL, 
  id UUID NOT NULL, 
  household_id UUID NOT NULL, 
  person_id UUID NOT NULL, 
  relation TEXT, 
  from_on DATE, 
  to_on DATE, 
  recorded_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL, 
  CONSTRAINT pk_household_members PRIMARY KEY (tenant_id, id), 
  CONSTRAINT fk_household_members_tenant_id_household_id FOREIGN KEY(tenant_id, household_id) REFERENCES households (tenant_id, id) ON DELETE CASCADE, 
  CONSTRAINT fk_household_members_tenant_id_person_id FOREIGN KEY(tenant_id, person_id) REFERENCES persons (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX ix_household_members_household_id ON household_members (tenant_id, household_id);
CREATE INDEX ix_household_members_person_id ON household_members (tenant_id, person_id);
CREATE TABLE institution_supervisions (
  tenant_id SMALLINT DEFAULT nullif(current_setting('app.tenant', true), '')::smallint NOT NULL, 
  id UUID NOT NULL, 
  institution_id UUID NOT NULL, 
  agency_name TEXT NOT NULL, 
  area_bit BIGINT NOT NULL, 
  from_on DATE, 
  to_on DATE, 
  import_batch_id UUID, 
  recorded_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL, 
  CONSTRAINT pk_institution_supervisions PRIMARY KEY (tenant_id, id), 
  CONSTRAINT fk_institution_supervisions_tenant_id_institution_id FOREIGN KEY(tenant_id, institution_id) REFERENCES institutions (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX ix_institution_supervisions_institution_id ON institution_supervisions (tenant_id, institution_id);
CREATE TABLE person_merge_moves (
  tenant_id SMALLINT DEFAULT nullif(current_setting('app.tenant', true), '')::smallint NOT NULL, 
  id UUID NOT NULL, 
  merge_id UUID NOT NULL, 
  kept_id UUID NOT NULL, 
  seq INTEGER NOT NULL, 
  table_name TEXT NOT NULL, 
  row_id UUID NOT NULL, 
  was JSONB NOT NULL, 
  became JSONB NOT NULL, 
  recorded_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL, 
  CONSTRAINT pk_person_merge_moves PRIMARY KEY (tenant_id, id), 
  CONSTRAINT fk_person_merge_moves_tenant_id_merge_id FOREIGN KEY(tenant_id, merge_id) REFERENCES person_merges (tenant_id, id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX uq_person_merge_moves_merge_id_seq ON person_merge_moves (tenant_id, merge_id, seq);
GRANT SELECT, INSERT, UPDATE, DELETE ON person_access TO samoe_app;
ALTER TABLE person_access ENABLE ROW LEVEL SECURITY;
ALTER TABLE person_access FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON person_access AS PERMISSIVE FOR ALL TO samoe_app, samoe_owner USING (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint);
CREATE POLICY area ON person_access AS RESTRICTIVE FOR ALL TO samoe_app USING (area_bit & (select nullif(current_setting('app.area_mask', true), '')::bigint) <> 0) WITH CHECK (area_bit & (select nullif(current_setting('app.area_mask', true), '')::bigint) <> 0);
CREATE POLICY target_group ON person_access AS RESTRICTIVE FOR ALL TO samoe_app USING (group_bit & (select nullif(current_setting('app.group_mask', true), '')::bigint) <> 0) WITH CHECK (group_bit & (select nullif(current_setting('app.group_mask', true), '')::bigint) <> 0);
CREATE POLICY own ON person_access AS RESTRICTIVE FOR ALL TO samoe_app USING (((select current_setting('app.own', true)) = 'all' or institution_id = any((select nullif(current_setting('app.institutions', true), ''))::uuid[]) or worker_id = (select nullif(current_setting('app.worker', true), '')::uuid))) WITH CHECK (((select current_setting('app.own', true)) = 'all' or institution_id = any((select nullif(current_setting('app.institutions', true), ''))::uuid[]) or worker_id = (select nullif(current_setting('app.worker', true), '')::uuid)));

GRANT SELECT, INSERT, UPDATE, DELETE ON person_identifiers TO samoe_app;
ALTER TABLE person_identifiers ENABLE ROW LEVEL SECURITY;
ALTER TABLE person_identifiers FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON person_identifiers AS PERMISSIVE FOR ALL TO samoe_app, samoe_owner USING (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint);
CREATE POLICY reach_select ON person_identifiers AS RESTRICTIVE FOR SELECT TO samoe_app USING (((select current_setting('app.whole', true)) = 'on' or exists (select 1 from person_access a where a.tenant_id = person_identifiers.tenant_id and a.person_id = person_identifiers.person_id)));
CREATE POLICY reach_update ON person_identifiers AS RESTRICTIVE FOR UPDATE TO samoe_app USING (((select current_setting('app.whole', true)) = 'on' or exists (select 1 from person_access a where a.tenant_id = person_identifiers.tenant_id and a.person_id = person_identifiers.person_id))) WITH CHECK (((select current_setting('app.whole', true)) = 'on' or exists (select 1 from person_access a where a.tenant_id = person_identifiers.tenant_id and a.person_id = person_identifiers.person_id)));
CREATE POLICY reach_delete ON person_identifiers AS RESTRICTIVE FOR DELETE TO samoe_app USING (((select current_setting('app.whole', true)) = 'on' or exists (select 1 from person_access a where a.tenant_id = person_identifiers.tenant_id and a.person_id = person_identifiers.person_id)));
CREATE POLICY reach_insert ON person_identifiers AS RESTRICTIVE FOR INSERT TO samoe_app WITH CHECK (((select current_setting('app.whole', true)) = 'on' or exists (select 1 from person_access a where a.tenant_id = person_identifiers.tenant_id and a.person_id = person_identifiers.person_id)));
CREATE TRIGGER refers_insert AFTER INSERT ON person_identifiers REFERENCING NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION refers_to_known('person_id', 'persons');
CREATE TRIGGER refers_update AFTER UPDATE ON person_identifiers REFERENCING OLD TABLE AS before NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION refers_to_known('person_id', 'persons');
CREATE TRIGGER person_identifiers_person_id_delete AFTER DELETE ON persons REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION goes_with_it('person_identifiers', 'person_id');
CREATE TRIGGER person_identifiers_person_id_update AFTER UPDATE ON persons REFERENCING OLD TABLE AS before NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION nothing_refers_to_it('person_identifiers', 'person_id');
CREATE TRIGGER person_identifiers_person_id_truncate AFTER TRUNCATE ON persons FOR EACH STATEMENT EXECUTE FUNCTION nothing_refers_to_it('person_identifiers', 'person_id');
CREATE TRIGGER history_update AFTER UPDATE ON person_identifiers REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION keep_history();
CREATE TRIGGER history_delete AFTER DELETE ON person_identifiers REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION keep_history();

GRANT SELECT, INSERT, UPDATE, DELETE ON persons TO samoe_app;
ALTER TABLE persons ENABLE ROW LEVEL SECURITY;
ALTER TABLE persons FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON persons AS PERMISSIVE FOR ALL TO samoe_app, samoe_owner USING (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint);
CREATE POLICY reach_select ON persons AS RESTRICTIVE FOR SELECT TO samoe_app USING (((select current_setting('app.whole', true)) = 'on' or exists (select 1 from person_access a where a.tenant_id = persons.tenant_id and a.person_id = persons.id)));
CREATE POLICY reach_update ON persons AS RESTRICTIVE FOR UPDATE TO samoe_app USING (((select current_setting('app.whole', true)) = 'on' or exists (select 1 from person_access a where a.tenant_id = persons.tenant_id and a.person_id = persons.id))) WITH CHECK (((select current_setting('app.whole', true)) = 'on' or exists (select 1 from person_access a where a.tenant_id = persons.tenant_id and a.person_id = persons.id)));
CREATE POLICY reach_delete ON persons AS RESTRICTIVE FOR DELETE TO samoe_app USING (((select current_setting('app.whole', true)) = 'on' or exists (select 1 from person_access a where a.tenant_id = persons.tenant_id and a.person_id = persons.id)));
CREATE POLICY reach_insert ON persons AS RESTRICTIVE FOR INSERT TO samoe_app WITH CHECK (area_bit & (select nullif(current_setting('app.area_mask', true), '')::bigint) <> 0);
CREATE TRIGGER refers_insert AFTER INSERT ON persons REFERENCING NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION refers_to_known('area_code', 'areas');
CREATE TRIGGER refers_update AFTER UPDATE ON persons REFERENCING OLD TABLE AS before NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION refers_to_known('area_code', 'areas');
CREATE TRIGGER history_update AFTER UPDATE ON persons REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION keep_history();
CREATE TRIGGER history_delete AFTER DELETE ON persons REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION keep_history();

GRANT SELECT, INSERT, UPDATE, DELETE ON placements TO samoe_app;
ALTER TABLE placements ENABLE ROW LEVEL SECURITY;
ALTER TABLE placements FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON placements AS PERMISSIVE FOR ALL TO samoe_app, samoe_owner USING (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint);
CREATE POLICY reach_select ON placements AS RESTRICTIVE FOR SELECT TO samoe_app USING (((select current_setting('app.whole', true)) = 'on' or exists (select 1 from person_access a where a.tenant_id = placements.tenant_id and a.person_id = placements.person_id)));
CREATE POLICY reach_update ON placements AS RESTRICTIVE FOR UPDATE TO samoe_app USING (((select current_setting('app.whole', true)) = 'on' or exists (select 1 from person_access a where a.tenant_id = placements.tenant_id and a.person_id = placements.person_id))) WITH CHECK (((select current_setting('app.whole', true)) = 'on' or exists (select 1 from person_access a where a.tenant_id = placements.tenant_id and a.person_id = placements.person_id)));
CREATE POLICY reach_delete ON placements AS RESTRICTIVE FOR DELETE TO samoe_app USING (((select current_setting('app.whole', true)) = 'on' or exists (select 1 from person_access a where a.tenant_id = placements.tenant_id and a.person_id = placements.person_id)));
CREATE POLICY reach_insert ON placements AS RESTRICTIVE FOR INSERT TO samoe_app WITH CHECK (((select current_setting('app.whole', true)) = 'on' or exists (select 1 from person_access a where a.tenant_id = placements.tenant_id and a.person_id = placements.person_id)));
CREATE TRIGGER refers_insert AFTER INSERT ON placements REFERENCING NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION refers_to_known('person_id', 'persons', 'institution_id', 'institutions');
CREATE TRIGGER refers_update AFTER UPDATE ON placements REFERENCING OLD TABLE AS before NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION refers_to_known('person_id', 'persons', 'institution_id', 'institutions');
CREATE TRIGGER placements_person_id_delete AFTER DELETE ON persons REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION goes_with_it('placements', 'person_id');
CREATE TRIGGER placements_person_id_update AFTER UPDATE ON persons REFERENCING OLD TABLE AS before NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION nothing_refers_to_it('placements', 'person_id');
CREATE TRIGGER placements_person_id_truncate AFTER TRUNCATE ON persons FOR EACH STATEMENT EXECUTE FUNCTION nothing_refers_to_it('placements', 'person_id');
CREATE TRIGGER placements_institution_id_delete AFTER DELETE ON institutions REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION nothing_refers_to_it('placements', 'institution_id');
CREATE TRIGGER placements_institution_id_update AFTER UPDATE ON institutions REFERENCING OLD TABLE AS before NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION nothing_refers_to_it('placements', 'institution_id');
CREATE TRIGGER placements_institution_id_truncate AFTER TRUNCATE ON institutions FOR EACH STATEMENT EXECUTE FUNCTION nothing_refers_to_it('placements', 'institution_id');
CREATE TRIGGER history_update AFTER UPDATE ON placements REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION keep_history();
CREATE TRIGGER history_delete AFTER DELETE ON placements REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION keep_history();

GRANT SELECT, INSERT, UPDATE, DELETE ON consents TO samoe_app;
ALTER TABLE consents ENABLE ROW LEVEL SECURITY;
ALTER TABLE consents FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON consents AS PERMISSIVE FOR ALL TO samoe_app, samoe_owner USING (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint);
CREATE POLICY reach_select ON consents AS RESTRICTIVE FOR SELECT TO samoe_app USING (((select current_setting('app.whole', true)) = 'on' or exists (select 1 from person_access a where a.tenant_id = consents.tenant_id and a.person_id = consents.person_id)));
CREATE POLICY reach_update ON consents AS RESTRICTIVE FOR UPDATE TO samoe_app USING (((select current_setting('app.whole', true)) = 'on' or exists (select 1 from person_access a where a.tenant_id = consents.tenant_id and a.person_id = consents.person_id))) WITH CHECK (((select current_setting('app.whole', true)) = 'on' or exists (select 1 from person_access a where a.tenant_id = consents.tenant_id and a.person_id = consents.person_id)));
CREATE POLICY reach_delete ON consents AS RESTRICTIVE FOR DELETE TO samoe_app USING (((select current_setting('app.whole', true)) = 'on' or exists (select 1 from person_access a where a.tenant_id = consents.tenant_id and a.person_id = consents.person_id)));
CREATE POLICY reach_insert ON consents AS RESTRICTIVE FOR INSERT TO samoe_app WITH CHECK (((select current_setting('app.whole', true)) = 'on' or exists (select 1 from person_access a where a.tenant_id = consents.tenant_id and a.person_id = consents.person_id)));
CREATE TRIGGER history_update AFTER UPDATE ON consents REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION keep_history();
CREATE TRIGGER history_delete AFTER DELETE ON consents REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION keep_history();

GRANT SELECT, INSERT, UPDATE, DELETE ON duplicate_candidates TO samoe_app;
ALTER TABLE duplicate_candidates ENABLE ROW LEVEL SECURITY;
ALTER TABLE duplicate_candidates FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON duplicate_candidates AS PERMISSIVE FOR ALL TO samoe_app, samoe_owner USING (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint);
CREATE POLICY reach_select ON duplicate_candidates AS RESTRICTIVE FOR SELECT TO samoe_app USING (((select current_setting('app.whole', true)) = 'on' or exists (select 1 from person_access a where a.tenant_id = duplicate_candidates.tenant_id and a.person_id = duplicate_candidates.person_id) and exists (select 1 from person_access a where a.tenant_id = duplicate_candidates.tenant_id and a.person_id = duplicate_candidates.other_person_id)));
CREATE POLICY reach_update ON duplicate_candidates AS RESTRICTIVE FOR UPDATE TO samoe_app USING (((select current_setting('app.whole', true)) = 'on' or exists (select 1 from person_access a where a.tenant_id = duplicate_candidates.tenant_id and a.person_id = duplicate_candidates.person_id) and exists (select 1 from person_access a where a.tenant_id = duplicate_candidates.tenant_id and a.person_id = duplicate_candidates.other_person_id))) WITH CHECK (((select current_setting('app.whole', true)) = 'on' or exists (select 1 from person_access a where a.tenant_id = duplicate_candidates.tenant_id and a.person_id = duplicate_candidates.person_id) and exists (select 1 from person_access a where a.tenant_id = duplicate_candidates.tenant_id and a.person_id = duplicate_candidates.other_person_id)));
CREATE POLICY reach_delete ON duplicate_candidates AS RESTRICTIVE FOR DELETE TO samoe_app USING (((select current_setting('app.whole', true)) = 'on' or exists (select 1 from person_access a where a.tenant_id = duplicate_candidates.tenant_id and a.person_id = duplicate_candidates.person_id) and exists (select 1 from person_access a where a.tenant_id = duplicate_candidates.tenant_id and a.person_id = duplicate_candidates.other_person_id)));
CREATE POLICY reach_insert ON duplicate_candidates AS RESTRICTIVE FOR INSERT TO samoe_app WITH CHECK (((select current_setting('app.whole', true)) = 'on' or exists (select 1 from person_access a where a.tenant_id = duplicate_candidates.tenant_id and a.person_id = duplicate_candidates.person_id) and exists (select 1 from person_access a where a.tenant_id = duplicate_candidates.tenant_id and a.person_id = duplicate_candidates.other_person_id)));
CREATE TRIGGER history_update AFTER UPDATE ON duplicate_candidates REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION keep_history();
CREATE TRIGGER history_delete AFTER DELETE ON duplicate_candidates REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION keep_history();

GRANT SELECT, INSERT, UPDATE, DELETE ON households TO samoe_app;
ALTER TABLE households ENABLE ROW LEVEL SECURITY;
ALTER TABLE households FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON households AS PERMISSIVE FOR ALL TO samoe_app, samoe_owner USING (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint);
CREATE POLICY area ON households AS RESTRICTIVE FOR ALL TO samoe_app USING (area_bit & (select nullif(current_setting('app.area_mask', true), '')::bigint) <> 0) WITH CHECK (area_bit & (select nullif(current_setting('app.area_mask', true), '')::bigint) <> 0);
CREATE TRIGGER history_update AFTER UPDATE ON households REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION keep_history();
CREATE TRIGGER history_delete AFTER DELETE ON households REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION keep_history();

GRANT SELECT, INSERT, UPDATE, DELETE ON institutions TO samoe_app;
ALTER TABLE institutions ENABLE ROW LEVEL SECURITY;
ALTER TABLE institutions FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON institutions AS PERMISSIVE FOR ALL TO samoe_app, samoe_owner USING (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint);
CREATE POLICY area ON institutions AS RESTRICTIVE FOR ALL TO samoe_app USING (area_bit & (select nullif(current_setting('app.area_mask', true), '')::bigint) <> 0) WITH CHECK (area_bit & (select nullif(current_setting('app.area_mask', true), '')::bigint) <> 0);
CREATE POLICY own_institution ON institutions AS RESTRICTIVE FOR ALL TO samoe_app USING (((select current_setting('app.own', true)) = 'all' or id = any((select nullif(current_setting('app.institutions', true), ''))::uuid[]))) WITH CHECK (((select current_setting('app.own', true)) = 'all' or id = any((select nullif(current_setting('app.institutions', true), ''))::uuid[])));
CREATE TRIGGER history_update AFTER UPDATE ON institutions REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION keep_history();
CREATE TRIGGER history_delete AFTER DELETE ON institutions REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION keep_history();

GRANT SELECT, INSERT, UPDATE, DELETE ON person_merges TO samoe_app;
ALTER TABLE person_merges ENABLE ROW LEVEL SECURITY;
ALTER TABLE person_merges FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON person_merges AS PERMISSIVE FOR ALL TO samoe_app, samoe_owner USING (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint);
CREATE POLICY reach_select ON person_merges AS RESTRICTIVE FOR SELECT TO samoe_app USING (((select current_setting('app.whole', true)) = 'on' or exists (select 1 from person_access a where a.tenant_id = person_merges.tenant_id and a.person_id = person_merges.kept_id)));
CREATE POLICY reach_update ON person_merges AS RESTRICTIVE FOR UPDATE TO samoe_app USING (((select current_setting('app.whole', true)) = 'on' or exists (select 1 from person_access a where a.tenant_id = person_merges.tenant_id and a.person_id = person_merges.kept_id))) WITH CHECK (((select current_setting('app.whole', true)) = 'on' or exists (select 1 from person_access a where a.tenant_id = person_merges.tenant_id and a.person_id = person_merges.kept_id)));
CREATE POLICY reach_delete ON person_merges AS RESTRICTIVE FOR DELETE TO samoe_app USING (((select current_setting('app.whole', true)) = 'on' or exists (select 1 from person_access a where a.tenant_id = person_merges.tenant_id and a.person_id = person_merges.kept_id)));
CREATE POLICY reach_insert ON person_merges AS RESTRICTIVE FOR INSERT TO samoe_app WITH CHECK (((select current_setting('app.whole', true)) = 'on' or exists (select 1 from person_access a where a.tenant_id = person_merges.tenant_id and a.person_id = person_merges.kept_id)));
CREATE TRIGGER history_update AFTER UPDATE ON person_merges REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION keep_history();
CREATE TRIGGER history_delete AFTER DELETE ON person_merges REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION keep_history();

GRANT SELECT, INSERT, UPDATE, DELETE ON household_members TO samoe_app;
ALTER TABLE household_members ENABLE ROW LEVEL SECURITY;
ALTER TABLE household_members FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON household_members AS PERMISSIVE FOR ALL TO samoe_app, samoe_owner USING (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint);
CREATE POLICY reach_select ON household_members AS RESTRICTIVE FOR SELECT TO samoe_app USING (((select current_setting('app.whole', true)) = 'on' or exists (select 1 from person_access a where a.tenant_id = household_members.tenant_id and a.person_id = household_members.person_id)));
CREATE POLICY reach_update ON household_members AS RESTRICTIVE FOR UPDATE TO samoe_app USING (((select current_setting('app.whole', true)) = 'on' or exists (select 1 from person_access a where a.tenant_id = household_members.tenant_id and a.person_id = household_members.person_id))) WITH CHECK (((select current_setting('app.whole', true)) = 'on' or exists (select 1 from person_access a where a.tenant_id = household_members.tenant_id and a.person_id = household_members.person_id)));
CREATE POLICY reach_delete ON household_members AS RESTRICTIVE FOR DELETE TO samoe_app USING (((select current_setting('app.whole', true)) = 'on' or exists (select 1 from person_access a where a.tenant_id = household_members.tenant_id and a.person_id = household_members.person_id)));
CREATE POLICY reach_insert ON household_members AS RESTRICTIVE FOR INSERT TO samoe_app WITH CHECK (((select current_setting('app.whole', true)) = 'on' or exists (select 1 from person_access a where a.tenant_id = household_members.tenant_id and a.person_id = household_members.person_id)));
CREATE TRIGGER history_update AFTER UPDATE ON household_members REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION keep_history();
CREATE TRIGGER history_delete AFTER DELETE ON household_members REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION keep_history();

GRANT SELECT, INSERT, UPDATE, DELETE ON institution_supervisions TO samoe_app;
ALTER TABLE institution_supervisions ENABLE ROW LEVEL SECURITY;
ALTER TABLE institution_supervisions FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON institution_supervisions AS PERMISSIVE FOR ALL TO samoe_app, samoe_owner USING (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint);
CREATE POLICY area ON institution_supervisions AS RESTRICTIVE FOR ALL TO samoe_app USING (area_bit & (select nullif(current_setting('app.area_mask', true), '')::bigint) <> 0) WITH CHECK (area_bit & (select nullif(current_setting('app.area_mask', true), '')::bigint) <> 0);
CREATE TRIGGER history_update AFTER UPDATE ON institution_supervisions REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION keep_history();
CREATE TRIGGER history_delete AFTER DELETE ON institution_supervisions REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION keep_history();

GRANT SELECT, INSERT ON person_merge_moves TO samoe_app;
ALTER TABLE person_merge_moves ENABLE ROW LEVEL SECURITY;
ALTER TABLE person_merge_moves FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON person_merge_moves AS PERMISSIVE FOR ALL TO samoe_app, samoe_owner USING (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint);
CREATE POLICY reach_select ON person_merge_moves AS RESTRICTIVE FOR SELECT TO samoe_app USING (((select current_setting('app.whole', true)) = 'on' or exists (select 1 from person_access a where a.tenant_id = person_merge_moves.tenant_id and a.person_id = person_merge_moves.kept_id)));
CREATE POLICY reach_update ON person_merge_moves AS RESTRICTIVE FOR UPDATE TO samoe_app USING (((select current_setting('app.whole', true)) = 'on' or exists (select 1 from person_access a where a.tenant_id = person_merge_moves.tenant_id and a.person_id = person_merge_moves.kept_id))) WITH CHECK (((select current_setting('app.whole', true)) = 'on' or exists (select 1 from person_access a where a.tenant_id = person_merge_moves.tenant_id and a.person_id = person_merge_moves.kept_id)));
CREATE POLICY reach_delete ON person_merge_moves AS RESTRICTIVE FOR DELETE TO samoe_app USING (((select current_setting('app.whole', true)) = 'on' or exists (select 1 from person_access a where a.tenant_id = person_merge_moves.tenant_id and a.person_id = person_merge_moves.kept_id)));
CREATE POLICY reach_insert ON person_merge_moves AS RESTRICTIVE FOR INSERT TO samoe_app WITH CHECK (((select current_setting('app.whole', true)) = 'on' or exists (select 1 from person_access a where a.tenant_id = person_merge_moves.tenant_id and a.person_id = person_merge_moves.kept_id)));

