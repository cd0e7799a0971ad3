"""What a database holds before the first migration, and what each role may do in it."""

import psycopg
import pytest

from samoe.embedded.provision import LEAKPROOF
from samoe.settings import Secrets
from tests.conftest import ROLES, Cluster, Database


def test_only_the_backup_role_is_above_row_level_security(cluster: Cluster) -> None:
    with psycopg.connect(cluster.server.dsn()) as connection:
        rows = connection.execute(
            "SELECT rolname, rolsuper, rolbypassrls, rolcreatedb, rolcreaterole"
            " FROM pg_roles WHERE rolname LIKE 'samoe%'"
        ).fetchall()
    powers = {name: tuple(rest) for name, *rest in rows}
    nothing = (False, False, False, False)
    assert powers.pop("samoe_superuser")[0]
    assert powers == {
        "samoe_owner": nothing,
        "samoe_app": nothing,
        "samoe_fund": nothing,
        "samoe_backup": (False, True, False, False),
    }


@pytest.mark.parametrize("role", ROLES)
def test_every_role_signs_in_with_its_own_password(cluster: Cluster, database: Database, role: str) -> None:
    with psycopg.connect(database.psycopg(role)) as connection:
        assert connection.execute("SELECT current_user").fetchone() == (f"samoe_{role}",)
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(database.psycopg(role).replace(getattr(Secrets.of(cluster.home), role), "guessed"))


@pytest.mark.parametrize("role", ["app", "fund", "backup"])
def test_only_the_owner_may_make_tables(database: Database, role: str) -> None:
    with (
        psycopg.connect(database.psycopg(role)) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute("CREATE TABLE public.mine (id int)")


def test_copies_of_the_template_keep_the_leakproof_marks(database: Database) -> None:
    with psycopg.connect(database.psycopg("app")) as connection:
        for function in LEAKPROOF:
            marked = connection.execute(
                "SELECT proleakproof FROM pg_proc WHERE oid = %s::regprocedure", [function]
            ).fetchone()
            assert marked == (True,), function


def test_trigrams_of_thai_are_seen(database: Database) -> None:
    with psycopg.connect(database.psycopg("app")) as connection:
        row = connection.execute("SELECT similarity('สมหญิง', 'สมหญิงค์'), 'ก' ~ '^\\w$', upper('é')").fetchone()
    assert row is not None
    assert row[0] > 0.4
    assert row[1:] == (True, "É")
