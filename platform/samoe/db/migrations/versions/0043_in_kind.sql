ALTER TABLE payment_batches DROP CONSTRAINT ck_payment_batches_method;
ALTER TABLE payment_batches ADD CONSTRAINT ck_payment_batches_method CHECK (method in ('bank', 'cash', 'goods'));
