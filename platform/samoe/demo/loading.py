"""Loading the demonstration: province by province, step by step, by one loader at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import select, text

from samoe.casework.models import Enrolment
from samoe.db.engine import engine
from samoe.demo import deciding, filing, money, moving, reach, referring, registering, telling, walking
from samoe.demo.acting import Cast
from samoe.demo.journal import Journal
from samoe.demo.people import People
from samoe.demo.recipes import recipe_for
from samoe.demo.scene import Part, Scene
from samoe.demo.world import World, world
from samoe.identity.demo_accounts import MadeAccount, keep_demo_accounts
from samoe.kit.problem import Problem
from samoe.programmes.phases.queries import phases
from samoe.settings import Settings
from samoe.targetgroups.enabling import enabled
from samoe.tenancy import Scope, tenant_session
from samoe.tenancy.tenants import TenantName, tenants

DONE, AT_ONCE = "done", 2
LOADED, WAS_LOADED, SILENT, OWN_DATA = "loaded", "was loaded before", "stays without data", "has data of its own"
_LOCK = text("select pg_advisory_lock(hashtext('demonstration'))")
_UNLOCK = text("select pg_advisory_unlock(hashtext('demonstration'))")

Say = Callable[[str, str], None]
"""Told a province and what became of it."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load came to: each province with what became of it, and the accounts that were made, with passwords."""

    provinces: dict[str, str]
    accounts: tuple[MadeAccount, ...]


def load(settings: Settings, slugs: Iterable[str] = (), say: Say = lambda _province, _told: None) -> Loaded:
    """Make up the people of the named provinces, or of all, and let the provinces work.

    What is there already stays, and nothing is added to it; a load that was stopped goes on where it was. Waits for
    another loader. A province that works with data of its own is left alone. Never in production.
    """
    accounts = keep_demo_accounts(settings) or []
    said, told = world(settings.tenants), dict[str, str]()
    with _one_at_a_time(settings):
        for slug, came_to in _side_by_side(settings, said, _chosen(settings, said, set(slugs))):
            told[slug] = came_to
            say(slug, came_to)
    return Loaded(told, tuple(accounts))


def missing(settings: Settings) -> list[str]:
    """The provinces that are still to be loaded, in the order to load them."""
    said, journal = world(settings.tenants), Journal(settings)
    return [
        tenant.slug
        for tenant in _chosen(settings, said, set())
        if tenant.slug not in said.silent
        and not journal.knows(tenant.id, DONE)
        and (journal.begun(tenant.id) or not _has_data(settings, tenant.id))
    ]


@contextmanager
def _one_at_a_time(settings: Settings) -> Iterator[None]:
    with engine(settings.dsn("app")).connect() as connection:
        connection.execute(_LOCK)
        connection.commit()
        try:
            yield
        finally:
            connection.execute(_UNLOCK)
            connection.commit()


def _side_by_side(settings: Settings, said: World, chosen: Sequence[TenantName]) -> Iterator[tuple[str, str]]:
    """Load some provinces at once: while one waits for the database, another thinks. Each as it is done."""
    journal, cast = Journal(settings), Cast(settings)
    pool = ThreadPoolExecutor(AT_ONCE, "demo")
    try:
        work = {pool.submit(_load, settings, journal, cast, tenant, said): tenant.slug for tenant in chosen}
        for done in as_completed(work):
            yield work[done], done.result()
    except BaseException:
        journal.stop()
        raise
    finally:
        pool.shutdown(cancel_futures=True)


def _chosen(settings: Settings, said: World, wanted: set[str]) -> Sequence[TenantName]:
    with engine(settings.dsn("app")).connect() as connection:
        found = [tenant for tenant in tenants(connection) if tenant.kind == "province"]
    if unknown := wanted - {tenant.slug for tenant in found}:
        raise Problem("ไม่มีไฟล์ของ %(slugs)s ในโฟลเดอร์ tenants", slugs=", ".join(sorted(unknown)))
    order = {slug: place for place, slug in enumerate(said.first)}
    chosen = [tenant for tenant in found if not wanted or tenant.slug in wanted]
    return sorted(chosen, key=lambda tenant: order.get(tenant.slug, len(order)))


def _load(settings: Settings, journal: Journal, cast: Cast, tenant: TenantName, said: World) -> str:
    if tenant.slug in said.silent:
        return SILENT
    if journal.knows(tenant.id, DONE):
        return WAS_LOADED
    if not journal.begun(tenant.id) and _has_data(settings, tenant.id):
        return OWN_DATA
    code = tenant.province_code or ""
    with tenant_session(Scope(tenant.id), settings) as db:
        phase, groups = phases(db)[0], enabled(db)
    scene = Scene(settings, journal, cast, tenant, phase, People(code, phase.starts_on))
    share = said.reached.get(tenant.slug, 1.0)
    recipes = [(group, recipe_for(group.manifest, code, share=share)) for group in groups]
    parts = [Part(group, recipe) for group, recipe in recipes if recipe is not None]
    telling.say_rules(scene, parts)
    _work(scene, parts, said)
    telling.tell(scene)
    scene.once(DONE, scene.service(), lambda _db, _actor: None)
    return LOADED


def _work(scene: Scene, parts: Sequence[Part], said: World) -> None:
    """A phase as it happens: the register, the lists, the way of each, the money."""
    filing.file_papers(scene)
    registering.register(scene, parts)
    reach.give_centres(scene)
    for part in parts:
        deciding.decide(scene, part)
    for part in parts:
        walking.look_for(scene, part)
        referring.refer(scene, part)
    reach.give_cases(scene, parts)
    for part in parts:
        moving.visit(scene, part)
    money.by_recipe(scene, parts, said)
    if (asked := said.requests.get(scene.tenant.slug)) is not None:
        money.as_said(scene, parts, asked, said)
    for part in parts:
        moving.move_away(scene, part)


def _has_data(settings: Settings, tenant_id: int) -> bool:
    with tenant_session(Scope(tenant_id), settings) as db:
        e = Enrolment
        return db.scalar(select(select(e.id).where(e.tenant_id == tenant_id).exists())) or False
