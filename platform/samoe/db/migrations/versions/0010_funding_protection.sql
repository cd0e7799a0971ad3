GRANT SELECT, INSERT, UPDATE, DELETE ON counters TO samoe_app;
ALTER TABLE counters ENABLE ROW LEVEL SECURITY;
ALTER TABLE counters FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON counters AS PERMISSIVE FOR ALL TO samoe_app, samoe_owner USING (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint);
GRANT SELECT, INSERT, UPDATE, DELETE ON counters TO samoe_fund;
CREATE POLICY fund_own ON counters AS PERMISSIVE FOR ALL TO samoe_fund USING (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint and tenant_id = 1) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint and tenant_id = 1);

GRANT SELECT, INSERT, UPDATE, DELETE ON fund_accounts TO samoe_app;
ALTER TABLE fund_accounts ENABLE ROW LEVEL SECURITY;
ALTER TABLE fund_accounts FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON fund_accounts AS PERMISSIVE FOR ALL TO samoe_app, samoe_owner USING (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint);
GRANT SELECT, INSERT, UPDATE, DELETE ON fund_accounts TO samoe_fund;
CREATE POLICY fund_own ON fund_accounts AS PERMISSIVE FOR ALL TO samoe_fund USING (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint and tenant_id = 1) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint and tenant_id = 1);

GRANT SELECT, INSERT ON ledger_transactions TO samoe_app;
ALTER TABLE ledger_transactions ENABLE ROW LEVEL SECURITY;
ALTER TABLE ledger_transactions FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON ledger_transactions AS PERMISSIVE FOR ALL TO samoe_app, samoe_owner USING (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint);
GRANT SELECT, INSERT ON ledger_transactions TO samoe_fund;
CREATE POLICY fund_own ON ledger_transactions AS PERMISSIVE FOR ALL TO samoe_fund USING (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint and tenant_id = 1) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint and tenant_id = 1);

GRANT SELECT, INSERT ON ledger_entries TO samoe_app;
ALTER TABLE ledger_entries ENABLE ROW LEVEL SECURITY;
ALTER TABLE ledger_entries FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON ledger_entries AS PERMISSIVE FOR ALL TO samoe_app, samoe_owner USING (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint);
GRANT SELECT, INSERT ON ledger_entries TO samoe_fund;
CREATE POLICY fund_own ON ledger_entries AS PERMISSIVE FOR ALL TO samoe_fund USING (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint and tenant_id = 1) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint and tenant_id = 1);

GRANT SELECT, INSERT, UPDATE, DELETE ON payee_accounts TO samoe_app;
ALTER TABLE payee_accounts ENABLE ROW LEVEL SECURITY;
ALTER TABLE payee_accounts FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON payee_accounts AS PERMISSIVE FOR ALL TO samoe_app, samoe_owner USING (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint);
CREATE TRIGGER history_update AFTER UPDATE ON payee_accounts REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION keep_history();
CREATE TRIGGER history_delete AFTER DELETE ON payee_accounts REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION keep_history();

GRANT SELECT, INSERT, UPDATE, DELETE ON funding_requests TO samoe_app;
ALTER TABLE funding_requests ENABLE ROW LEVEL SECURITY;
ALTER TABLE funding_requests FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON funding_requests AS PERMISSIVE FOR ALL TO samoe_app, samoe_owner USING (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint);
GRANT SELECT ON funding_requests TO samoe_fund;
CREATE POLICY fund_sees ON funding_requests AS PERMISSIVE FOR SELECT TO samoe_fund USING ((submitted_at is not null) or (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint and tenant_id = 1));
GRANT INSERT, UPDATE ON funding_requests TO samoe_fund;
CREATE POLICY fund_adds ON funding_requests AS PERMISSIVE FOR INSERT TO samoe_fund WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint and (submitted_at is not null));
CREATE POLICY fund_decides ON funding_requests AS PERMISSIVE FOR UPDATE TO samoe_fund USING (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint and (submitted_at is not null)) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint and (submitted_at is not null));
CREATE TRIGGER history_update AFTER UPDATE ON funding_requests REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION keep_history();
CREATE TRIGGER history_delete AFTER DELETE ON funding_requests REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION keep_history();

GRANT SELECT, INSERT, UPDATE, DELETE ON instalments TO samoe_app;
ALTER TABLE instalments ENABLE ROW LEVEL SECURITY;
ALTER TABLE instalments FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON instalments AS PERMISSIVE FOR ALL TO samoe_app, samoe_owner USING (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint);
GRANT SELECT ON instalments TO samoe_fund;
CREATE POLICY fund_sees ON instalments AS PERMISSIVE FOR SELECT TO samoe_fund USING ((true) or (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint and tenant_id = 1));
GRANT INSERT, UPDATE ON instalments TO samoe_fund;
CREATE POLICY fund_adds ON instalments AS PERMISSIVE FOR INSERT TO samoe_fund WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint and (true));
CREATE POLICY fund_decides ON instalments AS PERMISSIVE FOR UPDATE TO samoe_fund USING (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint and (true)) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint and (true));
CREATE TRIGGER history_update AFTER UPDATE ON instalments REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION keep_history();
CREATE TRIGGER history_delete AFTER DELETE ON instalments REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION keep_history();

GRANT SELECT, INSERT, UPDATE, DELETE ON refunds TO samoe_app;
ALTER TABLE refunds ENABLE ROW LEVEL SECURITY;
ALTER TABLE refunds FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON refunds AS PERMISSIVE FOR ALL TO samoe_app, samoe_owner USING (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint);
GRANT SELECT ON refunds TO samoe_fund;
CREATE POLICY fund_sees ON refunds AS PERMISSIVE FOR SELECT TO samoe_fund USING ((true) or (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint and tenant_id = 1));
GRANT INSERT, UPDATE ON refunds TO samoe_fund;
CREATE POLICY fund_adds ON refunds AS PERMISSIVE FOR INSERT TO samoe_fund WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint and (true));
CREATE POLICY fund_decides ON refunds AS PERMISSIVE FOR UPDATE TO samoe_fund USING (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint and (true)) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint and (true));
CREATE TRIGGER history_update AFTER UPDATE ON refunds REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION keep_history();
CREATE TRIGGER history_delete AFTER DELETE ON refunds REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION keep_history();

GRANT SELECT, INSERT, UPDATE, DELETE ON request_lines TO samoe_app;
ALTER TABLE request_lines ENABLE ROW LEVEL SECURITY;
ALTER TABLE request_lines FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON request_lines AS PERMISSIVE FOR ALL TO samoe_app, samoe_owner USING (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint);
GRANT SELECT ON request_lines TO samoe_fund;
CREATE POLICY fund_sees ON request_lines AS PERMISSIVE FOR SELECT TO samoe_fund USING ((submitted_at is not null) or (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint and tenant_id = 1));
CREATE TRIGGER history_update AFTER UPDATE ON request_lines REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION keep_history();
CREATE TRIGGER history_delete AFTER DELETE ON request_lines REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION keep_history();

GRANT SELECT, INSERT, UPDATE, DELETE ON allocations TO samoe_app;
ALTER TABLE allocations ENABLE ROW LEVEL SECURITY;
ALTER TABLE allocations FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON allocations AS PERMISSIVE FOR ALL TO samoe_app, samoe_owner USING (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint);
GRANT SELECT ON allocations TO samoe_fund;
CREATE POLICY fund_sees ON allocations AS PERMISSIVE FOR SELECT TO samoe_fund USING ((true) or (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint and tenant_id = 1));
GRANT INSERT, UPDATE ON allocations TO samoe_fund;
CREATE POLICY fund_adds ON allocations AS PERMISSIVE FOR INSERT TO samoe_fund WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint and (true));
CREATE POLICY fund_decides ON allocations AS PERMISSIVE FOR UPDATE TO samoe_fund USING (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint and (true)) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint and (true));
CREATE TRIGGER history_update AFTER UPDATE ON allocations REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION keep_history();
CREATE TRIGGER history_delete AFTER DELETE ON allocations REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION keep_history();

GRANT SELECT, INSERT, UPDATE, DELETE ON request_corrections TO samoe_app;
ALTER TABLE request_corrections ENABLE ROW LEVEL SECURITY;
ALTER TABLE request_corrections FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON request_corrections AS PERMISSIVE FOR ALL TO samoe_app, samoe_owner USING (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint);
GRANT SELECT ON request_corrections TO samoe_fund;
CREATE POLICY fund_sees ON request_corrections AS PERMISSIVE FOR SELECT TO samoe_fund USING ((submitted_at is not null) or (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint and tenant_id = 1));
CREATE TRIGGER history_update AFTER UPDATE ON request_corrections REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION keep_history();
CREATE TRIGGER history_delete AFTER DELETE ON request_corrections REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION keep_history();

GRANT SELECT, INSERT, UPDATE, DELETE ON request_grants TO samoe_app;
ALTER TABLE request_grants ENABLE ROW LEVEL SECURITY;
ALTER TABLE request_grants FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON request_grants AS PERMISSIVE FOR ALL TO samoe_app, samoe_owner USING (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint);
GRANT SELECT ON request_grants TO samoe_fund;
CREATE POLICY fund_sees ON request_grants AS PERMISSIVE FOR SELECT TO samoe_fund USING ((submitted_at is not null) or (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint and tenant_id = 1));
CREATE TRIGGER history_update AFTER UPDATE ON request_grants REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION keep_history();
CREATE TRIGGER history_delete AFTER DELETE ON request_grants REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION keep_history();

GRANT SELECT, INSERT, UPDATE, DELETE ON request_questions TO samoe_app;
ALTER TABLE request_questions ENABLE ROW LEVEL SECURITY;
ALTER TABLE request_questions FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON request_questions AS PERMISSIVE FOR ALL TO samoe_app, samoe_owner USING (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint);
GRANT SELECT ON request_questions TO samoe_fund;
CREATE POLICY fund_sees ON request_questions AS PERMISSIVE FOR SELECT TO samoe_fund USING ((true) or (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint and tenant_id = 1));
GRANT INSERT, UPDATE ON request_questions TO samoe_fund;
CREATE POLICY fund_adds ON request_questions AS PERMISSIVE FOR INSERT TO samoe_fund WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint and (true));
CREATE POLICY fund_decides ON request_questions AS PERMISSIVE FOR UPDATE TO samoe_fund USING (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint and (true)) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint and (true));
CREATE TRIGGER history_update AFTER UPDATE ON request_questions REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION keep_history();
CREATE TRIGGER history_delete AFTER DELETE ON request_questions REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION keep_history();

GRANT SELECT, INSERT, UPDATE, DELETE ON request_reviews TO samoe_app;
ALTER TABLE request_reviews ENABLE ROW LEVEL SECURITY;
ALTER TABLE request_reviews FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON request_reviews AS PERMISSIVE FOR ALL TO samoe_app, samoe_owner USING (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint);
GRANT SELECT ON request_reviews TO samoe_fund;
CREATE POLICY fund_sees ON request_reviews AS PERMISSIVE FOR SELECT TO samoe_fund USING ((true) or (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint and tenant_id = 1));
GRANT INSERT, UPDATE ON request_reviews TO samoe_fund;
CREATE POLICY fund_adds ON request_reviews AS PERMISSIVE FOR INSERT TO samoe_fund WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint and (true));
CREATE POLICY fund_decides ON request_reviews AS PERMISSIVE FOR UPDATE TO samoe_fund USING (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint and (true)) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint and (true));
CREATE TRIGGER history_update AFTER UPDATE ON request_reviews REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION keep_history();
CREATE TRIGGER history_delete AFTER DELETE ON request_reviews REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION keep_history();

GRANT SELECT, INSERT, UPDATE, DELETE ON allocation_grants TO samoe_app;
ALTER TABLE allocation_grants ENABLE ROW LEVEL SECURITY;
ALTER TABLE allocation_grants FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON allocation_grants AS PERMISSIVE FOR ALL TO samoe_app, samoe_owner USING (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint);
GRANT SELECT ON allocation_grants TO samoe_fund;
CREATE POLICY fund_sees ON allocation_grants AS PERMISSIVE FOR SELECT TO samoe_fund USING ((true) or (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint and tenant_id = 1));
GRANT INSERT, UPDATE ON allocation_grants TO samoe_fund;
CREATE POLICY fund_adds ON allocation_grants AS PERMISSIVE FOR INSERT TO samoe_fund WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint and (true));
CREATE POLICY fund_decides ON allocation_grants AS PERMISSIVE FOR UPDATE TO samoe_fund USING (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint and (true)) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint and (true));
CREATE TRIGGER history_update AFTER UPDATE ON allocation_grants REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION keep_history();
CREATE TRIGGER history_delete AFTER DELETE ON allocation_grants REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION keep_history();

GRANT SELECT, INSERT, UPDATE, DELETE ON entitlements TO samoe_app;
ALTER TABLE entitlements ENABLE ROW LEVEL SECURITY;
ALTER TABLE entitlements FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON entitlements AS PERMISSIVE FOR ALL TO samoe_app, samoe_owner USING (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint);
CREATE POLICY area ON entitlements AS RESTRICTIVE FOR ALL TO samoe_app USING (area_bit & (select nullif(current_setting('app.area_mask', true), '')::bigint) <> 0) WITH CHECK (area_bit & (select nullif(current_setting('app.area_mask', true), '')::bigint) <> 0);
CREATE POLICY target_group ON entitlements AS RESTRICTIVE FOR ALL TO samoe_app USING (group_bit & (select nullif(current_setting('app.group_mask', true), '')::bigint) <> 0) WITH CHECK (group_bit & (select nullif(current_setting('app.group_mask', true), '')::bigint) <> 0);
CREATE POLICY own ON entitlements AS RESTRICTIVE FOR ALL TO samoe_app USING (((select current_setting('app.own', true)) = 'all' or institution_id = any((select nullif(current_setting('app.institutions', true), ''))::uuid[]) or worker_id = (select nullif(current_setting('app.worker', true), '')::uuid))) WITH CHECK (((select current_setting('app.own', true)) = 'all' or institution_id = any((select nullif(current_setting('app.institutions', true), ''))::uuid[]) or worker_id = (select nullif(current_setting('app.worker', true), '')::uuid)));
CREATE TRIGGER history_update AFTER UPDATE ON entitlements REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION keep_history();
CREATE TRIGGER history_delete AFTER DELETE ON entitlements REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION keep_history();

GRANT SELECT, INSERT, UPDATE, DELETE ON payment_batches TO samoe_app;
ALTER TABLE payment_batches ENABLE ROW LEVEL SECURITY;
ALTER TABLE payment_batches FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON payment_batches AS PERMISSIVE FOR ALL TO samoe_app, samoe_owner USING (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint);
CREATE TRIGGER history_update AFTER UPDATE ON payment_batches REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION keep_history();
CREATE TRIGGER history_delete AFTER DELETE ON payment_batches REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION keep_history();

GRANT SELECT, INSERT ON batch_signatures TO samoe_app;
ALTER TABLE batch_signatures ENABLE ROW LEVEL SECURITY;
ALTER TABLE batch_signatures FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON batch_signatures AS PERMISSIVE FOR ALL TO samoe_app, samoe_owner USING (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint);

GRANT SELECT, INSERT, UPDATE, DELETE ON payments TO samoe_app;
ALTER TABLE payments ENABLE ROW LEVEL SECURITY;
ALTER TABLE payments FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON payments AS PERMISSIVE FOR ALL TO samoe_app, samoe_owner USING (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint);
CREATE POLICY area ON payments AS RESTRICTIVE FOR ALL TO samoe_app USING (area_bit & (select nullif(current_setting('app.area_mask', true), '')::bigint) <> 0) WITH CHECK (area_bit & (select nullif(current_setting('app.area_mask', true), '')::bigint) <> 0);
CREATE POLICY target_group ON payments AS RESTRICTIVE FOR ALL TO samoe_app USING (group_bit & (select nullif(current_setting('app.group_mask', true), '')::bigint) <> 0) WITH CHECK (group_bit & (select nullif(current_setting('app.group_mask', true), '')::bigint) <> 0);
CREATE POLICY own ON payments AS RESTRICTIVE FOR ALL TO samoe_app USING (((select current_setting('app.own', true)) = 'all' or institution_id = any((select nullif(current_setting('app.institutions', true), ''))::uuid[]) or worker_id = (select nullif(current_setting('app.worker', true), '')::uuid))) WITH CHECK (((select current_setting('app.own', true)) = 'all' or institution_id = any((select nullif(current_setting('app.institutions', true), ''))::uuid[]) or worker_id = (select nullif(current_setting('app.worker', true), '')::uuid)));
CREATE TRIGGER history_update AFTER UPDATE ON payments REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION keep_history();
CREATE TRIGGER history_delete AFTER DELETE ON payments REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION keep_history();

GRANT SELECT, INSERT ON payment_evidence TO samoe_app;
ALTER TABLE payment_evidence ENABLE ROW LEVEL SECURITY;
ALTER TABLE payment_evidence FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON payment_evidence AS PERMISSIVE FOR ALL TO samoe_app, samoe_owner USING (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint);

