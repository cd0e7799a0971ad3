"""What the environment may say, and what is refused in one sentence."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from samoe.settings import Part, Running, Secrets, Settings, SettingsError

PRODUCTION = {
    "SAMOE_PRODUCTION": "1",
    "DATABASE_URL": "postgres://app:p%40ss@db/samoe",
    "SAMOE_SECRET_KEY": "k" * 32,
}


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({"SAMOE_PORT": "๘๐๐๐"}, "SAMOE_PORT is"),
        ({"SAMOE_PORT": "0"}, "from 1 to 65535"),
        ({"SAMOE_PORT": "80000"}, "from 1 to 65535"),
        ({"SAMOE_DEBUG": "perhaps"}, "write 1 or 0"),
        ({"SAMOE_SECOND_FACTOR": "never"}, "write one of: offered, required"),
        ({"SAMOE_SLIPS": "maybe"}, "write one of: on, off"),
        ({"SAMOE_PRODUCTION": "1"}, "DATABASE_URL is not set"),
        ({**PRODUCTION, "SAMOE_SECRET_KEY": ""}, "SAMOE_SECRET_KEY is not set"),
        ({**PRODUCTION, "SAMOE_SECRET_KEY": "short"}, "too short"),
        ({"DATABASE_URL": "mysql://db"}, "must begin with postgresql://"),
        ({"DATABASE_URL_OWNER": "postgresql://db/samoe"}, "DATABASE_URL is not"),
        ({"S3_BUCKET": "files"}, "S3_ACCESS_KEY"),
        ({"S3_ENDPOINT_URL": "https://s3"}, "S3_BUCKET is not"),
    ],
)
def test_refused(environment: dict[str, str], said: str) -> None:
    with pytest.raises(SettingsError, match=said):
        Settings.load(environment)


def test_production_names_its_database_for_each_role() -> None:
    settings = Settings.load(PRODUCTION)
    assert settings.dsn("app") == "postgresql+psycopg://app:p%40ss@db/samoe"
    assert not settings.embedded_database
    with pytest.raises(SettingsError, match="DATABASE_URL_OWNER is not set"):
        settings.dsn("owner")


def test_a_second_factor_is_required_in_production_unless_told_otherwise() -> None:
    assert not Settings.load({}).second_factor_required
    assert Settings.load(PRODUCTION).second_factor_required
    assert Settings.load({"SAMOE_SECOND_FACTOR": "required"}).second_factor_required
    assert not Settings.load({**PRODUCTION, "SAMOE_SECOND_FACTOR": "offered"}).second_factor_required


def test_blank_is_not_set(tmp_path: Path) -> None:
    settings = Settings.load({"SAMOE_HOME": str(tmp_path), "SAMOE_PORT": " ", "DATABASE_URL": ""})
    assert not settings.port_chosen
    assert settings.embedded_database


def test_nothing_secret_is_shown() -> None:
    shown = repr(Settings.load({**PRODUCTION, "S3_BUCKET": "b", "S3_ACCESS_KEY": "a", "S3_SECRET_KEY": "hidden"}))
    assert "p%40ss" not in shown
    assert "hidden" not in shown
    assert "k" * 32 not in shown


def test_an_embedded_part_that_does_not_run_is_named(tmp_path: Path) -> None:
    settings = Settings.load({"SAMOE_HOME": str(tmp_path)})
    with pytest.raises(SettingsError, match=r"database of .* is not running"):
        settings.dsn("app")
    with pytest.raises(SettingsError, match=r"object store of .* is not running"):
        settings.objectstore()
    Running.note(tmp_path, files_in_folder=True)
    assert settings.objectstore() is None


def test_the_embedded_database_is_found_in_the_record(tmp_path: Path) -> None:
    Running.note(tmp_path, postgres=Part(1, "", 5555))
    dsn = Settings.load({"SAMOE_HOME": str(tmp_path)}).dsn("fund")
    assert dsn == f"postgresql+psycopg://samoe_fund:{Secrets.of(tmp_path).fund}@127.0.0.1:5555/samoe"


def test_many_first_starts_agree_on_one_secret(tmp_path: Path) -> None:
    home = tmp_path / "new"
    with ThreadPoolExecutor(16) as pool:
        made = {secret.secret_key for secret in pool.map(Secrets.of, [home] * 64)}
    assert len(made) == 1
    assert stat.S_IMODE((home / "secrets.json").stat().st_mode) == 0o600
    assert [path.name for path in home.iterdir()] == ["secrets.json"]


def test_keys_differ_by_purpose_and_last(tmp_path: Path) -> None:
    settings = Settings.load({"SAMOE_HOME": str(tmp_path)})
    assert settings.key("csrf") != settings.key("session")
    assert settings.key("csrf") == Settings.load({"SAMOE_HOME": str(tmp_path)}).key("csrf")
    assert len(settings.key("csrf")) == 32


def test_a_damaged_record_reads_as_nothing_running(tmp_path: Path) -> None:
    (tmp_path / "run.json").write_text('{"postgres": {"pid": "x", "colour": 1}')
    assert Running.of(tmp_path) == Running()


def test_many_notes_lose_nothing(tmp_path: Path) -> None:
    names = ("postgres", "objectstore", "worker", "web", "supervisor")
    with ThreadPoolExecutor(5) as pool:
        list(pool.map(lambda name: Running.note(tmp_path, **{name: Part(1, "", 7)}), names))
    assert set(Running.of(tmp_path).last_ports) == set(names)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"OIDC_ISSUER": "https://id.example/realms/samoe"}, "OIDC_CLIENT_ID"),
        ({"OIDC_CLIENT_ID": "samoe"}, "OIDC_ISSUER"),
        ({"OIDC_ISSUER": "http://id.example/realms/samoe", "OIDC_CLIENT_ID": "samoe"}, "not an https address"),
        ({"OIDC_ISSUER": "HTTP://id.example/realms/samoe", "OIDC_CLIENT_ID": "samoe"}, "not an https address"),
    ],
)
def test_production_believes_no_provider_without_https(given: dict[str, str], told: str) -> None:
    with pytest.raises(SettingsError, match=told):
        Settings.load({**PRODUCTION, **given})
    fine = {"OIDC_ISSUER": "https://id.example/realms/samoe", "OIDC_CLIENT_ID": "samoe", "OIDC_CLIENT_SECRET": "s3cret"}
    assert "s3cret" not in repr(Settings.load({**PRODUCTION, **fine}))
