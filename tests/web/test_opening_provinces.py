"""The fund's administrator names a province's first lead in a browser, and nobody else there."""

from __future__ import annotations

import re
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from samoe.identity.restore import actor_for
from samoe.tenancy import Scope, acting_for, tenant_session
from tests.fixtures_people import People

LEAD = {"account": "new", "username": "new.lead", "name": "สายใจ ใหม่เมือง", "position": "ประธานสภา"}
HERE = "/provinces/phuket/lead"


@pytest.fixture
def unled(people: People) -> People:
    """Phuket without a lead."""
    with tenant_session(Scope(83), people.settings) as db:
        db.execute(text("update memberships set disabled_at = now() where role = 'province_lead' and tenant_id = 83"))
    return people


def name(people: People, **fields: Any) -> Any:
    return people.post(people.client_of("fund.admin"), HERE, **{**LEAD, **fields})


def test_a_province_gets_its_first_lead_whose_password_is_shown_once(unled: People) -> None:
    client = unled.client_of("fund.admin")
    page = client.get("/provinces").text
    assert HERE in page
    assert "/provinces/lampang/lead" not in page
    answer = name(unled)
    assert answer.status_code == 200
    assert re.search(r"[a-z]+-[a-z]+-[a-z]+-[a-z]+-\d\d", answer.text)
    actor = actor_for(unled.settings, "new.lead")
    assert (actor.tenant_slug, actor.role) == ("phuket", "province_lead")
    assert HERE not in client.get("/provinces").text
    assert name(unled, username="another.lead").status_code == 409
    for tenant in (1, 83):
        with tenant_session(Scope(tenant), unled.settings) as db:
            verbs = db.scalars(text("select verb from audit_events where tenant_id = :t"), {"t": tenant}).all()
        assert ("opened" if tenant == 1 else "member_added") in verbs


def test_bad_input_keeps_what_was_typed(unled: People) -> None:
    for wrong in ({"username": ""}, {"username": "ก ข"}, {"name": ""}, {"account": "known", "name": "คนอื่น"}):
        answer = name(unled, **wrong)
        assert answer.status_code == 422, wrong
        assert "ประธานสภา" in answer.text


def test_a_role_that_checks_is_not_combined(unled: People) -> None:
    with tenant_session(Scope(52), unled.settings) as db:
        query = "select username, display_name from accounts where username = 'lampang.signatory'"
        found = db.execute(text(query)).one()
    answer = name(unled, account="known", username=found.username, name=found.display_name)
    assert answer.status_code == 422
    assert "ควบกับ" in answer.text


def test_only_the_funds_administrator_and_only_provinces(unled: People) -> None:
    for who in ("fund.reviewer", "lampang.lead"):
        assert unled.client_of(who).get("/provinces").status_code == 403
    admin = unled.client_of("fund.admin")
    for slug in ("fund", "nowhere"):
        assert admin.get(f"/provinces/{slug}/lead").status_code == 404
    assert "มีผู้รับผิดชอบโครงการแล้ว" in admin.get("/provinces/lampang/lead").text


BY_HAND = (
    "insert into memberships (tenant_id, id, account_id, role, area_mask)"
    " select {tenant}, gen_random_uuid(), id, '{role}', -1 from accounts limit 1"
)


def test_the_database_lets_the_fund_name_nobody_else(unled: People) -> None:
    admin = actor_for(unled.settings, "fund.admin")
    for tenant, role in ((52, "province_lead"), (83, "province_officer"), (83, "dpo")):
        with pytest.raises(DBAPIError), tenant_session(admin.scope, unled.settings) as db, acting_for(db, tenant):
            db.execute(text(BY_HAND.format(tenant=tenant, role=role)))
    with tenant_session(admin.scope, unled.settings) as db, acting_for(db, 52):
        assert db.execute(text("select count(*) from memberships where tenant_id = 52")).scalar_one() == 0
        assert db.execute(text("update memberships set disabled_at = now() where tenant_id = 52")).rowcount == 0
