"""Settings: read from the environment once, frozen afterwards."""

import hashlib
import hmac
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from samoe.settings.environment import URL_NAMES, DatabaseRole, Environment, SettingsError, database_urls
from samoe.settings.objects import ObjectStoreAddress
from samoe.settings.record import Running
from samoe.settings.secrets import Secrets

DEFAULT_PORT = 8000
SECOND_FACTOR = ("offered", "required")
"""Whether accounts with far-reaching roles may have a second factor, or must. The second is production's default."""


@dataclass(frozen=True)
class Settings:
    """How this copy runs. Where no database or object store is named, ``home`` holds an embedded one."""

    root: Path
    home: Path
    port: int = DEFAULT_PORT
    port_chosen: bool = False
    host: str = "127.0.0.1"
    public_url: str = ""
    production: bool = False
    debug: bool = False
    second_factor: str = "offered"
    slips: bool = True
    """Whether field workers may sign in with a slip and a PIN. Off, bound telephones open nothing either."""
    database_urls: Mapping[DatabaseRole, str] = field(default_factory=dict, repr=False)
    s3_endpoint_url: str | None = None
    s3_access_key: str | None = None
    s3_secret_key: str | None = field(default=None, repr=False)
    s3_bucket: str | None = None
    s3_region: str = "us-east-1"
    files_in_folder: bool = False
    given_secret_key: str | None = field(default=None, repr=False)
    oidc_issuer: str | None = None
    oidc_client_id: str | None = None
    oidc_client_secret: str | None = field(default=None, repr=False)
    oidc_second_factor_acr: str = "otp"
    oidc_admin_client_id: str | None = None
    oidc_admin_client_secret: str | None = field(default=None, repr=False)
    smtp_url: str | None = field(default=None, repr=False)
    mail_from: str = "samoe@localhost"
    trusted_proxies: tuple[str, ...] = ()
    postgres_bin: Path | None = None
    web_workers: int = 1
    worker_processes: int = 1
    worker_threads: int = 4

    @classmethod
    def load(cls, environment: Mapping[str, str] | None = None) -> "Settings":
        """Read the process environment (or the given one).

        Raises:
            SettingsError: a value cannot be read, or production lacks what must not be invented.
        """
        env = Environment(os.environ if environment is None else environment)
        root = _root(env)
        port = env.number("SAMOE_PORT", DEFAULT_PORT, 1, 65535)
        settings = cls(
            root=root,
            home=Path(env.text("SAMOE_HOME") or _default_home(root)).expanduser().absolute(),
            port=port,
            port_chosen=bool(env.text("SAMOE_PORT")),
            host=env.text("SAMOE_HOST") or "127.0.0.1",
            public_url=(env.text("SAMOE_URL") or "").rstrip("/"),
            production=env.flag("SAMOE_PRODUCTION"),
            debug=env.flag("SAMOE_DEBUG"),
            second_factor=env.one_of("SAMOE_SECOND_FACTOR", SECOND_FACTOR, SECOND_FACTOR[env.flag("SAMOE_PRODUCTION")]),
            slips=env.one_of("SAMOE_SLIPS", ("on", "off"), "on") == "on",
            database_urls=database_urls(env),
            s3_endpoint_url=env.text("S3_ENDPOINT_URL"),
            s3_access_key=env.text("S3_ACCESS_KEY"),
            s3_secret_key=env.text("S3_SECRET_KEY"),
            s3_bucket=env.text("S3_BUCKET"),
            s3_region=env.text("S3_REGION") or "us-east-1",
            files_in_folder=env.flag("SAMOE_FILES_IN_FOLDER"),
            given_secret_key=env.text("SAMOE_SECRET_KEY"),
            oidc_issuer=env.text("OIDC_ISSUER"),
            oidc_client_id=env.text("OIDC_CLIENT_ID"),
            oidc_client_secret=env.text("OIDC_CLIENT_SECRET"),
            oidc_second_factor_acr=env.text("OIDC_SECOND_FACTOR_ACR") or "otp",
            oidc_admin_client_id=env.text("OIDC_ADMIN_CLIENT_ID"),
            oidc_admin_client_secret=env.text("OIDC_ADMIN_CLIENT_SECRET"),
            smtp_url=env.text("SMTP_URL"),
            mail_from=env.text("MAIL_FROM") or "samoe@localhost",
            trusted_proxies=tuple((env.text("SAMOE_TRUSTED_PROXIES") or "").replace(",", " ").split()),
            postgres_bin=Path(given_bin) if (given_bin := env.text("SAMOE_POSTGRES_BIN")) else None,
            web_workers=env.number("SAMOE_WEB_WORKERS", 1, 1, 64),
            worker_processes=env.number("SAMOE_WORKER_PROCESSES", 1, 1, 64),
            worker_threads=env.number("SAMOE_WORKER_THREADS", 4, 1, 64),
        )
        settings._refuse_half_settings()
        return settings

    @property
    def embedded_database(self) -> bool:
        return not self.database_urls

    @property
    def embedded_objectstore(self) -> bool:
        return self.s3_bucket is None and not self.files_in_folder

    @property
    def templates(self) -> Path:
        return self.root / "templates"

    @property
    def tenants(self) -> Path:
        return self.root / "tenants"

    @property
    def files_folder(self) -> Path:
        """Where files lie when no object store runs."""
        return self.home / "files"

    @property
    def address(self) -> str:
        """Where people reach the service, without a closing slash."""
        return self.public_url or f"http://{'127.0.0.1' if self.host == '0.0.0.0' else self.host}:{self.port}"  # noqa: S104 (compared, not bound)

    def dsn(self, role: DatabaseRole) -> str:
        """The SQLAlchemy address (``postgresql+psycopg://``) for one database role.

        Raises:
            SettingsError: the role has no address, or the embedded database of this home is not running.
        """
        if not self.embedded_database:
            try:
                return self.database_urls[role]
            except KeyError:
                name = URL_NAMES[role]
                raise SettingsError(f"{name} is not set: this command connects as the {role} role.") from None
        postgres = Running.of(self.home).postgres
        if postgres is None:
            raise SettingsError(f"The embedded database of {self.home} is not running; start it with: make run")
        password = quote(getattr(Secrets.of(self.home), role), safe="")
        return f"postgresql+psycopg://samoe_{role}:{password}@127.0.0.1:{postgres.port}/samoe"

    def objectstore(self) -> ObjectStoreAddress | None:
        """The S3 store to use; None means files are kept in ``files_folder``.

        Raises:
            SettingsError: the embedded store of this home is not running. (Falling back to the folder then
                would scatter files over two places.)
        """
        if self.s3_bucket is not None:
            return ObjectStoreAddress(
                bucket=self.s3_bucket,
                access_key=self.s3_access_key or "",
                secret_key=self.s3_secret_key or "",
                endpoint_url=self.s3_endpoint_url,
                region=self.s3_region,
            )
        running = Running.of(self.home)
        if self.files_in_folder or running.files_in_folder:
            return None
        store = running.objectstore
        if store is None:
            raise SettingsError(f"The object store of {self.home} is not running; start it with: make run")
        kept = Secrets.of(self.home)
        return ObjectStoreAddress(
            bucket="samoe",
            access_key=kept.s3_access_key,
            secret_key=kept.s3_secret_key,
            endpoint_url=f"http://127.0.0.1:{store.port}",
        )

    @property
    def second_factor_required(self) -> bool:
        """Whether accounts whose role reaches far must set up a second factor before anything else opens."""
        return self.second_factor == "required"

    @property
    def keeps_directory(self) -> bool:
        """Whether members are invited, and kept up to date, in the directory of the Keycloak where they sign in."""
        return self.oidc_admin_client_id is not None

    @property
    def secret_key(self) -> str:
        """The secret every signed value rests on; the same in every process of this copy."""
        return self.given_secret_key or Secrets.of(self.home).secret_key

    def key(self, purpose: str) -> bytes:
        """32 bytes for one purpose ("csrf", "session"): what is signed for one is worthless for others."""
        return hmac.digest(self.secret_key.encode(), purpose.encode(), hashlib.sha256)

    def _refuse_half_settings(self) -> None:
        if self.production and self.embedded_database:
            raise SettingsError("SAMOE_PRODUCTION is on but DATABASE_URL is not set.")
        if self.production and self.given_secret_key is None:
            raise SettingsError("SAMOE_PRODUCTION is on but SAMOE_SECRET_KEY is not set.")
        if self.given_secret_key is not None and len(self.given_secret_key) < 32:
            raise SettingsError("SAMOE_SECRET_KEY is too short: give at least 32 characters.")
        if (self.oidc_issuer is None) != (self.oidc_client_id is None):
            raise SettingsError("OIDC_ISSUER and OIDC_CLIENT_ID belong together: set both or neither.")
        if (self.oidc_admin_client_id is None) != (self.oidc_admin_client_secret is None):
            raise SettingsError(
                "OIDC_ADMIN_CLIENT_ID and OIDC_ADMIN_CLIENT_SECRET belong together: set both or neither."
            )
        if self.oidc_admin_client_id is not None and "/realms/" not in (self.oidc_issuer or ""):
            raise SettingsError("OIDC_ADMIN_CLIENT_ID is for a Keycloak: OIDC_ISSUER must end in /realms/NAME.")
        if self.production and self.oidc_issuer is not None and not self.oidc_issuer.startswith("https://"):
            raise SettingsError("SAMOE_PRODUCTION is on but OIDC_ISSUER is not an https address.")
        if self.s3_bucket is not None and not (self.s3_access_key and self.s3_secret_key):
            raise SettingsError("S3_BUCKET is set but S3_ACCESS_KEY or S3_SECRET_KEY is not.")
        if self.s3_endpoint_url is not None and self.s3_bucket is None:
            raise SettingsError("S3_ENDPOINT_URL is set but S3_BUCKET is not.")


def _root(env: Environment) -> Path:
    """The folder that holds templates/ and tenants/: the checkout, or the copy that the wheel installed."""
    given = env.text("SAMOE_ROOT")
    if given is not None:
        return Path(given).expanduser().absolute()
    checkout = Path(__file__).resolve().parents[3]
    if (checkout / "templates").is_dir() and (checkout / "tenants").is_dir():
        return checkout
    return Path(sys.prefix) / "share" / "samoe"


def _default_home(root: Path) -> Path:
    return root / "var" if (root / "platform").is_dir() else Path.cwd() / "var"
