"""Two whole provinces and the fund at work, small enough to be made in seconds and copied for every question."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import insert, select

from samoe import demo
from samoe.admin import provinces
from samoe.db.engine import engine
from samoe.db.table import new_id
from samoe.demo import loading
from samoe.identity.demo_accounts import keep_demo_accounts
from samoe.identity.members import add_member
from samoe.identity.models import Account
from samoe.identity.restore import actor_for, system_actor
from samoe.identity.scopes import Reach
from samoe.identity.slips import codes, entering, issuing, workers
from samoe.programmes.benefits.actions import set_benefit
from samoe.programmes.benefits.forms import AmountsForm
from samoe.programmes.phases.queries import phases
from samoe.settings import Settings
from samoe.tenancy import Scope, tenant_session
from samoe.tenancy.models import Tenant
from tests.cast import LAMPANG, PARTS, PHUKET, SECOND_PARTS, Part
from tests.conftest import Cluster, Database
from tests.isolation.canaries import stamp
from tests.isolation.filling import Filling
from tests.isolation.recipes import RECIPES

MORE = {
    "phuket.finance": Part("กานดา ทองเพชร", "phuket", "finance_officer"),
    "phuket.finance2": Part("วีระ สมุทรา", "phuket", "finance_officer"),
    "phuket.signatory": Part("สุนทร หาดทราย", "phuket", "signatory"),
    "phuket.signatory2": Part("อรทัย ชายเล", "phuket", "signatory"),
    "phuket.auditor": Part("นิพนธ์ คลื่นคราม", "phuket", "auditor"),
}
"""Members of Phuket beside the cast's, so that its money moves, too."""
NARROW = ("lampang.ngo", "lampang.coordinator", "lampang.centre", "lampang.teacher", "lampang.lao", "lampang.agency",
          "phuket.ngo")  # fmt: skip
"""Those who reach a part of their province."""


def make(settings: Settings) -> None:
    """Open the provinces, add the members that the demonstration has not, and let everybody work."""
    provinces.apply(settings, ["fund", "lampang", "phuket"])
    keep_demo_accounts(settings)
    for tenant_id in (LAMPANG, PHUKET):
        with tenant_session(Scope(tenant_id), settings) as db:
            _join(db, db.get_one(Tenant, tenant_id))
    _amounts(settings)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(loading, "recipe_for", lambda manifest, code, **_: RECIPES[code].get(manifest.slug))
        demo.load(settings, ["lampang", "phuket"])
    _slips(settings)


def _slips(settings: Settings) -> None:
    """A telephone of the teacher's, bound by the head of the centre's slip, and another's of a volunteer's; and slips
    that are still out."""
    for head, province, name in (("lampang.centre", "lampang", ""), ("phuket.ngo", "phuket", "ชูใจ เก็บรัก")):
        actor = actor_for(settings, head, province)
        with tenant_session(actor.scope, settings) as db:
            if name:
                member = workers.add(db, actor, name=name, role="field_worker", based_at=None)
            else:
                member = workers.workers(db, actor, today=datetime.now(UTC).date())[0].id
            code = codes.code_hash(settings, issuing.issue(db, settings, actor, member).code)
        entering.bind(settings, code, pin="493027", again="493027", held=(), user_agent="Android Chrome")
        with tenant_session(actor.scope, settings) as db:
            issuing.issue(db, settings, actor, member)


def _amounts(settings: Settings) -> None:
    """What Phuket's benefits come to, of which nothing was published."""
    lead = actor_for(settings, "phuket.lead", "phuket")
    with tenant_session(lead.scope, settings) as db:
        phase = phases(db)[0]
        set_benefit(db, lead, phase.id, "early_childhood", "subsidy", AmountsForm(80_000, 80_000))
        set_benefit(db, lead, phase.id, "centre_development", "grant", AmountsForm(700_000, 2_500_000))


def _join(db: Any, tenant: Tenant) -> None:
    for name, part in [*PARTS.items(), *SECOND_PARTS.items(), *MORE.items()]:
        if part.tenant != tenant.slug:
            continue
        known = db.scalar(select(Account.id).where(Account.username == name))
        if known is not None and name not in SECOND_PARTS:
            continue
        account = known or new_id()
        if known is None:
            made = {"id": account, "username": name, "display_name": part.name, "is_demo": True}
            db.execute(insert(Account).values(**made))
        reach = Reach(districts=part.districts, groups=part.groups)
        add_member(db, system_actor(tenant), account_id=account, role=part.role, reach=reach)


def build(cluster: Cluster, home: Path) -> Database:
    """The world in a database of its own, marked throughout; to be copied, so nobody stays connected to it."""
    database = cluster.make()
    settings = database.settings(home)
    make(settings)
    with psycopg.connect(database.superuser, autocommit=True) as connection:
        connection.execute("set session_replication_role = replica")
        for tenant_id in (LAMPANG, PHUKET):
            Filling(connection, tenant_id).all()
        stamp(connection, settings.files_folder)
        connection.execute("update duplicate_candidates set decided_reason = null where state = 'open'")
    for url in database.urls.values():
        engine(url).dispose()
    return database
