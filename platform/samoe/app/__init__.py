"""The composition root: settings → one Litestar application with every room's pages."""

from __future__ import annotations

import importlib
import pkgutil

from litestar import Litestar
from litestar.config.app import AppConfig
from litestar.datastructures import CacheControlHeader, State
from litestar.static_files import create_static_files_router

from samoe.app.unfound import exception_handlers
from samoe.db.engine import refuse_unsafe_role
from samoe.identity.demo_accounts import refuse_demo_accounts
from samoe.identity.sign_in import provider_of
from samoe.kit.faults import install
from samoe.settings import Settings
from samoe.targetgroups.installed import tell
from samoe.web import menu
from samoe.web.route import Handler
from samoe.web.routing import handlers

ROOMS = ("rehearsals", "admin", "privacy", "reporting", "funding", "intake", "casework", "programmes", "registry")


def pages() -> list[Handler]:
    """Every page of every room, found by looking for modules called ``routes``; their menus are offered too."""
    found: list[Handler] = []
    for room in ROOMS:
        package = importlib.import_module(f"samoe.{room}")
        names = [m.name for m in pkgutil.walk_packages(package.__path__, prefix=f"samoe.{room}.")]
        for name in sorted(n for n in names if "routes" in n.split(".")):
            module = importlib.import_module(name)
            found.extend(getattr(module, "routes", []))
            menu.offer(getattr(module, "menu", []))
    return found


def create_app(settings: Settings | None = None) -> Litestar:
    """The application.

    Refuses to start on a database role that row-level security would not bind, and in production on a database that
    still holds demo accounts, or where nobody could sign in by the settings given.
    """
    chosen = settings or Settings.load()
    install()
    refuse_unsafe_role(chosen.dsn("app"))
    refuse_demo_accounts(chosen)
    provider_of(chosen)
    tell(chosen)
    static = create_static_files_router(
        path="/static", directories=[chosen.root / "templates" / "static"],
        cache_control=CacheControlHeader(max_age=31_536_000, immutable=True),
    )  # fmt: skip
    return Litestar(
        route_handlers=[*handlers(pages()), static], state=State({"settings": chosen}), openapi_config=None,
        exception_handlers=exception_handlers(), debug=False, on_app_init=[_no_defaults],
    )  # fmt: skip


def _no_defaults(config: AppConfig) -> AppConfig:
    config.logging_config = None
    return config
