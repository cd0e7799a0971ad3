-- Keeps rollup_aid_months exact: what was paid leaves the month it stood in, what is paid enters the month of its day.
CREATE FUNCTION keep_aid_months() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO rollup_aid_months AS r
    (tenant_id, phase_id, group_slug, district_code, month, area_bit, payments, amount)
  SELECT c.tenant_id, c.phase_id, c.group_slug, c.district_code, c.month, district_bit(c.district_code),
    sum(c.sign), sum(c.sign * c.amount)
  FROM (
    SELECT n.tenant_id, n.phase_id, n.group_slug, left(coalesce(n.event_area_code, ''), 4) AS district_code,
      date_trunc('month', n.paid_on::timestamp)::date AS month, 1 AS sign, n.amount
    FROM after n WHERE n.status = 'paid'
    UNION ALL
    SELECT o.tenant_id, o.phase_id, o.group_slug, left(coalesce(o.event_area_code, ''), 4),
      date_trunc('month', o.paid_on::timestamp)::date, -1, o.amount
    FROM before o WHERE o.status = 'paid') c
  GROUP BY 1, 2, 3, 4, 5 HAVING sum(c.sign) <> 0 OR sum(c.sign * c.amount) <> 0
  ORDER BY 1, 2, 3, 4, 5
  ON CONFLICT (tenant_id, phase_id, group_slug, district_code, month)
  DO UPDATE SET payments = r.payments + excluded.payments, amount = r.amount + excluded.amount;
  RETURN NULL;
END $$;
CREATE TRIGGER aid_months_update AFTER UPDATE ON payments REFERENCING OLD TABLE AS before NEW TABLE AS after
  FOR EACH STATEMENT EXECUTE FUNCTION keep_aid_months();
