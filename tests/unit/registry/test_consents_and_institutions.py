"""Consent by whom the law allows; institutions by name, subdistrict and supervising organisation."""

from datetime import date

import pytest

from samoe.kit.problem import Conflict, Problem
from samoe.registry.consents import actions as consents
from samoe.registry.consents.queries import consents_of, in_force
from samoe.registry.institutions import actions, queries
from tests.factories.province import MAE_MO, NGAO, Province
from tests.unit.registry.conftest import GROUP

DAY = date(2021, 7, 12)


def test_a_child_of_ten_or_of_unknown_age_needs_the_guardian(lampang: Province) -> None:
    lead = lampang.actor()
    grown, _ = lampang.enrol(GROUP, born=date(2004, 3, 1))
    small, _ = lampang.enrol(GROUP, "เล็ก", born=date(2011, 1, 1))
    unknown, _ = lampang.enrol(GROUP, "ไม่ทราบ")
    with lampang.work(lead) as db:
        consents.record_consent(db, lead, grown, purpose="referral", given_by="self", given_on=DAY)
        for person in (small, unknown):
            with pytest.raises(Problem, match="ผู้ปกครอง"):
                consents.record_consent(db, lead, person, purpose="referral", given_by="self", given_on=DAY)
            with pytest.raises(Problem, match="ชื่อผู้ปกครอง"):
                consents.record_consent(db, lead, person, purpose="referral", given_by="guardian", given_on=DAY)
            consents.record_consent(
                db, lead, person, purpose="referral", given_by="guardian", guardian_name="ยายคำ", given_on=DAY
            )
            assert in_force(db, person, "referral", DAY) is not None


def test_a_withdrawn_consent_no_longer_holds_and_is_kept(lampang: Province) -> None:
    lead = lampang.actor()
    person, _ = lampang.enrol(GROUP, born=date(2004, 3, 1))
    with lampang.work(lead) as db:
        consents.record_consent(db, lead, person, purpose="referral", given_by="self", given_on=DAY)
        consents.withdraw_consent(db, lead, person, purpose="referral", withdrawn_on=date(2021, 8, 1))
        assert in_force(db, person, "referral", date(2021, 7, 31)) is not None
        assert in_force(db, person, "referral", date(2021, 8, 1)) is None
        assert [one.withdrawn_on for one in consents_of(db, person)] == [date(2021, 8, 1)]
        with pytest.raises(Problem):
            consents.withdraw_consent(db, lead, person, purpose="referral", withdrawn_on=date(2021, 8, 2))


def test_one_name_stands_once_in_a_subdistrict_and_lists_are_in_dictionary_order(lampang: Province) -> None:
    lead = lampang.actor()
    for name in ("ศพด. แม่หวด", "ศพด. เกาะคา", "ศพด. งาว"):
        lampang.centre(name)
    lampang.centre("ศพด. งาว", area=MAE_MO)
    with lampang.work(lead) as db:
        with pytest.raises(Problem, match="แล้ว"):
            actions.add_institution(db, lead, kind="child_centre", name=" ศพด.งาว", area_code=NGAO)
        names = [row.name for row in queries.listed(db, district="5205")]
        assert names == ["ศพด. เกาะคา", "ศพด. งาว", "ศพด. แม่หวด"]
        first = queries.listed(db, limit=2)
        rest = queries.listed(db, after=first[-1].id)
        assert len(first) + len(rest) == 4
        found = queries.by_name(db, "child_centre", NGAO, "ศพด.งาว")
        assert found is not None
        actions.rename_institution(db, lead, found, 1, name="ศพด. เมืองงาว", kind="child_centre")
        with pytest.raises(Conflict):
            actions.rename_institution(db, lead, found, 1, name="ศพด. งาวใต้", kind="child_centre")


def test_the_supervising_organisation_is_dated(lampang: Province) -> None:
    lead = lampang.actor()
    centre = lampang.centre()
    with lampang.work(lead) as db:
        actions.supervise(db, lead, centre, agency_name="อบต. ปงเตา", from_on=date(2015, 1, 1))
        actions.supervise(db, lead, centre, agency_name="ทต. ปงเตา", from_on=date(2020, 10, 1))
        assert [(one.agency_name, one.to_on) for one in queries.supervision_of(db, centre)] == [
            ("ทต. ปงเตา", None), ("อบต. ปงเตา", date(2020, 10, 1)),
        ]  # fmt: skip
