-- Why: docs/decisions/0040-no-tuning-to-a-quota.md.
ALTER TABLE rule_versions ADD COLUMN resolution_id uuid,
  ADD CONSTRAINT fk_rule_versions_tenant_id_resolution_id FOREIGN KEY (tenant_id, resolution_id) REFERENCES resolutions (tenant_id, id);
CREATE INDEX ix_rule_versions_resolution_id ON rule_versions (tenant_id, resolution_id);

CREATE TABLE rollup_screenings (
  tenant_id SMALLINT DEFAULT nullif(current_setting('app.tenant', true), '')::smallint NOT NULL,
  phase_id UUID NOT NULL,
  group_slug TEXT NOT NULL,
  number INTEGER NOT NULL,
  runs INTEGER NOT NULL,
  qualifies INTEGER NOT NULL,
  does_not INTEGER NOT NULL,
  unknown INTEGER NOT NULL,
  screened_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
  CONSTRAINT pk_rollup_screenings PRIMARY KEY (tenant_id, phase_id, group_slug, number)
);
GRANT SELECT, INSERT, UPDATE, DELETE ON rollup_screenings TO samoe_app;
ALTER TABLE rollup_screenings ENABLE ROW LEVEL SECURITY;
ALTER TABLE rollup_screenings FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON rollup_screenings AS PERMISSIVE FOR ALL TO samoe_app, samoe_owner USING (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint);
GRANT SELECT ON rollup_screenings TO samoe_fund;
CREATE POLICY fund_sees ON rollup_screenings AS PERMISSIVE FOR SELECT TO samoe_fund USING ((true) or (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint and tenant_id = 1));
REVOKE INSERT, UPDATE, DELETE ON rollup_screenings FROM samoe_app;

-- What is published stands as it is, its reason and its resolution, too; or it is withdrawn.
CREATE OR REPLACE FUNCTION published_rules_stand() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state = 'draft' THEN
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
  END IF;
  IF TG_OP = 'UPDATE' AND NEW.state = 'withdrawn'
     AND (NEW.group_id, NEW.group_slug, NEW.number, NEW.rule, NEW.settings, NEW.effective_on, NEW.published_at,
          NEW.reason, NEW.resolution_id)
         IS NOT DISTINCT FROM
         (OLD.group_id, OLD.group_slug, OLD.number, OLD.rule, OLD.settings, OLD.effective_on, OLD.published_at,
          OLD.reason, OLD.resolution_id) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'a published version of criteria never changes' USING ERRCODE = 'integrity_constraint_violation';
END $$;

-- Once people were screened in a phase that is still open, what they are screened by changes by resolution only.
CREATE FUNCTION criteria_stand_on_a_resolution() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.state = 'draft' OR (TG_OP = 'UPDATE' AND NEW.state = OLD.state)
     OR (NEW.state = 'published' AND NEW.resolution_id IS NOT NULL AND length(btrim(coalesce(NEW.reason, ''))) >= 5) THEN
    RETURN NEW;
  END IF;
  IF EXISTS (SELECT 1 FROM screening_runs r JOIN phases p ON p.tenant_id = r.tenant_id AND p.id = r.phase_id
              WHERE r.tenant_id = NEW.tenant_id AND r.group_id = NEW.group_id AND p.closed_at IS NULL) THEN
    RAISE EXCEPTION 'criteria that people were screened by change by resolution only'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER criteria_stand_on_a_resolution BEFORE INSERT OR UPDATE ON rule_versions
  FOR EACH ROW EXECUTE FUNCTION criteria_stand_on_a_resolution();
CREATE INDEX ix_screening_runs_group_id ON screening_runs (tenant_id, group_id);

-- Keeps rollup_screenings: the counts of the latest run under each version. As the owner: nobody else writes it.
CREATE FUNCTION keep_rollup_screenings() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO rollup_screenings AS r
    (tenant_id, phase_id, group_slug, number, runs, qualifies, does_not, unknown, screened_at)
  SELECT NEW.tenant_id, NEW.phase_id, v.group_slug, v.number, 1, NEW.qualifies, NEW.does_not, NEW.unknown,
         coalesce(NEW.finished_at, now())
    FROM rule_versions v WHERE v.tenant_id = NEW.tenant_id AND v.id = NEW.rule_version_id
  ON CONFLICT (tenant_id, phase_id, group_slug, number) DO UPDATE SET
    runs = r.runs + 1, qualifies = excluded.qualifies, does_not = excluded.does_not, unknown = excluded.unknown,
    screened_at = excluded.screened_at;
  RETURN NULL;
END $$;
CREATE TRIGGER rollup_screenings AFTER UPDATE ON screening_runs
  FOR EACH ROW WHEN (NEW.state = 'done' AND OLD.state <> 'done') EXECUTE FUNCTION keep_rollup_screenings();

-- What was screened before this came. The owner sees rows of the current tenant only, so it looks past that here.
ALTER TABLE screening_runs NO FORCE ROW LEVEL SECURITY;
ALTER TABLE rule_versions NO FORCE ROW LEVEL SECURITY;
ALTER TABLE rollup_screenings NO FORCE ROW LEVEL SECURITY;
INSERT INTO rollup_screenings (tenant_id, phase_id, group_slug, number, runs, qualifies, does_not, unknown, screened_at)
SELECT DISTINCT ON (r.tenant_id, r.phase_id, v.group_slug, v.number) r.tenant_id, r.phase_id, v.group_slug, v.number,
       count(*) OVER (PARTITION BY r.tenant_id, r.phase_id, v.group_slug, v.number), r.qualifies, r.does_not, r.unknown,
       coalesce(r.finished_at, r.recorded_at)
  FROM screening_runs r JOIN rule_versions v ON v.tenant_id = r.tenant_id AND v.id = r.rule_version_id
 WHERE r.state = 'done'
 ORDER BY r.tenant_id, r.phase_id, v.group_slug, v.number, r.recorded_at DESC;
ALTER TABLE screening_runs FORCE ROW LEVEL SECURITY;
ALTER TABLE rule_versions FORCE ROW LEVEL SECURITY;
ALTER TABLE rollup_screenings FORCE ROW LEVEL SECURITY;
