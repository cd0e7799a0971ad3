-- Statement-level, so that a set-based import pays one insert a statement, not one a row.
CREATE FUNCTION keep_history() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO row_history (tenant_id, id, table_name, row_id, operation, before, actor_id, recorded_at)
  SELECT (to_jsonb(before) ->> 'tenant_id')::smallint, gen_random_uuid(), TG_TABLE_NAME,
         to_jsonb(before) ->> 'id', lower(TG_OP), to_jsonb(before),
         nullif(current_setting('app.actor', true), '')::uuid, clock_timestamp()
  FROM before;
  RETURN NULL;
END $$;
