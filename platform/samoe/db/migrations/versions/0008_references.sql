-- Where an enrolment is and was is a known area: looked up once a statement for each different code, as on persons.
-- Its phase and group are kept by the foreign keys of rollup_stock, which counts it.
CREATE FUNCTION enrolments_are_in_known_areas() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE stray text;
BEGIN
  SELECT n.code INTO stray
    FROM (SELECT area_code AS code FROM after UNION SELECT event_area_code FROM after) n
    WHERE n.code IS NOT NULL AND NOT EXISTS (SELECT 1 FROM areas a WHERE a.code = n.code) LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'area % is not known', stray USING ERRCODE = 'foreign_key_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER areas_insert AFTER INSERT ON enrolments REFERENCING NEW TABLE AS after
  FOR EACH STATEMENT EXECUTE FUNCTION enrolments_are_in_known_areas();
CREATE TRIGGER areas_update AFTER UPDATE ON enrolments REFERENCING NEW TABLE AS after
  FOR EACH STATEMENT EXECUTE FUNCTION enrolments_are_in_known_areas();
