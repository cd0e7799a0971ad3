-- A group that was taken away is never on again: its slug and its bit are not given to another (docs/decisions/0055-what-travels-and-what-is-taken-away.md).
ALTER TABLE tenant_groups ADD COLUMN removed_at TIMESTAMP WITH TIME ZONE;
ALTER TABLE tenant_groups ADD CONSTRAINT ck_tenant_groups_removed CHECK (removed_at is null or not enabled);
