-- Keeps rollup_aid exact: payments, recipients and satang that reached someone, by the place of the event. A payment is
-- born unpaid and only updates make it paid or unpaid. The first statement locks the roll-up rows in key order; the
-- second sees what others committed before that, so a subject paid twice at the same moment is still one recipient.
-- No joins on the payments table: a fresh table has no statistics, and a nested loop over a whole batch takes minutes.
CREATE FUNCTION keep_aid() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE tenants smallint[]; phases uuid[]; groups text[]; subjects uuid[];
BEGIN
  SELECT array_agg(DISTINCT n.tenant_id), array_agg(DISTINCT n.phase_id), array_agg(DISTINCT n.group_slug),
    array_agg(DISTINCT coalesce(n.person_id, n.subject_institution_id))
  INTO tenants, phases, groups, subjects
  FROM after n JOIN before o USING (tenant_id, id) WHERE (n.status = 'paid') <> (o.status = 'paid');
  IF tenants IS NULL THEN RETURN NULL; END IF;
  INSERT INTO rollup_aid AS r (tenant_id, phase_id, group_slug, district_code, area_bit, payments, recipients, amount)
  SELECT n.tenant_id, n.phase_id, n.group_slug, left(coalesce(n.event_area_code, ''), 4),
    district_bit(left(coalesce(n.event_area_code, ''), 4)),
    sum(CASE WHEN n.status = 'paid' THEN 1 ELSE -1 END), 0,
    sum(CASE WHEN n.status = 'paid' THEN n.amount ELSE -n.amount END)
  FROM after n JOIN before o USING (tenant_id, id) WHERE (n.status = 'paid') <> (o.status = 'paid')
  GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
  ON CONFLICT (tenant_id, phase_id, group_slug, district_code)
  DO UPDATE SET payments = r.payments + excluded.payments, amount = r.amount + excluded.amount;
  UPDATE rollup_aid r SET recipients = r.recipients + c.change
  FROM (
    SELECT s.tenant_id, s.phase_id, s.group_slug, s.district_code,
      count(*) FILTER (WHERE s.paid > 0 AND s.paid <= s.delta) - count(*) FILTER (WHERE s.paid = 0 AND s.delta < 0) AS change
    FROM (
      SELECT u.tenant_id, u.phase_id, u.group_slug, u.district_code, u.subject, sum(u.paid) AS paid, sum(u.delta) AS delta
      FROM (
        SELECT p.tenant_id, p.phase_id, p.group_slug, left(coalesce(p.event_area_code, ''), 4) AS district_code,
          coalesce(p.person_id, p.subject_institution_id) AS subject, 1 AS paid, 0 AS delta
        FROM payments p
        WHERE p.tenant_id = ANY (tenants) AND p.phase_id = ANY (phases) AND p.group_slug = ANY (groups)
          AND p.status = 'paid' AND coalesce(p.person_id, p.subject_institution_id) = ANY (subjects)
        UNION ALL
        SELECT n.tenant_id, n.phase_id, n.group_slug, left(coalesce(n.event_area_code, ''), 4),
          coalesce(n.person_id, n.subject_institution_id), 0, CASE WHEN n.status = 'paid' THEN 1 ELSE -1 END
        FROM after n JOIN before o USING (tenant_id, id) WHERE (n.status = 'paid') <> (o.status = 'paid')) u
      GROUP BY 1, 2, 3, 4, 5) s
    GROUP BY 1, 2, 3, 4) c
  WHERE c.change <> 0 AND r.tenant_id = c.tenant_id AND r.phase_id = c.phase_id AND r.group_slug = c.group_slug
    AND r.district_code = c.district_code;
  RETURN NULL;
END $$;
CREATE TRIGGER aid_update AFTER UPDATE ON payments REFERENCING OLD TABLE AS before NEW TABLE AS after
  FOR EACH STATEMENT EXECUTE FUNCTION keep_aid();
