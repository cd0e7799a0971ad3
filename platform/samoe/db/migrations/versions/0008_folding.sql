-- An enrolment that is folded into another stands for nothing any more: nobody is reached through it, and its line in a
-- certified list is void. Row by row, because a merge folds one or two; a statement's trigger would look at every change
-- of every case. 0011_stock.sql takes it out of the counts in the same way.
CREATE FUNCTION fold_enrolment() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  DELETE FROM person_access a WHERE a.tenant_id = NEW.tenant_id AND a.id = NEW.id;
  IF NEW.folded_into_id IS NULL AND NEW.person_id IS NOT NULL THEN
    INSERT INTO person_access (tenant_id, id, person_id, area_bit, group_bit, institution_id, worker_id)
    VALUES (NEW.tenant_id, NEW.id, NEW.person_id, NEW.area_bit, NEW.group_bit, NEW.institution_id, NEW.worker_id);
  ELSE
    UPDATE certification_lines l SET voided_at = clock_timestamp(), void_reason = 'record_changed'
    WHERE l.tenant_id = NEW.tenant_id AND l.enrolment_id = NEW.id AND l.voided_at IS NULL;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER folding AFTER UPDATE OF folded_into_id ON enrolments FOR EACH ROW
  WHEN (old.folded_into_id IS DISTINCT FROM new.folded_into_id) EXECUTE FUNCTION fold_enrolment();
