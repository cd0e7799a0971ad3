"""What travels with an offered group, and what of its changes cannot stand in a province that has gone on by itself."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import insert, update

from samoe.casework.enrolments import actions as enrolments
from samoe.casework.models import Enrolment
from samoe.programmes.criteria import actions as criteria
from samoe.programmes.criteria.forms import Picked, PublishForm
from samoe.programmes.criteria.shape import Shape
from samoe.programmes.models import GroupOffer, Phase, PhaseGroup, Programme
from samoe.programmes.phases import queries as phases
from samoe.programmes.sharing import offering
from samoe.registry.persons.facts import PersonFacts
from samoe.sdk import read_tree
from samoe.targetgroups import rule_versions
from samoe.targetgroups.enabling import group_or_404
from tests.factories.province import PHASE
from tests.fixtures_people import People
from tests.web.test_sharing import MONTHS, PREGNANT, SENTENCE, newest, offered, published, push

KATHU = "830201"
MOST = {"slug": "most", "type": "count", "label": {"th": "อายุครรภ์ไม่เกิน", "en": "Months at most"}, "default": 6}
LATE = {"all": [{"field": "months", "op": "<=", "value": {"setting": "most"}}]}
EARLY = {"all": [{"field": "pregnant", "op": "is_true"}]}
WHERE = {
    "slug": "where", "type": "choice", "label": {"th": "อยู่กับใคร", "en": "With whom"},
    "options": [
        {"value": one, "label": {"th": th, "en": one}} for one, th in (("home", "บ้าน"), ("kin", "ญาติ"), ("other", "อื่น"))
    ],
}  # fmt: skip


SCRIPT = "<script>alert(1)</script>"


def rule(tree: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"slug": "criteria", "label": {"th": "เกณฑ์คัดกรอง", "en": "Criteria"}, "tree": tree}]


def tuned(people: People, who: str, tree: dict[str, Any], **settings: Any) -> None:
    """Publish the group's criteria anew."""
    with people.work(who) as db:
        actor, group = people.actor(who), group_or_404(db, "young_mothers")
        draft = criteria.start_draft(db, actor, group, date(2021, 1, 1))
        picked = Picked(Shape.of(read_tree(tree)), {**draft.settings, **settings})
        saved = criteria.save_draft(db, actor, group, picked, draft.row_version)
        criteria.publish_draft(db, actor, group, PublishForm(date(2021, 1, 1), None), saved.row_version)


def said(body: Any) -> tuple[Any, Any]:
    return body["rules"][0]["tree"], [one["default"] for one in body.get("settings", [])]


def test_the_criteria_in_force_go_along_and_later_ones_are_taken_or_left(people: People) -> None:
    lampang, phuket = people.client_of("lampang.lead"), people.client_of("phuket.lead")
    published(people, "lampang.lead", "young_mothers", PREGNANT, MONTHS, begin=True, rules=rule(EARLY), settings=[MOST],
              summary={"th": SCRIPT, "en": SCRIPT})  # fmt: skip
    tuned(people, "lampang.lead", LATE, most=7)
    share = "/groups/young_mothers/share"
    assert "เกณฑ์ฉบับที่ 2" in lampang.get(share).text
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(offering, "MOST", 100)
        assert "ยาวเกินกว่าที่จะแบ่งปันได้" in push(lampang, share, useful_for=SENTENCE).text
    push(lampang, share, useful_for=SCRIPT)
    at = offered(people)
    assert "อายุครรภ์ ไม่เกิน 7" in phuket.get(at).text
    assert SCRIPT not in phuket.get(at).text + phuket.get("/designs/gallery").text + phuket.get("/designs/new").text
    draft_at = push(phuket, at).headers["location"]
    assert said(newest(people, "phuket.lead").body) == (LATE, [7])
    day = {"effective_on_day": "1", "effective_on_month": "1", "effective_on_year": "2564"}
    assert push(phuket, f"{draft_at}/publish", enable="1", **day).status_code == 303

    # Phuket tunes for itself; Lampang tunes again and offers the same version of the design with it.
    tuned(people, "phuket.lead", LATE, most=5)
    tuned(people, "lampang.lead", LATE, most=9)
    push(lampang, share, useful_for=SENTENCE)
    page = "/groups/young_mothers/original"
    assert page in phuket.get("/").text
    shown = phuket.get(page).text
    for words in ("<span>7</span>", "<span>9</span>", "<span>5</span>", "เกณฑ์ที่ใช้คัดกรองอยู่ไม่เปลี่ยนไปด้วย"):
        assert words in shown, words
    push(phuket, page, do="take", take=["settings:thing:most"])
    made = newest(people, "phuket.lead")
    assert said(made.body) == (LATE, [9])
    assert push(phuket, f"/designs/{made.id}/publish", **day).status_code == 303
    assert phuket.get(page).status_code == 404

    # What people are screened by is not touched: it is drafted from the design, and published as any criteria are.
    rules = "/groups/young_mothers/criteria"
    assert "ร่างเกณฑ์ตามแบบ" in phuket.get(rules).text
    assert push(phuket, rules, f"{rules}/draft", **{"from": "design"}).status_code == 303
    with people.work("phuket.lead") as db:
        draft, used = rule_versions.draft(db, "young_mothers"), rule_versions.in_force(db, "young_mothers", PHASE[1])
        assert draft is not None
        assert used is not None
        assert (draft.settings["most"], used.settings["most"]) == (9, 5)
    assert "ร่างเกณฑ์ตามแบบ" not in phuket.get(rules).text


def test_what_would_not_be_published_is_said_where_it_is_taken(people: People) -> None:
    lampang, phuket = people.client_of("lampang.lead"), people.client_of("phuket.lead")
    published(people, "lampang.lead", "young_mothers", PREGNANT, MONTHS, WHERE, begin=True, rules=rule(EARLY))
    share = "/groups/young_mothers/share"
    push(lampang, share, useful_for=SENTENCE)
    draft_at = push(phuket, offered(people)).headers["location"]
    day = {"effective_on_day": "1", "effective_on_month": "1", "effective_on_year": "2564"}
    assert push(phuket, f"{draft_at}/publish", enable="1", **day).status_code == 303
    answer(people, where="kin")

    # The original asks the months in words, no longer knows of relatives, and screens by the months alone.
    fewer = {**WHERE, "options": [WHERE["options"][0], WHERE["options"][2]]}
    with people.work("lampang.lead") as db:
        body = {**newest(people, "lampang.lead").body, "fields": [{**MONTHS, "type": "text"}, fewer], "rules": rule(
            {"all": [{"field": "where", "op": "=", "value": "home"}]})}  # fmt: skip
        db.execute(update(GroupOffer).values(withdrawn_at=PHASE[0]))
        offer = {"slug": "young_mothers", "number": 2, "body": body, "useful_for": SENTENCE}
        db.execute(insert(GroupOffer).values(**offer))
    page = "/groups/young_mothers/original"
    shown = phuket.get(page).text
    assert "ต้นแบบเอาตัวเลือก “ญาติ” ออก แต่จังหวัดเราประกาศใช้แล้ว มีคำตอบนี้อยู่ 1 รายการ" in shown
    assert "จังหวัดเราประกาศใช้คำถาม months แล้วและคำตอบเป็นคนละแบบ" in shown
    assert "เกณฑ์ฉบับที่ 1 ของจังหวัดเราใช้คำถามนี้" in shown
    for name in ("months", "pregnant"):
        assert f'value="fields:thing:{name}" disabled' in shown
    refused = push(phuket, page, do="take", take=["fields:thing:pregnant", "fields:thing:where"])
    assert refused.status_code == 422
    assert 'value="fields:thing:where" checked' in refused.text
    taken = push(phuket, page, do="take", take=["fields:thing:where"])
    kept = newest(people, "phuket.lead").body["fields"][2]["options"]
    assert [(one["value"], one.get("retired", False)) for one in kept] == [
        ("home", False), ("other", False), ("kin", True),
    ]  # fmt: skip
    assert push(phuket, f"{taken.headers['location']}/publish", **day).status_code == 303
    with people.work("phuket.lead") as db:
        assert db.query(Enrolment.answers).scalar() == {"where": "kin"}


def answer(people: People, **answers: Any) -> None:
    """Somebody in Phuket is taken in and has answered."""
    with people.work("phuket.lead") as db:
        group = group_or_404(db, "young_mothers")
        programme = Programme(name_th="ภูเก็ต", name_en="Phuket")
        db.add(programme)
        db.flush()
        phase = Phase(programme_id=programme.id, number=1, starts_on=PHASE[0], ends_on=PHASE[1])
        db.add(phase)
        db.flush()
        db.add(PhaseGroup(phase_id=phase.id, group_slug=group.slug, register="target_list", source="list"))
        db.flush()
        enrolments.enrol_new_person(
            db, people.actor("phuket.lead"), group, phases.phase(db, phase.id),
            PersonFacts("มาลี", "ใจงาม", area_code=KATHU), answers=answers,
        )  # fmt: skip
