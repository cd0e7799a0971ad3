"""Two records of one person become one, and two again."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import delete, func, select, text, update
from sqlalchemy.orm import Session

from samoe.audit.models import AuditEvent
from samoe.casework.merging import actions
from samoe.casework.models import Encounter, Enrolment
from samoe.db.table import new_id
from samoe.identity import Actor, Refused
from samoe.kit.problem import Conflict, NotFound, Problem
from samoe.registry.consents import actions as consents
from samoe.registry.duplicates import actions as deciding
from samoe.registry.duplicates import queries
from samoe.registry.models import DuplicateCandidate, Person, PersonAccess, PersonIdentifier
from samoe.registry.persons import queries as persons
from samoe.reporting.models import StockRollup
from tests.factories.province import CHAE_HOM, NGAO, Province
from tests.unit.casework.conftest import CHILDREN, YOUTH

WHY = "เทียบทะเบียนบ้านแล้ว"
BORN = date(2016, 5, 4)
NUMBER = "1-1007-00500-17-4"


def suspect(lampang: Province, one: UUID, other: UUID) -> UUID:
    """A pair that waits for a decision."""
    with lampang.work() as db:
        made = DuplicateCandidate(id=new_id(), person_id=other, other_person_id=one, reason="same_name_and_birth_date")
        db.add(made)
        return made.id


def merge(lampang: Province, pair: UUID, keep: UUID, actor: Actor | None = None, **choices: UUID) -> UUID:
    who = actor or lampang.actor("province_officer")
    with lampang.work(who) as db:
        return actions.merge(db, who, pair, keep_id=keep, reason=WHY, choices=choices)


def part(lampang: Province, merge_id: UUID) -> int:
    who = lampang.actor("province_officer")
    with lampang.work(who) as db:
        return actions.part(db, who, merge_id, "โทรถามแล้ว เป็นพี่น้องกัน")


def enrolments_of(db: Session, person: UUID) -> list[UUID]:
    return sorted(db.scalars(select(Enrolment.id).where(Enrolment.person_id == person)))


def stock(db: Session) -> int:
    return db.scalar(select(func.sum(StockRollup.n))) or 0


def everything(lampang: Province) -> dict[str, Any]:
    """Who holds what, without the counters of changes."""
    with lampang.work() as db:
        db.execute(text("select set_config('app.folded', 'on', true)"))
        rows: dict[str, Any] = {}
        for table in ("persons", "enrolments", "encounters", "person_identifiers", "consents", "placements"):
            found = db.execute(text(f"select to_jsonb(t) from {table} t order by id")).scalars()
            rows[table] = [{k: v for k, v in row.items() if k not in {"row_version", "updated_at"}} for row in found]
        rows["person_access"] = sorted(db.execute(select(PersonAccess.id, PersonAccess.person_id)).all())
        rows["stock"] = sorted(db.execute(select(StockRollup.group_slug, StockRollup.status, StockRollup.n)).all())
        return rows


def test_what_hangs_on_one_record_goes_to_the_other_and_comes_back(lampang: Province) -> None:
    kept, _ = lampang.enrol(CHILDREN, born=BORN)
    gone, youth = lampang.enrol(YOUTH, born=BORN, identifier=NUMBER, area=CHAE_HOM)
    lead = lampang.actor()
    with lampang.work(lead) as db:
        consents.record_consent(
            db, lead, gone, purpose="referral", given_by="guardian", given_on=BORN, channel="paper",
            guardian_name="ก", relation="แม่",
        )  # fmt: skip
    pair = suspect(lampang, kept, gone)
    before = everything(lampang)
    merged = merge(lampang, pair, kept)
    with lampang.work() as db:
        assert persons.get(db, gone).id == kept
        assert len(enrolments_of(db, kept)) == 2
        assert persons.by_identifier(db, NUMBER) == kept
        assert [hit.id for hit in persons.search(db, "ปุณณดา")] == [kept]
        assert db.get_one(Enrolment, (52, youth)).person_id == kept
        told = db.scalars(select(AuditEvent).where(AuditEvent.verb == "merged")).one()
        assert (told.subject_id, told.reason) == (str(kept), WHY)
    assert part(lampang, merged) == 0
    assert everything(lampang) == before


def test_two_enrolments_of_one_group_and_phase_become_one_and_two_again(lampang: Province) -> None:
    kept, stays = lampang.enrol(YOUTH, born=BORN)
    gone, twice = lampang.enrol(YOUTH, born=BORN)
    with lampang.work() as db:
        case = db.get_one(Enrolment, (52, twice))
        db.add(
            Encounter(
                enrolment_id=twice, area_bit=case.area_bit, group_bit=case.group_bit, kind="search",
                happened_on=BORN, outcome="found", event_area_code=NGAO,
            )
        )  # fmt: skip
        case.answers = {"note": "x"}
    pair = suspect(lampang, kept, gone)
    before = everything(lampang)
    merged = merge(lampang, pair, kept)
    with lampang.work() as db:
        assert enrolments_of(db, kept) == [stays]
        assert enrolments_of(db, gone) == []
        assert stock(db) == 1
        assert db.scalars(select(Encounter.enrolment_id)).all() == [stays]
        assert db.get_one(Enrolment, (52, stays)).answers == {"note": "x"}
        assert db.scalars(select(PersonAccess.person_id)).all() == [kept]
    part(lampang, merged)
    assert everything(lampang) == before


def test_each_value_is_chosen_and_a_later_correction_is_not_undone(lampang: Province) -> None:
    kept, _ = lampang.enrol(CHILDREN, "ปุณณดา", born=BORN)
    gone, _ = lampang.enrol(YOUTH, "ปุณดา", born=BORN)
    merged = merge(lampang, suspect(lampang, kept, gone), kept, name=gone)
    with lampang.work() as db:
        assert persons.get(db, kept).first_name == "ปุณดา"
        db.execute(update(Person).where(Person.id == kept).values(first_name="ปุญดา"))
    assert part(lampang, merged) == 1
    with lampang.work() as db:
        assert (persons.get(db, kept).first_name, persons.get(db, gone).first_name) == ("ปุญดา", "ปุณดา")


def test_what_was_done_after_the_merge_stays_with_the_record_that_was_kept(lampang: Province) -> None:
    kept, _ = lampang.enrol(CHILDREN, born=BORN)
    gone, _ = lampang.enrol(YOUTH, born=BORN)
    merged = merge(lampang, suspect(lampang, kept, gone), kept)
    lead = lampang.actor()
    with lampang.work(lead) as db:
        consents.record_consent(
            db, lead, gone, purpose="referral", given_by="guardian", given_on=BORN, channel="paper",
            guardian_name="ก", relation="แม่",
        )  # fmt: skip
    part(lampang, merged)
    with lampang.work() as db:
        assert db.execute(text("select person_id from consents")).scalars().all() == [kept]


def test_a_chain_of_merges_leads_to_one_record_and_is_taken_apart_from_its_end(lampang: Province) -> None:
    a, b, c = (lampang.enrol(group, born=BORN)[0] for group in (CHILDREN, YOUTH, CHILDREN))
    first, second = suspect(lampang, b, a), suspect(lampang, b, c)
    inner = merge(lampang, first, b)
    outer = merge(lampang, second, c)
    with lampang.work() as db:
        assert {persons.get(db, one).id for one in (a, b, c)} == {c}
    with pytest.raises(Problem, match="แยกการรวมครั้งหลังก่อน"):
        part(lampang, inner)
    part(lampang, outer)
    part(lampang, inner)
    with lampang.work() as db:
        assert [persons.get(db, one).id for one in (a, b, c)] == [a, b, c]


def test_a_pair_is_decided_once(lampang: Province) -> None:
    kept, gone = lampang.enrol(CHILDREN, born=BORN)[0], lampang.enrol(YOUTH, born=BORN)[0]
    pair = suspect(lampang, kept, gone)
    officer = lampang.actor("province_officer")
    with lampang.work(officer) as db:
        assert queries.count_open(db) == 1
        deciding.different(db, officer, pair, WHY)
    with lampang.work(officer) as db:
        assert queries.count_open(db) == 0
        assert queries.decided_pairs(db)[0].pair.candidate.decided_reason == WHY
    with pytest.raises(Conflict, match="มีคนตัดสินคู่นี้แล้ว"):
        merge(lampang, pair, kept)
    with pytest.raises(Conflict), lampang.work(officer) as db:
        deciding.different(db, officer, pair, WHY)


def test_two_live_numbers_of_a_kind_are_a_contradiction(lampang: Province) -> None:
    kept, _ = lampang.enrol(CHILDREN, born=BORN, identifier=NUMBER)
    gone, _ = lampang.enrol(YOUTH, born=BORN, identifier="3100200300404")
    pair = suspect(lampang, kept, gone)
    with pytest.raises(Problem, match="เลขประจำตัวชนิดเดียวกัน"):
        merge(lampang, pair, kept)
    with lampang.work() as db:
        assert db.get_one(DuplicateCandidate, (52, pair)).state == "open"
        assert db.scalar(select(func.count()).select_from(PersonIdentifier)) == 2


@pytest.mark.parametrize("reason", ["", "ซ้ำ"])
def test_a_decision_has_a_reason(lampang: Province, reason: str) -> None:
    kept, gone = lampang.enrol(CHILDREN, born=BORN)[0], lampang.enrol(YOUTH, born=BORN)[0]
    pair = suspect(lampang, kept, gone)
    officer = lampang.actor("province_officer")
    with lampang.work(officer) as db, pytest.raises(Problem, match="บอกเหตุผล"):
        actions.merge(db, officer, pair, keep_id=kept, reason=reason, choices={})


def test_who_sees_a_part_of_the_province_learns_of_no_pair_beyond_it(lampang: Province) -> None:
    near, far = lampang.enrol(YOUTH, born=BORN, area=NGAO)[0], lampang.enrol(YOUTH, born=BORN, area=CHAE_HOM)[0]
    pair = suspect(lampang, near, far)
    ngo = lampang.actor("partner_manager", districts=("5205",), groups=(YOUTH,))
    with lampang.work(ngo) as db:
        assert db.scalar(select(func.count()).select_from(DuplicateCandidate)) == 0
        assert queries.count_open(db) == 0
        with pytest.raises(NotFound):
            queries.pair(db, pair)
        with pytest.raises(Refused):
            actions.merge(db, ngo, pair, keep_id=near, reason=WHY, choices={})
        assert db.execute(delete(DuplicateCandidate)).rowcount == 0  # type: ignore[attr-defined]


def test_an_officer_of_some_groups_may_tell_apart_but_not_merge(lampang: Province) -> None:
    one, other = lampang.enrol(YOUTH, born=BORN)[0], lampang.enrol(YOUTH, born=BORN)[0]
    hidden, _ = lampang.enrol(CHILDREN, born=BORN)
    seen, beyond = suspect(lampang, one, other), suspect(lampang, one, hidden)
    narrow = lampang.actor("province_officer", groups=(YOUTH,))
    with lampang.work(narrow) as db:
        assert [pair.candidate.id for pair in queries.open_pairs(db)] == [seen]
        with pytest.raises(NotFound):
            deciding.different(db, narrow, beyond, WHY)
        with pytest.raises(Problem, match="เห็นทุกพื้นที่"):
            actions.merge(db, narrow, seen, keep_id=one, reason=WHY, choices={})
        deciding.different(db, narrow, seen, WHY)
