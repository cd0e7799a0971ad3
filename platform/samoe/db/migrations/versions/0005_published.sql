-- A published version of a group's criteria is what people were judged by: it stands as it is, or is withdrawn.
CREATE FUNCTION published_rules_stand() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state = 'draft' THEN
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
  END IF;
  IF TG_OP = 'UPDATE' AND NEW.state = 'withdrawn'
     AND (NEW.group_id, NEW.group_slug, NEW.number, NEW.rule, NEW.settings, NEW.effective_on, NEW.published_at)
         IS NOT DISTINCT FROM
         (OLD.group_id, OLD.group_slug, OLD.number, OLD.rule, OLD.settings, OLD.effective_on, OLD.published_at) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'a published version of criteria never changes' USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE TRIGGER published_rules_stand BEFORE UPDATE OR DELETE ON rule_versions
  FOR EACH ROW EXECUTE FUNCTION published_rules_stand();
