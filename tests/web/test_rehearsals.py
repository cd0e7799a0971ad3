"""A province rehearses a whole phase in the browser, looks around in it, and throws it away; nobody else sees anything.

One rehearsal is carried out for the file, with few people; the tests go through it in order.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from io import BytesIO
from typing import Any
from urllib.parse import quote

import openpyxl
import psycopg
import pytest
from sqlalchemy import delete, func, select, text
from sqlalchemy.orm import Session

from samoe.admin import provinces
from samoe.audit.models import AuditEvent
from samoe.casework.models import Enrolment
from samoe.files.models import Document
from samoe.files.store import store_of
from samoe.identity import Actor
from samoe.identity.demo_accounts import keep_demo_accounts
from samoe.identity.restore import actor_of_member, system_actor
from samoe.identity.sign_in import memberships_of
from samoe.jobs import Work
from samoe.kit.marking import IN_NAMES, MARK
from samoe.programmes.groups.actions import set_group
from samoe.programmes.groups.forms import GroupInPhaseForm
from samoe.programmes.groups.queries import groups_in_phase
from samoe.programmes.models import Benefit
from samoe.programmes.phases.queries import phases
from samoe.rehearsals import queries
from samoe.rehearsals.models import Rehearsal
from samoe.rehearsals.steps.jobs import delete_files, expire, go_on, resume
from samoe.targetgroups.enabling import enable
from samoe.targetgroups.models import GroupVersion, TenantGroup
from samoe.tenancy import Scope, acting_for, tenant_session
from samoe.tenancy.models import Tenant
from tests.conftest import Cluster
from tests.factories.own_group import BODY
from tests.fixtures_people import Client, People
from tests.web.rehearsed import (
    DRAFT,
    LAMPANG,
    NOT_PUBLISHED,
    OWN,
    objects,
    of_no_tenant,
    refusal,
    rows,
    seen_by_the_fund,
    waiting,
)  # fmt: skip

FEW = {"phase": "1", "per_group": "20", "seed": "7", "drafts": [OWN, DRAFT]}
OURS = {"rehearsals", "audit_events", "sessions", "idempotency_keys"}
"""Where throwing away writes in the province itself."""


@pytest.fixture(scope="module")
def people(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[People]:
    database = cluster.make()
    settings = database.settings(tmp_path_factory.mktemp("rehearsed"))
    provinces.apply(settings, ["fund", "lampang", "phuket"])
    keep_demo_accounts(settings)
    with tenant_session(Scope(LAMPANG), settings) as db:  # an amount that somebody forgot
        db.execute(delete(Benefit).where(Benefit.tenant_id == LAMPANG, Benefit.group_slug == "centre_development"))
        _made_here(db, system_actor(db.get_one(Tenant, LAMPANG)))
    with ExitStack() as stack:
        yield People(database, settings, stack)
    cluster.drop(database)


def _made_here(db: Session, actor: Actor) -> None:
    """A group of the province's own, without a recipe, and a draft of it that asks more."""
    asked = {"slug": "siblings", "type": "count", "label": {"th": "พี่น้อง", "en": "Siblings"}, "min": 0, "max": 9}
    drafted = {**BODY, "fields": [*BODY["fields"], asked]}
    db.add(GroupVersion(slug=OWN, number=1, state="published", body=BODY, origin="blank", published_at=func.now()))
    db.add(GroupVersion(slug=OWN, number=2, state="draft", body=drafted, origin="version"))
    db.add(GroupVersion(slug=DRAFT, number=1, state="draft", body=NOT_PUBLISHED, origin="blank"))
    db.flush()
    enable(db, actor, OWN)
    set_group(db, actor, phases(db)[0].id, OWN, GroupInPhaseForm("target_list", "survey", ("5201", "5206")))


@pytest.fixture(scope="module")
def lead(people: People) -> Client:
    return people.client_of("lampang.lead")


def service(people: People) -> Work:
    actor = actor_of_member(people.settings, LAMPANG, None)
    assert actor
    return Work(people.settings, actor)


def there(people: People) -> Rehearsal:
    with tenant_session(Scope(LAMPANG), people.settings) as db:
        found = queries.live(db)
        assert found
        return found


@pytest.fixture(scope="module")
def stored(people: People) -> list[str]:
    """What is in the object store before anything is rehearsed."""
    return objects(people)


@pytest.fixture(scope="module")
def rehearsed(people: People, lead: Client, stored: list[str]) -> Rehearsal:
    """Begun on the page, carried out as the worker does, and looked at on the way."""
    assert "/rehearsals" in lead.get("/groups").text
    begun = people.post(lead, "/rehearsals", **FEW)
    assert begun.status_code == 303, begun.text[:500]
    assert people.post(lead, "/rehearsals", **FEW).status_code == 409
    made = there(people)
    for _ in range(3):
        go_on.run(service(people), rehearsal=str(made.id))
    page = lead.get(begun.headers["location"]).text
    assert "ทำแล้ว 3 จาก" in page
    assert 'hx-trigger="every 2s"' in page
    while there(people).state != "done":
        go_on.run(service(people), rehearsal=str(made.id))
    go_on.run(service(people), rehearsal=str(made.id))  # a message that comes twice does nothing
    return there(people)


def test_every_step_is_done_and_the_amount_that_was_forgotten_is_named(rehearsed: Rehearsal, lead: Client) -> None:
    states = {(step["key"], step["group"]): step["state"] for step in rehearsed.steps}
    assert {key: state for key, state in states.items() if state not in {"done", "noticed"}} == {
        ("pay", "centre_development"): "broken"
    }, [step for step in rehearsed.steps if "said" in step]
    assert states["ask", ""] == "noticed"
    assert not [one for step in rehearsed.steps for one in step.get("said", ()) if "fault" in one["params"]]
    page = lead.get(f"/rehearsals/{rehearsed.id}").text
    assert "ยังไม่ได้กำหนดวงเงินของ" in page
    assert "hx-trigger" not in page.partition('id="rehearsal"')[2].partition(">")[0]
    assert rehearsed.outcome
    children = next(one for one in rehearsed.outcome["groups"] if one["slug"] == "early_childhood")
    assert children["subjects"] == 20
    assert 0 < children["qualifies"] < 20
    assert children["unknown"] > 0
    assert children["qualifies"] == children["certified"] == children["asked_for"] == children["paid_to"]
    assert children["asked"] == children["approved"] == children["paid"] == children["qualifies"] * 80_000
    assert children["returned"] == 1
    assert sum(one["paid"] for one in children["districts"]) == children["paid"]


def test_a_group_of_the_provinces_own_is_rehearsed_by_its_draft(rehearsed: Rehearsal, people: People) -> None:
    assert rehearsed.outcome
    own = next(one for one in rehearsed.outcome["groups"] if one["slug"] == OWN)
    assert (own["subjects"], own["qualifies"], own["unknown"], own["does_not"]) == (20, 12, 3, 5)
    assert [one["code"] for one in own["districts"]] == ["5201", "5206"]
    with tenant_session(Scope(rehearsed.number), people.settings) as db:
        answers = db.scalars(select(Enrolment.answers).join(TenantGroup, TenantGroup.id == Enrolment.group_id).where(
            TenantGroup.slug == OWN)).all()  # fmt: skip
    assert any("siblings" in one for one in answers)


def said(rehearsal: Rehearsal, key: str, slug: str) -> set[str]:
    step = next(step for step in rehearsal.steps if (step["key"], step["group"]) == (key, slug))
    return {one["message"] % one["params"] for one in step.get("said", ())}


def counts(rehearsal: Rehearsal, key: str, slug: str = "") -> dict[str, int]:
    found: dict[str, int] = next(s["counts"] for s in rehearsal.steps if (s["key"], s["group"]) == (key, slug))
    return found


def test_a_draft_that_is_in_no_phase_is_rehearsed_and_stays_a_draft(rehearsed: Rehearsal, people: People) -> None:
    assert "วงเงินสมมติ 1,000" in "".join(said(rehearsed, "make", ""))
    assert rehearsed.outcome
    draft = next(one for one in rehearsed.outcome["groups"] if one["slug"] == DRAFT)
    assert draft["subjects"] == 20
    assert draft["paid"] == draft["qualifies"] * 100_000 > 0
    with tenant_session(Scope(LAMPANG), people.settings) as db:
        states = db.scalars(select(GroupVersion.state).where(GroupVersion.slug.in_([DRAFT, OWN])))
        assert sorted(states) == ["draft", "draft", "published"]
        assert DRAFT not in groups_in_phase(db, phases(db)[0].id)
        assert db.scalar(select(TenantGroup.id).where(TenantGroup.slug == DRAFT)) is None


def test_what_the_import_reads_otherwise_than_meant_is_a_finding(rehearsed: Rehearsal, lead: Client) -> None:
    found = said(rehearsed, "people", DRAFT)
    assert "หัวคอลัมน์ “นามสกุล” ของ “นามสกุล” ถูกอ่านเป็น “ญาติ” ใช้คำที่ไม่ซ้ำกัน" in found
    assert any("“ญาติ” อ่านได้ไม่ตรงที่พิมพ์" in one for one in found)
    assert any("ไม่มีหัวคอลัมน์ของ “รายได้”, “สมาชิก”" in one for one in found)
    assert not [one for one in found if "ค่าแรง" in one]  # Thai digits, commas, baht, a month's part of a year
    children = counts(rehearsed, "people", "early_childhood")
    assert children["known"] == children["headings"] > 20
    assert (children["subjects"], children["refused"], children["rows"]) == (20, 3, 23)
    assert children["cells"] > 100
    file = lead.get(f"/rehearsals/{rehearsed.id}/lists/1")
    book = openpyxl.load_workbook(BytesIO(file.content))
    assert MARK in book.sheetnames
    assert [cell.value for cell in book["รายชื่อ"][3]][:2] == ["เลขประจำตัวประชาชน", "คำนำหน้า"]
    assert quote(IN_NAMES) in file.headers["content-disposition"]
    assert lead.get(f"/rehearsals/{rehearsed.id}/lists/99").status_code == 404


def test_visits_referrals_plans_and_the_close_are_gone_through(
    rehearsed: Rehearsal, people: People, lead: Client
) -> None:
    own = counts(rehearsed, "path", DRAFT)
    assert own == {"met": 3, "referred": 5, "followed": 2, "planned": 0}
    assert counts(rehearsed, "path", "early_childhood")["met"] > 0  # who is given money is visited, too
    assert counts(rehearsed, "path", "centre_development")["planned"] > 0
    closing = counts(rehearsed, "close")
    assert min(closing[name] for name in ("carried", "referrals", "follow_ups", "plans")) > 0
    with tenant_session(Scope(rehearsed.number), people.settings) as db:
        (phase,) = phases(db)  # tried, and taken back
        assert phase.closed_at is None
    page = lead.get(f"/rehearsals/{rehearsed.id}").text
    assert "ตัวเลขในรายงานเมื่อสิ้นสุดระยะ" in page
    assert "รายที่ยกไประยะถัดไป" in page


def test_the_payment_file_says_on_every_line_that_it_is_made_up(rehearsed: Rehearsal, lead: Client) -> None:
    answer = lead.get(f"/rehearsals/{rehearsed.id}/payments/1")
    assert quote(IN_NAMES) in answer.headers["content-disposition"]
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert len(lines) > 1
    assert all(line.startswith(MARK) for line in lines)
    assert lead.get(f"/rehearsals/{rehearsed.id}/payments/99").status_code == 404


def test_members_look_around_in_it_and_every_page_paper_and_file_is_marked(
    rehearsed: Rehearsal, people: People, lead: Client
) -> None:
    inside = people.client_of("lampang.lead", f"lampang-rehearsal-{rehearsed.number}")
    finance = people.client_of("lampang.finance", f"lampang-rehearsal-{rehearsed.number}")
    for path in ("/", "/cases/early_childhood", "/requests", "/programme"):
        page = inside.get(path)
        assert page.status_code == 200, path
        assert 'class="made-up"' in page.text, path
        assert 'class="made-up"' not in lead.get(path).text, path
    payments = finance.get("/payments").text
    batch = payments.partition('href="/payments/')[2].partition('"')[0]
    sheet = finance.get(f"/payments/{batch}/sheets")
    assert 'class="made-up"' in sheet.text
    told = inside.get("/cases/early_childhood/export")
    assert quote(IN_NAMES) in told.headers["content-disposition"]
    assert openpyxl.load_workbook(BytesIO(told.content)).worksheets[0]["A1"].value == MARK
    assert inside.get("/rehearsals").status_code == 404
    assert finance.get(f"/rehearsals/{rehearsed.id}").status_code == 403


def test_signing_in_leads_to_the_province_and_never_by_itself_to_a_rehearsal(
    rehearsed: Rehearsal, people: People
) -> None:
    actor = people.actor("lampang.lead")
    assert actor.account_id
    assert {one.tenant_slug for one in memberships_of(people.settings, actor.account_id)} == {"lampang"}


def test_the_fund_sees_nothing_of_it(rehearsed: Rehearsal, people: People) -> None:
    assert seen_by_the_fund(people) == set()
    assert seen_by_the_fund(people, mutant="drop policy world on funding_requests") == {"funding_requests"}
    reviewer = people.actor("fund.reviewer")
    with tenant_session(reviewer.scope, people.settings) as db:
        assert db.scalar(text("select count(*) from funding_requests")) == 0
        with pytest.raises(PermissionError), acting_for(db, rehearsed.number):
            pass
    inbox = people.client_of("fund.reviewer").get("/requests").text
    assert "จังหวัดทดลอง" not in inbox


def test_the_made_up_fund_sees_nothing_but_its_rehearsal(rehearsed: Rehearsal, people: People) -> None:
    with tenant_session(Scope(rehearsed.number + 10_000, national=True), people.settings) as db:
        assert set(db.scalars(text("select distinct tenant_id from phases"))) == {rehearsed.number}


def test_nothing_but_a_rehearsal_of_the_own_province_is_thrown_away(rehearsed: Rehearsal, people: People) -> None:
    for gone in (LAMPANG, 83, 1, rehearsed.number + 10_000, 9_998):
        assert refusal(people, gone) == "rehearsal_only", gone
    assert refusal(people, rehearsed.number, here=83) == "rehearsal_only"
    assert refusal(people, rehearsed.number, whole="off") == "rehearsal_only"
    assert refusal(people, rehearsed.number) is None  # and rolled back here
    # Without its guard the function is stopped no more at the door, but by those of the rows.
    assert refusal(people, LAMPANG, mutant="r.kind = 'rehearsal'") != "rehearsal_only"
    assert refusal(people, LAMPANG, mutant="r.kind = 'rehearsal'") is not None


def test_it_is_thrown_away_whole_and_nothing_else_is_touched(
    rehearsed: Rehearsal, people: People, lead: Client, stored: list[str]
) -> None:
    with tenant_session(Scope(rehearsed.number), people.settings) as db:
        keys = list(db.scalars(select(Document.store_key)))
        folder = keys[0].rpartition("/")[0]
    store_of(people.settings).put(f"{folder}/left-by-a-worker-that-died", b"without a row", "text/plain")
    assert set(keys) < set(objects(people))
    page = lead.get(f"/rehearsals/{rehearsed.id}/throw-away").text
    assert "ลบจังหวัดทดลองนี้ทั้งหมด" in page
    before, elsewhere = rows(people.database), of_no_tenant(people.database)
    gone = people.post(lead, f"/rehearsals/{rehearsed.id}/throw-away")
    assert gone.status_code == 303, gone.text[:500]
    after = rows(people.database)
    assert {tenant for _table, tenant in before if tenant >= 1000} == {rehearsed.number, rehearsed.number + 10_000}
    assert {tenant for _table, tenant in after if tenant >= 1000} == set()
    changed = {table for table, tenant in before.keys() | after.keys()
               if tenant < 1000 and before.get((table, tenant)) != after.get((table, tenant))}  # fmt: skip
    assert changed <= OURS
    with psycopg.connect(people.database.superuser) as connection:
        assert connection.execute("select count(*) from tenants where id >= 1000").fetchone() == (0,)
        folders = waiting(connection, "rehearsals.delete_files")[0]["folders"]
        assert not [
            told for told in waiting(connection) if told["tenant"] >= 1000 or told.get("rehearsal") == str(rehearsed.id)
        ]
    changed = {table for table, digest in of_no_tenant(people.database).items() if elsewhere[table] != digest}
    assert changed <= {"tenants", "queue"}  # the two that went, and the order to clear the store
    delete_files.run(service(people), folders=folders)
    assert objects(people) == stored
    assert "จากทะเบียนถึงเงินช่วยเหลือ" in lead.get(f"/rehearsals/{rehearsed.id}").text
    assert people.post(lead, f"/rehearsals/{rehearsed.id}/throw-away").status_code == 409
    with tenant_session(Scope(LAMPANG), people.settings) as db:
        told = select(AuditEvent.verb).where(AuditEvent.verb.in_(["rehearsed", "threw_away"]))
        assert sorted(db.scalars(told)) == ["rehearsed", "threw_away"]


def test_one_whose_worker_died_goes_on_or_is_begun_anew(rehearsed: Rehearsal, people: People, lead: Client) -> None:
    people.post(lead, "/rehearsals", **FEW)
    made = there(people)
    for _ in range(2):
        go_on.run(service(people), rehearsal=str(made.id))
    with psycopg.connect(people.database.superuser) as connection:
        connection.execute("delete from dramatiq.queue")
        resume.run(service(people))
        assert not waiting(connection)  # it has only just begun
        connection.execute(
            "update rehearsals set recorded_at = recorded_at - interval '1 hour' where id = %s", [made.id]
        )
        connection.commit()
        resume.run(service(people))
        assert [told["rehearsal"] for told in waiting(connection)] == [str(made.id)]
    begun = people.post(lead, f"/rehearsals/{made.id}/again")
    anew = there(people)
    assert begun.headers["location"] == f"/rehearsals/{anew.id}"
    assert (anew.number, anew.steps[0]["drafts"], anew.seed) == (made.number + 1, [OWN, DRAFT], made.seed)
    with psycopg.connect(people.database.superuser) as connection:
        assert connection.execute("select count(*) from tenants where id >= 1000").fetchone() == (0,)
        assert [told["rehearsal"] for told in waiting(connection, "rehearsals.go_on")] == [str(anew.id)]


def test_what_is_over_its_time_goes_by_itself(rehearsed: Rehearsal, people: People) -> None:
    made = there(people)
    go_on.run(service(people), rehearsal=str(made.id))
    expire.run(service(people))
    assert there(people).id == made.id
    with tenant_session(Scope(LAMPANG), people.settings) as db:
        db.execute(text("update rehearsals set expires_on = current_date - 2 where id = :id"), {"id": made.id})
    expire.run(service(people))
    with tenant_session(Scope(LAMPANG), people.settings) as db:
        assert queries.live(db) is None
    go_on.run(service(people), rehearsal=str(made.id))  # what was still queued finds nothing to do


@pytest.mark.parametrize(
    ("typed", "told"),
    [({"per_group": "5000"}, "200"), ({"phase": "9"}, ""), ({"seed": "x"}, ""), ({"drafts": "early_childhood"}, "")],
)
def test_what_cannot_be_is_told_at_the_place(people: People, lead: Client, typed: dict[str, Any], told: str) -> None:
    answer = people.post(lead, "/rehearsals", **{**FEW, **typed})
    assert answer.status_code in {404, 422}
    assert told in answer.text
