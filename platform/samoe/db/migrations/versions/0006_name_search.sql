-- Substring search in names. btree_gin lets the tenant lead the index; both extensions are trusted, so the owner of
-- the database may create them.
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS btree_gin;
CREATE INDEX ix_persons_search_name_trgm ON persons USING gin (tenant_id, search_name gin_trgm_ops);
