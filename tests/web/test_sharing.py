"""A province offers a group, the fund recommends it, another adopts and adapts it, and takes or leaves what follows."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.exc import DBAPIError

from samoe.db.engine import engine
from samoe.db.table import new_id
from samoe.identity.restore import system_actor
from samoe.kit.problem import Problem
from samoe.programmes.designs import actions
from samoe.programmes.designs.forms import PublishForm
from samoe.programmes.models import GroupOffer, GroupRecommendation
from samoe.programmes.sharing import offering, originals
from samoe.targetgroups import discovery, group_versions
from samoe.targetgroups.group_versions import Design
from samoe.tenancy import Scope, tenant_session
from samoe.tenancy.models import Tenant
from samoe.tenancy.rehearsing import rehearsal_number
from tests.cast import FUND, LAMPANG, PHUKET
from tests.fixtures_people import Client, People
from tests.web.html_forms import fields

WORDS = {"th": "แม่วัยเยาว์", "en": "Young mothers"}
PREGNANT = {"slug": "pregnant", "type": "flag", "label": {"th": "กำลังตั้งครรภ์", "en": "Pregnant"}}
MONTHS = {"slug": "months", "type": "count", "label": {"th": "อายุครรภ์", "en": "Months"}}
CARE = {"slug": "care", "type": "text", "label": {"th": "ฝากครรภ์ที่", "en": "Care at"}}
SENTENCE = "จังหวัดที่มีแม่วัยเรียนจำนวนมาก"


def published(people: People, who: str, slug: str, *asked: dict[str, Any], begin: bool = False, **more: Any) -> None:
    """Publish the group's next version with these questions and words; at first, begin it."""
    with people.work(who) as db:
        actor = people.actor(who)
        if begin:
            body = actions.bodies.begin("money", slug, WORDS)
            draft = actions.add(db, actor, slug, body, origin="blank", based_on=None)
        else:
            draft = actions.revise(db, actor, slug)
        body = {**draft.body, **({"fields": list(asked)} if asked else {}), **more}
        saved = actions.save(db, actor, draft, body, draft.row_version)
        form = PublishForm(date(2021, 1, 1), None, enable=True)
        actions.publish(db, actor, saved, form, saved.row_version)


def push(client: Client, page: str, action: str | None = None, **typed: Any) -> Any:
    kept = fields(client.get(page).text, action or page)
    return client.post(action or page, data={**kept, **typed}, follow_redirects=False)


def offered(people: People) -> str:
    """The gallery's address of what Lampang offers."""
    with people.work("lampang.lead") as db:
        return f"/designs/gallery/{db.scalar(select(GroupOffer.id).where(GroupOffer.withdrawn_at.is_(None)))}"


def newest(people: People, who: str, slug: str = "young_mothers") -> Design:
    with people.work(who) as db:
        return group_versions.versions(db, slug)[0]


def asked(design: Design) -> list[str]:
    return [field["slug"] for field in design.body["fields"]]


def test_from_one_province_to_another_and_what_follows(people: People) -> None:
    lampang, phuket, fund = (people.client_of(one) for one in ("lampang.lead", "phuket.lead", "fund.admin"))
    telephone = {**PREGNANT, "help": {"th": "ถาม 081-234-5678", "en": "Ask"}}
    published(people, "lampang.lead", "young_mothers", telephone, CARE, begin=True)
    share = "/groups/young_mothers/share"
    refused = push(lampang, share, useful_for=SENTENCE)
    assert refused.status_code == 422
    assert "081-234-5678" in refused.text
    assert fields(refused.text, share)["useful_for"] == [SENTENCE]
    published(people, "lampang.lead", "young_mothers", PREGNANT, CARE)
    assert push(lampang, share, useful_for=SENTENCE).status_code == 303

    at = offered(people)
    national = at.replace("/designs/gallery", "/shared-groups")
    assert push(fund, national, reason="", do="recommend").status_code == 422
    assert push(fund, national, reason="ใช้ได้ดีในสามอำเภอ", do="recommend").status_code == 303
    seen = phuket.get("/designs/gallery").text
    for words in ("แม่วัยเยาว์", "ลำปาง", SENTENCE, "ใช้ได้ดีในสามอำเภอ", "ยังไม่มีจังหวัดอื่นใช้"):
        assert words in seen, words
    assert "กำลังตั้งครรภ์" in phuket.get(at).text

    draft_at = push(phuket, at).headers["location"]
    begun = newest(people, "phuket.lead")
    assert draft_at == f"/designs/{begun.id}"
    assert (begun.slug, begun.origin, begun.state) == ("young_mothers", "shared", "draft")
    assert begun.based_on == {"tenant_id": LAMPANG, "slug": "young_mothers", "number": 2}
    day = {"effective_on_day": "1", "effective_on_month": "1", "effective_on_year": "2564"}
    assert push(phuket, f"{draft_at}/publish", enable="1", **day).status_code == 303
    assert "ใช้ใน 1 จังหวัดอื่น" in fund.get("/shared-groups").text

    # Both go on: Phuket asks for the care otherwise and adds a question, Lampang too, and one more.
    own = {**CARE, "help": {"th": "ชื่อโรงพยาบาล", "en": "The hospital"}}
    ours = {**MONTHS, "type": "text"}
    published(people, "phuket.lead", "young_mothers", PREGNANT, own, ours)
    assert phuket.get("/groups/young_mothers/original").status_code == 404
    theirs = {**CARE, "label": {"th": "สถานพยาบาล", "en": "Clinic"}, "help": {"th": "ที่ใดก็ได้", "en": "Any"}}
    published(people, "lampang.lead", "young_mothers", MONTHS, theirs, summary={"th": "ดูแลแม่", "en": "Care"})
    push(lampang, share, useful_for=SENTENCE)
    for page in ("/", "/groups/young_mothers"):
        assert "/groups/young_mothers/original" in phuket.get(page).text, page
    page = "/groups/young_mothers/original"
    shown = phuket.get(page).text
    assert "คำตอบเป็นคนละแบบ" in shown
    assert "ชื่อโรงพยาบาล" in shown
    assert "ที่ใดก็ได้" in shown
    ticks = dict(re.findall(r'name="take" value="([^"]+)"( checked)?', shown))
    assert {name for name, ticked in ticks.items() if not ticked} == {"fields:thing:care", "fields:thing:months"}
    assert set(ticks) == {"fields:thing:care", "fields:thing:months", "fields:thing:pregnant", "summary:thing:"}
    stale = push(phuket, page, do="take", take=["summary:thing:"], stamp="another")
    assert stale.status_code == 409
    assert push(phuket, page, do="take", take=[]).status_code == 422
    taken = push(phuket, page, do="take", take=["summary:thing:", "fields:thing:care"])
    made = newest(people, "phuket.lead")
    assert taken.headers["location"] == f"/designs/{made.id}"
    assert made.based_on == {"tenant_id": LAMPANG, "slug": "young_mothers", "number": 3}
    assert made.body["summary"]["th"] == "ดูแลแม่"
    assert asked(made) == ["pregnant", "care", "months"]
    assert made.body["fields"][1:] == [theirs, ours]
    assert push(phuket, f"/designs/{made.id}/publish", **day).status_code == 303
    assert phuket.get(page).status_code == 404

    # A version that is left is told of no more; a withdrawn offer is gone from the gallery and nowhere else.
    published(people, "lampang.lead", "young_mothers", summary={"th": "อีกแบบ", "en": "Another"})
    push(lampang, share, useful_for=SENTENCE)
    assert "กสศ. แนะนำ" not in phuket.get("/designs/gallery").text
    assert push(phuket, page, do="leave").status_code == 303
    assert page not in phuket.get("/").text
    assert "ไม่ได้นำมาใช้" in phuket.get("/groups/young_mothers").text
    assert push(lampang, share, f"{share}/withdraw").status_code == 303
    assert phuket.get(at).status_code == 404
    assert "แม่วัยเยาว์" not in phuket.get("/designs/gallery").text
    assert phuket.get("/groups/young_mothers").status_code == 200


def test_what_is_offered_is_laid_into_a_group_that_is_here_and_a_group_is_begun_from_it(people: People) -> None:
    """A template whose fields clash with the group's own: both sides are shown, and what is not ticked stays."""
    published(people, "lampang.lead", "young_mothers", PREGNANT, MONTHS, begin=True)
    published(people, "phuket.lead", "young_mothers", {**MONTHS, "type": "text"}, CARE, begin=True)
    lampang, phuket = people.client_of("lampang.lead"), people.client_of("phuket.lead")
    push(lampang, "/groups/young_mothers/share", useful_for=SENTENCE)
    at = offered(people)
    page = f"{at}/into/young_mothers"
    assert "คำตอบเป็นคนละแบบ" in phuket.get(page).text
    push(phuket, page, take=["fields:thing:pregnant"])
    made = newest(people, "phuket.lead")
    assert asked(made) == ["pregnant", "months", "care"]
    assert made.body["fields"][1]["type"] == "text"
    # Its name for the machine is taken here: another one is begun.
    push(phuket, at)
    assert newest(people, "phuket.lead", "young_mothers_2").body["slug"] == "young_mothers_2"
    kept = fields(phuket.get("/designs/new").text, "/designs/new")
    begin = {"name.th": "อีกกลุ่ม", "name.en": "Another", "begin": f"from:{at.rsplit('/', 1)[1]}"}
    assert phuket.post("/designs/new", data={**kept, **begin}, follow_redirects=False).status_code == 303
    assert newest(people, "phuket.lead", "another").based_on == {
        "tenant_id": LAMPANG, "slug": "young_mothers", "number": 1,
    }  # fmt: skip


def test_a_module_with_a_newer_version_is_taken_in_the_same_way(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    with people.work("lampang.lead") as db:
        group_versions.keep_shipped(db, "early_childhood", None)
    module = next(one for one in discovery.modules() if one.manifest.slug == "early_childhood")
    whole = discovery.assemble(module.folder)
    newer = {**whole, "version": 2, "summary": {"th": "ฉบับใหม่ของระบบ", "en": "Newer"}}
    installed = discovery.Module(discovery.parse(newer), module.folder)
    for place in (originals, group_versions):
        monkeypatch.setattr(place, "modules", lambda: (installed,))
    monkeypatch.setattr(group_versions, "assemble", lambda _folder: newer)
    lampang = people.client_of("lampang.lead")
    page = "/groups/early_childhood/original"
    assert "ฉบับใหม่ของระบบ" in lampang.get(page).text
    push(lampang, page, do="take", take=["summary:thing:"])
    made = newest(people, "lampang.lead", "early_childhood")
    assert made.body["summary"]["en"] == "Newer"
    assert made.based_on == {"tenant_id": originals.SHIPPED, "slug": "early_childhood", "number": 2}
    with people.work("lampang.lead") as db:
        assert originals.update_of(db, "early_childhood") is None


OFFER = {"slug": "made", "number": 1, "body": {"slug": "made"}, "useful_for": SENTENCE}
MARK = {"tenant_id": FUND, "province": PHUKET, "slug": "made", "number": 1, "reason": "ดี"}
IN_PHUKET, IN_LAMPANG, OF_FUND = Scope(PHUKET), Scope(LAMPANG), Scope(FUND, national=True)
FORBIDDEN: tuple[tuple[str, Scope, Any], ...] = (
    ("an offer in another's name", IN_LAMPANG, insert(GroupOffer).values({**OFFER, "tenant_id": PHUKET, "slug": "x"})),
    ("an offer taken back by another", IN_LAMPANG, update(GroupOffer).values(withdrawn_at=text("now()"))),
    ("an offer that changes", IN_PHUKET, update(GroupOffer).values(useful_for="อย่างอื่น")),
    ("an offer thrown away", IN_PHUKET, delete(GroupOffer)),
    ("an offer changed by the fund", OF_FUND, update(GroupOffer).values(withdrawn_at=text("now()"))),
    ("the fund's mark by a province", IN_LAMPANG, insert(GroupRecommendation).values({**MARK, "number": 2})),
    ("a mark in a province's book", IN_LAMPANG, insert(GroupRecommendation).values({**MARK, "tenant_id": LAMPANG})),
    ("a mark changed by a province", IN_PHUKET, update(GroupRecommendation).values(reason="ดีมาก")),
    ("a mark taken away by a province", IN_PHUKET, delete(GroupRecommendation)),
    ("the fund's in a province's book", OF_FUND, insert(GroupRecommendation).values({**MARK, "tenant_id": PHUKET})),
)  # fmt: skip
GUARDS = (
    ("alter policy tenant_insert on group_offers with check ({})", "an offer in another's name"),
    ("alter policy tenant_update on group_offers using ({0}) with check ({0})", "an offer taken back by another"),
    ("alter policy fund_own on group_recommendations with check ({})", "the fund's in a province's book"),
)
"""Policies that can be opened, and what is possible then."""


def possible(people: People) -> set[str]:
    """What of the forbidden somebody can do to the database. Nothing is kept."""
    found = set()
    for name, scope, statement in FORBIDDEN:
        try:
            with tenant_session(scope, people.settings) as db:
                if db.execute(statement).rowcount:  # type: ignore[attr-defined]
                    found.add(name)
                db.rollback()
        except DBAPIError:
            continue
    return found


def offers_of(people: People, scope: Scope) -> int:
    with tenant_session(scope, people.settings) as db:
        return len(db.execute(select(GroupOffer.id)).all())


def test_only_the_offering_province_writes_its_offer_and_only_the_fund_its_mark(people: People) -> None:
    """Straight at the database: no page and no action in between; and each policy is what holds it."""
    with tenant_session(IN_PHUKET, people.settings) as db:
        db.execute(insert(GroupOffer).values(**OFFER))
    with tenant_session(OF_FUND, people.settings) as db:
        db.execute(insert(GroupRecommendation).values(**MARK))
    assert offers_of(people, IN_LAMPANG) == offers_of(people, OF_FUND) == 1
    with tenant_session(IN_LAMPANG, people.settings) as db:
        assert db.scalar(select(GroupRecommendation.reason)) == "ดี"
    assert possible(people) == set()
    with engine(people.database.dsn("owner")).begin() as owner:
        for ddl, _name in GUARDS:
            owner.execute(text(ddl.format("true")))
    assert possible(people) == {name for _ddl, name in GUARDS}


def test_a_rehearsal_neither_offers_nor_is_offered_to(people: People) -> None:
    number = rehearsal_number(LAMPANG, 1)
    with engine(people.settings.dsn("app")).begin() as connection:
        made = {"id": number, "slug": "rehearsal", "kind": "rehearsal", "name_th": "ซ้อม", "name_en": "Rehearsal"}
        connection.execute(insert(Tenant).values(public_id=new_id(), province_code="52", **made))
    for scope in (IN_PHUKET, Scope(number)):
        with tenant_session(scope, people.settings) as db:
            db.execute(insert(GroupOffer).values(**OFFER))
    assert [offers_of(people, scope) for scope in (IN_LAMPANG, OF_FUND)] == [1, 1]
    assert offers_of(people, Scope(number)) == 1, "its own, which nobody else sees; nobody else's"
    with tenant_session(Scope(number), people.settings) as db:
        actor = system_actor(db.get_one(Tenant, number))
        with pytest.raises(Problem, match="ระบบซ้อม"):
            offering.offer_group(db, actor, "young_mothers", SENTENCE)
