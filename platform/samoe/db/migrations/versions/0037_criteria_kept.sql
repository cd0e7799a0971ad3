-- Why: docs/decisions/0054-asked-until-answered.md.
-- The fund sees every version that was ever published, those withdrawn before anybody was screened by them, too.
DROP POLICY fund_sees ON rule_versions;
CREATE POLICY fund_sees ON rule_versions AS PERMISSIVE FOR SELECT TO samoe_fund USING ((state in ('published', 'withdrawn')) or (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint and (tenant_id = 1 or tenant_id > 10000)));

-- As before; but people are screened by the version of a name, so a version that names one group and hangs on another
-- is held to the screenings of both.
CREATE OR REPLACE FUNCTION criteria_stand_on_a_resolution() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.state = 'draft' OR (TG_OP = 'UPDATE' AND NEW.state = OLD.state)
     OR (NEW.state = 'published' AND NEW.resolution_id IS NOT NULL AND length(btrim(coalesce(NEW.reason, ''))) >= 5) THEN
    RETURN NEW;
  END IF;
  IF EXISTS (SELECT 1 FROM screening_runs r
               JOIN phases p ON p.tenant_id = r.tenant_id AND p.id = r.phase_id
               JOIN tenant_groups g ON g.tenant_id = r.tenant_id AND g.id = r.group_id
              WHERE r.tenant_id = NEW.tenant_id AND (g.id = NEW.group_id OR g.slug = NEW.group_slug)
                AND p.closed_at IS NULL) THEN
    RAISE EXCEPTION 'criteria that people were screened by change by resolution only'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;

-- A question that somebody is to be asked (follow_ups.kind 'answer:<question>') is due until it is answered, whoever
-- answers it and however: by hand, from a file, by an assessment, in a merge.
CREATE FUNCTION answers_settle_questions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE follow_ups f SET state = 'done', done_on = current_date
   WHERE f.tenant_id = NEW.tenant_id AND f.enrolment_id = NEW.id AND f.state = 'due' AND f.kind LIKE 'answer:%'
     AND NEW.answers ? substr(f.kind, 8);
  RETURN NULL;
END $$;
CREATE TRIGGER answers_settle_questions AFTER UPDATE OF answers ON enrolments
  FOR EACH ROW WHEN (OLD.answers IS DISTINCT FROM NEW.answers) EXECUTE FUNCTION answers_settle_questions();

CREATE FUNCTION births_settle_questions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE follow_ups f SET state = 'done', done_on = current_date FROM enrolments e
   WHERE e.tenant_id = NEW.tenant_id AND e.person_id = NEW.id AND f.tenant_id = e.tenant_id AND f.enrolment_id = e.id
     AND f.state = 'due' AND f.kind = 'answer:birth_date';
  RETURN NULL;
END $$;
CREATE TRIGGER births_settle_questions AFTER UPDATE OF birth_date ON persons
  FOR EACH ROW WHEN (NEW.birth_date IS NOT NULL AND OLD.birth_date IS NULL) EXECUTE FUNCTION births_settle_questions();

-- Where two cases become one, the question comes to a case that may have the answer.
CREATE FUNCTION questions_come_settled() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM enrolments e WHERE e.tenant_id = NEW.tenant_id AND e.id = NEW.enrolment_id
              AND e.answers ? substr(NEW.kind, 8)) THEN
    NEW.state := 'done';
    NEW.done_on := current_date;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER questions_come_settled BEFORE UPDATE OF enrolment_id ON follow_ups
  FOR EACH ROW WHEN (NEW.state = 'due' AND NEW.kind LIKE 'answer:%') EXECUTE FUNCTION questions_come_settled();
