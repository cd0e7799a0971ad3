"""What only a superuser can put into a database before migrations start: roles, extensions and marks."""

import psycopg
from psycopg import sql

from samoe.settings import Secrets

DATABASE = "samoe"
EXTENSIONS = ("pg_trgm", "btree_gist")

# Under row-level security an operator that is not LEAKPROOF cannot use an index: substring search of names is
# then 25 times slower. None of these tells anything about a row it was not asked to show. The marks belong to
# one database and are not carried by pg_dump, so they are set wherever a database is made.
LEAKPROOF = (
    "pg_catalog.textlike(text, text)",
    "pg_catalog.texticlike(text, text)",
    "public.similarity_op(text, text)",
    "public.word_similarity_op(text, text)",
    "public.word_similarity_commutator_op(text, text)",
)


def provision(server: str, secrets: Secrets) -> None:
    """Bring a server (its superuser's address) to where migrations can start. Repeating it changes nothing.

    Afterwards samoe_owner owns the database; samoe_app and samoe_fund own nothing and bypass nothing;
    samoe_backup reads everything and writes nothing.
    """
    with psycopg.connect(server, autocommit=True) as connection:
        for name in ("owner", "app", "fund", "backup"):
            _role(connection, f"samoe_{name}", getattr(secrets, name), bypass=name == "backup")
        connection.execute("GRANT pg_read_all_data TO samoe_backup")
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone()
        if found is None:
            make_database(connection, DATABASE)
    with psycopg.connect(server, dbname=DATABASE, autocommit=True) as connection:
        prepare_database(connection)


def make_database(
    connection: psycopg.Connection, name: str, template: str | None = None, *, by_file: bool = False
) -> None:
    """Make an empty database, or a copy of a prepared one.

    ``by_file`` copies files and writes no log of them: cheaper where the server syncs nothing, dearer where it does.
    """
    source = sql.SQL(" TEMPLATE {}").format(sql.Identifier(template)) if template else sql.SQL("")
    source += sql.SQL(" STRATEGY FILE_COPY") if by_file else sql.SQL("")
    connection.execute(sql.SQL("CREATE DATABASE {} OWNER samoe_owner").format(sql.Identifier(name)) + source)
    connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(sql.Identifier(name)))
    connection.execute(
        sql.SQL("GRANT CONNECT, TEMPORARY ON DATABASE {} TO samoe_app, samoe_fund, samoe_backup").format(
            sql.Identifier(name)
        )
    )


def prepare_database(connection: psycopg.Connection) -> None:
    """Extensions, marks and schema rights of the database this superuser is connected to."""
    for name in EXTENSIONS:
        connection.execute(sql.SQL("CREATE EXTENSION IF NOT EXISTS {}").format(sql.Identifier(name)))
    for function in LEAKPROOF:
        connection.execute(sql.SQL("ALTER FUNCTION {} LEAKPROOF").format(sql.SQL(function)))
    connection.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC")
    connection.execute("GRANT USAGE ON SCHEMA public TO samoe_app, samoe_fund, samoe_backup")


def _role(connection: psycopg.Connection, name: str, password: str, *, bypass: bool) -> None:
    found = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name]).fetchone()
    connection.execute(
        sql.SQL("{} ROLE {} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE {} PASSWORD {}").format(
            sql.SQL("ALTER" if found else "CREATE"),
            sql.Identifier(name),
            sql.SQL("BYPASSRLS" if bypass else "NOBYPASSRLS"),
            sql.Literal(password),
        )
    )
