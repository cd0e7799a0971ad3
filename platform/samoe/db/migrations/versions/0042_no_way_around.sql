-- Why: docs/decisions/0059-no-way-around.md.

-- What makes an answer what it is: everything said of a question or an instrument but its words.
CREATE FUNCTION without_words(said jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE jsonb_typeof(said)
    WHEN 'object' THEN (SELECT coalesce(jsonb_object_agg(e.key, without_words(e.value)), '{}') FROM jsonb_each(said) e
      WHERE e.key NOT IN ('label', 'help', 'unit', 'purpose', 'section', 'required', 'sensitive', 'keep_years', 'min',
                          'max', 'options', 'headers', 'severity', 'name'))
    WHEN 'array' THEN (SELECT coalesce(jsonb_agg(without_words(e.value) ORDER BY e.place), '[]')
      FROM jsonb_array_elements(said) WITH ORDINALITY e (value, place))
    ELSE said END $$;

-- The questions that criteria in use read, by themselves or through what is worked out of others, and that would mean
-- something else in a body than in the version before it. Nothing where nobody was screened in an open phase.
CREATE FUNCTION rewritten_under_criteria(of text, body jsonb) RETURNS SETOF text LANGUAGE sql STABLE AS $$
  WITH RECURSIVE
  here AS (SELECT nullif(current_setting('app.tenant', true), '')::smallint AS id),
  latest AS (SELECT v.body FROM group_versions v, here WHERE v.tenant_id = here.id AND v.slug = of
              AND v.state = 'published' ORDER BY v.number DESC LIMIT 1),
  before AS (SELECT f.value ->> 'slug' AS slug, f.value AS field, latest.body AS whole
               FROM latest, jsonb_array_elements(coalesce(latest.body -> 'fields', '[]')) f),
  after AS (SELECT f.value ->> 'slug' AS slug, f.value AS field
              FROM jsonb_array_elements(coalesce(body -> 'fields', '[]')) f),
  read (slug) AS (
    SELECT split_part(named #>> '{}', '.', 1) FROM rule_versions r, here, LATERAL (
      SELECT jsonb_path_query(r.rule, '$.**.field') UNION ALL SELECT jsonb_path_query(r.rule, '$.**.per')
      UNION ALL SELECT jsonb_path_query(r.rule, '$.**.known[*] ? (@.type() == "string")')) n (named)
     WHERE r.tenant_id = here.id AND r.group_slug = of AND r.state = 'published'
    UNION
    SELECT named #>> '{}' FROM read JOIN before b ON b.slug = read.slug, LATERAL (
      SELECT jsonb_path_query(jsonb_build_array(b.field -> 'calculate', b.field -> 'shown_when'),
                              'strict $.** ? (@.type() == "string")')
      UNION ALL SELECT jsonb_path_query(b.whole, '$.scales[*] ? (@.slug == $one).asks[*]',
                                        jsonb_build_object('one', b.field -> 'scale'))) n (named))
  SELECT DISTINCT b.slug FROM read JOIN before b ON b.slug = read.slug LEFT JOIN after a ON a.slug = b.slug
   WHERE (a.slug IS NULL OR without_words(a.field) <> without_words(b.field)
          OR without_words(jsonb_path_query_array(b.whole, '$.scales[*] ? (@.slug == $one)',
                                                  jsonb_build_object('one', b.field -> 'scale')))
          <> without_words(jsonb_path_query_array(body, '$.scales[*] ? (@.slug == $one)',
                                                  jsonb_build_object('one', b.field -> 'scale'))))
     AND EXISTS (SELECT 1 FROM here, tenant_groups g
       JOIN screening_runs s ON s.tenant_id = g.tenant_id AND s.group_id = g.id
       JOIN phases p ON p.tenant_id = s.tenant_id AND p.id = s.phase_id AND p.closed_at IS NULL
       WHERE g.tenant_id = here.id AND g.slug = of)
$$;

CREATE FUNCTION screened_answers_stay_what_they_are() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE found text;
BEGIN
  SELECT string_agg(slug, ', ') INTO found FROM rewritten_under_criteria(NEW.slug, NEW.body) r (slug);
  IF found IS NOT NULL THEN
    RAISE EXCEPTION 'what criteria read keeps its meaning after a screening: %', found
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER screened_answers_stay BEFORE UPDATE ON group_versions FOR EACH ROW
  WHEN (NEW.state = 'published' AND OLD.state = 'draft') EXECUTE FUNCTION screened_answers_stay_what_they_are();
CREATE TRIGGER screened_answers_stay_new BEFORE INSERT ON group_versions FOR EACH ROW
  WHEN (NEW.state = 'published') EXECUTE FUNCTION screened_answers_stay_what_they_are();

-- A screening holds its phase open, and what it judges by was there before the first one of the phase, or was resolved.
CREATE FUNCTION screenings_keep_to_their_phase() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM phases p WHERE p.tenant_id = NEW.tenant_id AND p.id = NEW.phase_id AND p.closed_at IS NULL FOR SHARE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'a closed phase is not screened' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF EXISTS (SELECT 1 FROM rule_versions v, LATERAL (
        SELECT min(r.recorded_at) AS at FROM screening_runs r
         WHERE r.tenant_id = NEW.tenant_id AND r.group_id = NEW.group_id AND r.phase_id = NEW.phase_id) first
      WHERE v.tenant_id = NEW.tenant_id AND v.id = NEW.rule_version_id AND v.resolution_id IS NULL
        AND v.published_at > first.at) THEN
    RAISE EXCEPTION 'criteria of after the first screening are by resolution only'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER screenings_keep_to_their_phase BEFORE INSERT ON screening_runs
  FOR EACH ROW EXECUTE FUNCTION screenings_keep_to_their_phase();

-- Who gave a mark. Whoever changes it takes it over; who moves it with its case does not.
ALTER TABLE assessment_marks ADD COLUMN made_by uuid;
CREATE FUNCTION marks_know_who_gave_them() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.made_by := CASE WHEN TG_OP = 'UPDATE' AND (NEW.mark, NEW.applies, NEW.share, NEW.band, NEW.note)
      IS NOT DISTINCT FROM (OLD.mark, OLD.applies, OLD.share, OLD.band, OLD.note) THEN OLD.made_by
    ELSE nullif(current_setting('app.actor', true), '')::uuid END;
  RETURN NEW;
END $$;
CREATE TRIGGER given BEFORE INSERT OR UPDATE ON assessment_marks FOR EACH ROW EXECUTE FUNCTION marks_know_who_gave_them();

-- A person certifies nothing that they opened or gave a mark in, under whatever membership. As the owner, since who
-- certifies need not see the memberships of others.
CREATE FUNCTION certified_by_somebody_else() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE one uuid := coalesce(NEW.certified_by, nullif(current_setting('app.actor', true), '')::uuid);
BEGIN
  IF EXISTS (SELECT 1 FROM memberships mine JOIN memberships theirs ON theirs.tenant_id = mine.tenant_id
        AND theirs.account_id = mine.account_id
      WHERE mine.tenant_id = NEW.tenant_id AND mine.id = one AND (theirs.id = NEW.made_by OR EXISTS (
        SELECT 1 FROM assessment_marks m
         WHERE m.tenant_id = NEW.tenant_id AND m.assessment_id = NEW.id AND m.made_by = theirs.id))) THEN
    PERFORM public.refuse('an assessment is certified by somebody else than who filled it in', 'certified_by_another');
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER certified_by_somebody_else BEFORE UPDATE ON assessments FOR EACH ROW
  WHEN (NEW.state = 'certified' AND OLD.state <> 'certified') EXECUTE FUNCTION certified_by_somebody_else();
CREATE TRIGGER certified_by_somebody_else_new BEFORE INSERT ON assessments FOR EACH ROW
  WHEN (NEW.state = 'certified') EXECUTE FUNCTION certified_by_somebody_else();

-- For what a benefit is, and whether it stacks, stands once the fund has approved money for it: "once a purpose" is
-- asked by these words.
CREATE FUNCTION approved_benefits_stand() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM allocations a WHERE a.tenant_id = OLD.tenant_id AND a.benefit_id = OLD.id) THEN
    PERFORM public.refuse('what an approved benefit is for stands', 'approved_benefit_stands');
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER approved_benefits_stand BEFORE UPDATE ON benefits FOR EACH ROW
  WHEN ((OLD.slug, OLD.group_slug, OLD.phase_id, OLD.kind, OLD.purpose, OLD.stackable)
        IS DISTINCT FROM (NEW.slug, NEW.group_slug, NEW.phase_id, NEW.kind, NEW.purpose, NEW.stackable))
  EXECUTE FUNCTION approved_benefits_stand();

-- No design is so large that the pages of everybody who has it become slow.
ALTER TABLE group_versions ADD CONSTRAINT ck_group_versions_size CHECK (octet_length(body::text) <= 1000000);

-- A closed phase takes in nobody: a case that comes into it while it is being closed, or afterwards, would be carried on
-- by nobody. Waits for a close that is under way. As the owner: who adds a case need not hold the phase.
CREATE FUNCTION closed_phases_take_in_nobody() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE one record;
BEGIN
  FOR one IN SELECT DISTINCT a.tenant_id, a.phase_id FROM after a LOOP
    PERFORM 1 FROM phases p WHERE p.tenant_id = one.tenant_id AND p.id = one.phase_id AND p.closed_at IS NULL FOR SHARE;
    IF NOT FOUND THEN PERFORM public.refuse('a closed phase takes in nobody', 'closed_phase'); END IF;
  END LOOP;
  RETURN NULL;
END $$;
CREATE TRIGGER closed_phases_take_in_nobody AFTER INSERT ON enrolments REFERENCING NEW TABLE AS after
  FOR EACH STATEMENT EXECUTE FUNCTION closed_phases_take_in_nobody();

-- Money is asked for in a phase that is in force: published, and not closed.
CREATE FUNCTION requests_are_of_a_phase_in_force() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM phases p WHERE p.tenant_id = NEW.tenant_id AND p.id = NEW.phase_id AND p.closed_at IS NULL
    AND p.published_at IS NOT NULL FOR SHARE;
  IF NOT FOUND THEN PERFORM public.refuse('money is asked for in a phase in force', 'phase_in_force'); END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER requests_are_of_a_phase_in_force BEFORE UPDATE ON funding_requests FOR EACH ROW
  WHEN (OLD.submitted_at IS NULL AND NEW.submitted_at IS NOT NULL) EXECUTE FUNCTION requests_are_of_a_phase_in_force();

-- How many of a province qualified is not told to who has a part of it.
CREATE POLICY narrow ON rollup_screenings AS RESTRICTIVE FOR SELECT TO samoe_app USING (((select current_setting('app.whole', true)) = 'on' or false));
