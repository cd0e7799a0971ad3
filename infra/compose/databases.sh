#!/bin/sh
# Run once by the database's image, on an empty server: the roles of Samoe with their passwords, and Keycloak's own database.
set -eu

in_database() {
    psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$1"
}

in_database samoe < "${ROLES:-/samoe/roles.sql}"
# Read from the environment by psql itself: no password is an argument that others could see.
in_database samoe <<'SQL'
\getenv owner SAMOE_OWNER_PASSWORD
\getenv app SAMOE_APP_PASSWORD
\getenv fund SAMOE_FUND_PASSWORD
\getenv backup SAMOE_BACKUP_PASSWORD
\getenv keycloak KC_DB_PASSWORD
alter role samoe_owner password :'owner';
alter role samoe_app password :'app';
alter role samoe_fund password :'fund';
alter role samoe_backup password :'backup';
grant pg_read_all_data to samoe_backup;
alter database samoe owner to samoe_owner;
revoke all on database samoe from public;
grant connect, temporary on database samoe to samoe_app, samoe_fund, samoe_backup;
revoke create on schema public from public;
grant create, usage on schema public to samoe_owner;
grant usage on schema public to samoe_app, samoe_fund, samoe_backup;
create role keycloak login nosuperuser nobypassrls password :'keycloak';
create database keycloak owner keycloak;
revoke all on database keycloak from public;
SQL
