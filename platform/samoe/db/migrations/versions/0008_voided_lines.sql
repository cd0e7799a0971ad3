-- A line of a certified list is void as soon as what was certified changes, whoever changes it and by what way.
-- A closed phase stays as it was certified. As the owner: an NGO that mends a name also voids the line in a list that it
-- cannot see. EXECUTE: see 0008_case_columns.sql.
-- Dynamic for the reason given in 0008_case_columns.sql.
CREATE FUNCTION void_certified_lines() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_TABLE_NAME = 'enrolments' THEN
    EXECUTE $q$
      UPDATE certification_lines l SET voided_at = clock_timestamp(), void_reason = 'record_changed'
      FROM after n JOIN before o ON o.tenant_id = n.tenant_id AND o.id = n.id
      WHERE l.tenant_id = n.tenant_id AND l.enrolment_id = n.id AND l.voided_at IS NULL
        AND (n.answers, n.decision, n.person_id, n.subject_institution_id)
          IS DISTINCT FROM (o.answers, o.decision, o.person_id, o.subject_institution_id) $q$;
  ELSIF TG_TABLE_NAME = 'persons' THEN
    EXECUTE $q$
      UPDATE certification_lines l SET voided_at = clock_timestamp(), void_reason = 'person_changed'
      FROM after n JOIN before o ON o.tenant_id = n.tenant_id AND o.id = n.id
      JOIN enrolments e ON e.tenant_id = n.tenant_id AND e.person_id = n.id
      JOIN phases p ON p.tenant_id = e.tenant_id AND p.id = e.phase_id AND p.closed_at IS NULL
      WHERE l.tenant_id = e.tenant_id AND l.enrolment_id = e.id AND l.voided_at IS NULL
        AND (n.first_name, n.last_name, n.sex, n.birth_date, n.guardian_name)
          IS DISTINCT FROM (o.first_name, o.last_name, o.sex, o.birth_date, o.guardian_name) $q$;
  ELSE
    EXECUTE $q$
      UPDATE certification_lines l SET voided_at = clock_timestamp(), void_reason = 'identifier_changed'
      FROM before o JOIN enrolments e ON e.tenant_id = o.tenant_id AND e.person_id = o.person_id
      JOIN phases p ON p.tenant_id = e.tenant_id AND p.id = e.phase_id AND p.closed_at IS NULL
      WHERE o.valid_to IS NULL AND l.tenant_id = e.tenant_id AND l.enrolment_id = e.id AND l.voided_at IS NULL $q$;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER void_lines AFTER UPDATE ON enrolments REFERENCING OLD TABLE AS before NEW TABLE AS after
  FOR EACH STATEMENT EXECUTE FUNCTION void_certified_lines();
CREATE TRIGGER void_lines AFTER UPDATE ON persons REFERENCING OLD TABLE AS before NEW TABLE AS after
  FOR EACH STATEMENT EXECUTE FUNCTION void_certified_lines();
CREATE TRIGGER void_lines_update AFTER UPDATE ON person_identifiers REFERENCING OLD TABLE AS before
  FOR EACH STATEMENT EXECUTE FUNCTION void_certified_lines();
CREATE TRIGGER void_lines_delete AFTER DELETE ON person_identifiers REFERENCING OLD TABLE AS before
  FOR EACH STATEMENT EXECUTE FUNCTION void_certified_lines();
