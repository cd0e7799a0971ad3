-- The ledger only grows, and an account's money changes only with it.
REVOKE UPDATE, DELETE ON fund_accounts FROM samoe_app, samoe_fund;

CREATE FUNCTION refuse(what text, name text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION USING MESSAGE = what, ERRCODE = 'check_violation', CONSTRAINT = name;
END $$;

-- The moves a status may make, given as 'from>to' where the trigger is made.
CREATE FUNCTION only_moves() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT (OLD.status || '>' || NEW.status) = ANY (TG_ARGV) THEN
    PERFORM refuse(format('%s: no way from %s to %s', TG_TABLE_NAME, OLD.status, NEW.status), 'only_moves');
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION open_fund_account() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.available := 0;
  RETURN NEW;
END $$;
CREATE TRIGGER opens_empty BEFORE INSERT ON fund_accounts FOR EACH ROW EXECUTE FUNCTION open_fund_account();

-- recorded_at is the transaction's time and cannot be chosen: entries find by it whether their header is still open.
CREATE FUNCTION stamp_ledger_transaction() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.recorded_at := now();
  IF NEW.reverses_id IS NOT NULL AND EXISTS (
    SELECT 1 FROM ledger_transactions t
    WHERE t.tenant_id = NEW.tenant_id AND t.id = NEW.reverses_id AND (t.reverses_id IS NOT NULL OR t.book <> NEW.book))
  THEN PERFORM refuse('a reversal is not reversed', 'one_reversal'); END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER stamps BEFORE INSERT ON ledger_transactions FOR EACH ROW EXECUTE FUNCTION stamp_ledger_transaction();

-- The only writer of fund_accounts.available. It runs as the owner, who is bound by the same tenant policy; the
-- CHECK on the column refuses what an account does not hold, whoever came first.
CREATE FUNCTION move_money() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (
    SELECT 1 FROM after e
    JOIN ledger_transactions t ON t.tenant_id = e.tenant_id AND t.id = e.transaction_id
    JOIN fund_accounts a ON a.tenant_id = e.tenant_id AND a.id = e.account_id
    WHERE t.recorded_at <> now() OR a.book <> t.book)
  THEN PERFORM refuse('a posted transaction is closed', 'closed_transaction'); END IF;
  UPDATE fund_accounts a SET available = a.available + m.amount
  FROM (SELECT tenant_id, account_id, sum(amount)::bigint AS amount FROM after GROUP BY 1, 2) m
  WHERE a.tenant_id = m.tenant_id AND a.id = m.account_id;
  RETURN NULL;
END $$;
CREATE TRIGGER moves_money AFTER INSERT ON ledger_entries REFERENCING NEW TABLE AS after
  FOR EACH STATEMENT EXECUTE FUNCTION move_money();

CREATE FUNCTION balanced() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE header uuid; n bigint; left_over numeric; into_accounts numeric; said bigint;
BEGIN
  header := CASE WHEN TG_TABLE_NAME = 'ledger_entries' THEN (to_jsonb(NEW) ->> 'transaction_id')::uuid ELSE NEW.id END;
  SELECT count(*), sum(e.amount), sum(e.amount) FILTER (WHERE e.amount > 0) INTO n, left_over, into_accounts
  FROM ledger_entries e WHERE e.tenant_id = NEW.tenant_id AND e.transaction_id = header;
  SELECT t.amount INTO said FROM ledger_transactions t WHERE t.tenant_id = NEW.tenant_id AND t.id = header;
  IF n < 2 OR left_over <> 0 OR into_accounts <> said THEN
    PERFORM refuse('the entries of a transaction do not add up', 'balanced');
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER balanced AFTER INSERT ON ledger_transactions DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION balanced();
CREATE CONSTRAINT TRIGGER balanced AFTER INSERT ON ledger_entries DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION balanced();
