-- The four roles of Samoe on a PostgreSQL of your own (15 or newer). Run once as an administrator, then create the
-- database with `owner samoe_owner` and encoding UTF8, locale C.UTF-8 (Thai search needs a character type of UTF-8).
-- Choose the passwords; only samoe_owner migrates, only samoe_backup may read past row-level security.
create role samoe_owner login nosuperuser nobypassrls;
create role samoe_app login nosuperuser nobypassrls;
create role samoe_fund login nosuperuser nobypassrls;
create role samoe_backup login nosuperuser bypassrls;

-- In the database itself:
create extension if not exists pg_trgm;
create extension if not exists btree_gin;
create extension if not exists btree_gist;
create schema if not exists dramatiq authorization samoe_owner;

-- Names are searched by part of a word. Under row-level security PostgreSQL uses the trigram index only for operators
-- that are marked leak-proof; the mark needs a superuser and is lost by a dump: set it in every database you make.
alter function texticlike(text, text) leakproof;
alter function textlike(text, text) leakproof;
