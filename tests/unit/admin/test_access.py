"""Why a member sees a person or does not: the words agree with the database, whoever and wherever they are."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import psycopg
import pytest
from sqlalchemy import text

from samoe.admin.access.queries import Seen, person_known, who_sees
from samoe.identity.models import Account, Membership
from samoe.identity.roles import ROLES
from samoe.identity.scopes import Reach
from samoe.kit.problem import NotFound
from tests.conftest import Database
from tests.factories.province import CHAE_HOM, MAE_MO, NGAO, Province, open_lampang

GROUPS = ("early_childhood", "out_of_school")
TODAY = datetime.now(UTC).date()


@pytest.fixture
def lampang(database: Database, tmp_path: Path) -> Province:
    return open_lampang(database, tmp_path, dict.fromkeys(GROUPS, "list"))


def _join(province: Province, role: str, reach: Reach, **more: object) -> UUID:
    with province.work() as db:
        account = Account(username=f"m{random.random()}", display_name=role)
        db.add(account)
        db.flush()
        made = Membership(account_id=account.id, role=role, **reach.columns(ROLES[role]), **more)
        db.add(made)
        db.flush()
        return made.id


def _asked(province: Province, person: UUID) -> dict[UUID, Seen]:
    with province.work() as db:
        known = person_known(db, province.actor(), person)
        return {one.member.id: one for one in who_sees(db, province.settings, known, TODAY, "th")}


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_words_agree_with_the_database_for_any_reach(lampang: Province, seed: int) -> None:
    dice = random.Random(seed)
    centres = [lampang.centre(f"ศพด. {n}", area=area) for n, area in enumerate((MAE_MO, NGAO))]
    roles = (
        "district_coordinator",
        "partner_manager",
        "centre_head",
        "field_worker",
        "province_officer",
        "agency_officer",
    )
    members = [
        _join(lampang, dice.choice(roles), Reach(
            dice.choice((None, (), ("5202",), ("5202", "5206"))), dice.choice((None, (), GROUPS[:1], GROUPS[1:])),
            dice.choice((None, (), (centres[0],), tuple(centres))),
        ))
        for _ in range(12)
    ]  # fmt: skip
    for n in range(10):
        person = None
        for group in dice.sample(GROUPS, dice.choice((1, 1, 2))):
            person, enrolment = lampang.enrol(
                group, f"คนที่{n}", area=dice.choice((MAE_MO, NGAO, CHAE_HOM)), person_id=person,
                institution_id=dice.choice((None, *centres)),
            )  # fmt: skip
            with lampang.work() as db:
                worker = dice.choice((None, *members))
                db.execute(
                    text("update enrolments set worker_id = :worker where id = :id"),
                    {"worker": worker, "id": enrolment},
                )
        assert person is not None
        found = _asked(lampang, person)
        assert set(members) <= set(found)
        assert [one.member.role for one in found.values() if not one.agrees] == []


def test_each_answer_names_what_decided_it(lampang: Province) -> None:
    centre = lampang.centre(area=NGAO)
    person, _ = lampang.enrol("out_of_school", area=NGAO, institution_id=centre)
    yesterday = TODAY - timedelta(1)
    wanted = {
        _join(lampang, "province_officer", Reach()): "เห็นทุกคนในจังหวัด",
        _join(lampang, "district_coordinator", Reach(("5202",))): "อยู่ในงาว ซึ่งสมาชิกนี้ไม่ได้ดูแล",
        _join(lampang, "district_coordinator", Reach(("5205",))): "ดูแลส่วนนี้: งาว",
        _join(lampang, "partner_manager", Reach()): "ยังไม่ได้กำหนดอำเภอให้สมาชิกนี้",
        _join(lampang, "partner_manager", Reach(("5205",), GROUPS[:1])): "ซึ่งสมาชิกนี้ไม่ได้ดูแล",
        _join(lampang, "centre_head", Reach(institutions=())): "อยู่ที่ศพด. บ้านน้ำล้อม ซึ่งสมาชิกนี้ไม่ได้ดูแล",
        _join(lampang, "centre_head", Reach(institutions=(centre,))): "ศพด. บ้านน้ำล้อม",
        _join(lampang, "field_worker", Reach()): "ไม่ได้มอบหมายให้สมาชิกนี้ดูแล",
        _join(lampang, "committee_viewer", Reach()): "บทบาทนี้เปิดดูรายคนไม่ได้",
        _join(lampang, "province_officer", Reach(), starts_on=yesterday, ends_on=yesterday): "สิทธิ์ของสมาชิกนี้สิ้นสุดแล้ว",
        _join(lampang, "province_officer", Reach(), disabled_at=datetime.now(UTC)): "สิทธิ์ของสมาชิกนี้ถูกปิดแล้ว",
        _join(lampang, "province_officer", Reach(), starts_on=TODAY + timedelta(3)): "สิทธิ์ของสมาชิกนี้ยังไม่เริ่ม",
    }
    found = _asked(lampang, person)
    for member, words in wanted.items():
        assert words in found[member].verdict.because
        assert found[member].agrees
    assert [one.verdict.sees for one in found.values()] == sorted(
        (one.verdict.sees for one in found.values()), reverse=True
    )


def test_a_policy_that_is_gone_shows_as_an_answer_that_differs(lampang: Province, database: Database) -> None:
    person, _ = lampang.enrol("out_of_school", area=NGAO)
    member = _join(lampang, "district_coordinator", Reach(("5202",)))
    with psycopg.connect(database.superuser) as connection:
        connection.execute("drop policy area on person_access")
    one = _asked(lampang, person)[member]
    assert (one.verdict.sees, one.agrees) == (True, False)


def test_who_is_narrowed_does_not_learn_where_others_are(lampang: Province) -> None:
    person, _ = lampang.enrol("out_of_school", area=NGAO)
    narrowed = lampang.actor("auditor", districts=("5205",))
    with lampang.work(narrowed) as db, pytest.raises(NotFound):
        person_known(db, narrowed, person)
