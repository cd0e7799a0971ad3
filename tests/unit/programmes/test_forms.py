"""What people type, read into values: every fault at its field, in a sentence."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from samoe.kit.problem import Problems
from samoe.programmes.agreements.forms import read_agreement
from samoe.programmes.benefits.forms import AmountsForm, read_amounts
from samoe.programmes.committees.forms import read_resolution
from samoe.programmes.groups.forms import read_group, read_settings
from samoe.programmes.partners.forms import read_partner
from samoe.programmes.phases.forms import PhaseForm, read_phase
from samoe.programmes.programme.forms import read_lead, read_programme
from samoe.programmes.targets.forms import read_grid, write_span
from samoe.programmes.targets.queries import Cell, Span
from tests.factories.manifests import manifest
from tests.unit.programmes.people import Typed, typed_day

PHASE = {"number": "2", **typed_day("starts_on", 15, 1, 2564), **typed_day("ends_on", 14, 1, 2565)}


def faults(read: Callable[[], object]) -> dict[str | None, str]:
    with pytest.raises(Problems) as refused:
        read()
    return {problem.field: str(problem) for problem in refused.value.problems}


def test_a_phase_in_buddhist_years() -> None:
    typed = {**PHASE, "number": "๒", "starts_on_year": "๒๕๖๔", "predecessor": "1"}
    assert read_phase(Typed(**typed)) == PhaseForm(2, date(2021, 1, 15), date(2022, 1, 14), 1)


@pytest.mark.parametrize(
    ("changed", "field", "says"),
    [
        ({"number": ""}, "number", "กรอกเลขระยะ"),
        ({"number": "สอง"}, "number", "ไม่ใช่ตัวเลข"),
        ({"starts_on_day": "31", "starts_on_month": "2"}, "starts_on", "ไม่มีวันที่ 31 ก.พ. 2564"),
        ({"starts_on_year": "64"}, "starts_on", "ปี 64 หมายถึง 2564 หรือไม่"),
        ({"starts_on_day": ""}, "starts_on", "ยังไม่ครบ"),
        ({"ends_on_year": "2563"}, "ends_on", "ไม่มาก่อนวันเริ่ม"),
        ({"ends_on_year": "2574"}, "ends_on", "ยาวเกิน 3 ปี"),
        ({"predecessor": "2"}, "predecessor", "เลขน้อยกว่า"),
    ],
)
def test_a_phase_that_cannot_be(changed: dict[str, str], field: str, says: str) -> None:
    found = faults(lambda: read_phase(Typed(**{**PHASE, **changed})))
    assert list(found) == [field]
    assert says in found[field]


def test_every_fault_is_told_at_once() -> None:
    assert set(faults(lambda: read_phase(Typed()))) == {"number", "starts_on", "ends_on"}


def test_a_year_is_typed_in_buddhist_era() -> None:
    assert read_programme(Typed(name_th="โครงการ", since_year="2562")).since_year == 2019
    assert set(faults(lambda: read_programme(Typed(name_th=" ", since_year="2019")))) == {"name_th", "since_year"}


def test_a_lead_organisation_ends_after_it_began() -> None:
    typed = {
        "name_th": "สมาคม",
        "kind": "association",
        **typed_day("from_on", 1, 2, 2564),
        **typed_day("to_on", 1, 1, 2564),
    }
    assert set(faults(lambda: read_lead(Typed(**typed)))) == {"to_on"}
    assert set(faults(lambda: read_lead(Typed(name_th="x", kind="club")))) == {"kind"}


@pytest.mark.parametrize(
    ("typed", "satang"), [("๑,๒๓๔.๕๐", 123450), ("1,640,000", 164_000_000), ("800 บาท", 80_000), ("0", 0)]
)
def test_money_as_people_type_it(typed: str, satang: int) -> None:
    assert read_amounts(Typed(amount=typed), "flat") == AmountsForm(satang, satang)


@pytest.mark.parametrize("typed", ["1e3", "12,34", "-5", "1.234", "แปดร้อย"])
def test_money_that_cannot_be_read(typed: str) -> None:
    assert set(faults(lambda: read_amounts(Typed(amount=typed), "flat"))) == {"amount"}


def test_a_range_is_in_order() -> None:
    assert read_amounts(Typed(min_amount="7,000", max_amount="25,000"), "range") == AmountsForm(700_000, 2_500_000)
    assert set(faults(lambda: read_amounts(Typed(min_amount="9", max_amount="8"), "range"))) == {"max_amount"}
    assert set(faults(lambda: read_amounts(Typed(), "range"))) == {"min_amount", "max_amount"}


def test_an_agreement_may_be_known_in_part() -> None:
    form = read_agreement(Typed(signatories=" ก ใจดี \n\n ข รักเรียน", amount="1,000,000"))
    assert (form.number, form.signed_on, form.amount) == (None, None, 100_000_000)
    assert form.signatories == ("ก ใจดี", "ข รักเรียน")


@pytest.mark.parametrize(
    ("typed", "span"),
    [
        ("850–1,000", Span(850, 1000)), ("850-1000", Span(850, 1000)), ("850 ถึง 1000", Span(850, 1000)),
        ("๓,๒๑๗", Span(3217, 3217)), ("0", Span(0, 0)), ("", None),
    ],
)  # fmt: skip
def test_a_target_is_a_number_or_a_range(typed: str, span: Span | None) -> None:
    assert read_grid(Typed(whole=typed), (), 0) == {Cell(None): span}
    assert read_grid(Typed(whole=write_span(span)), (), 0) == {Cell(None): span}


@pytest.mark.parametrize("typed", ["1000–850", "1e3", "มาก", "-5", "1.5", "5–"])
def test_a_target_that_cannot_be(typed: str) -> None:
    assert set(faults(lambda: read_grid(Typed(**{"5201": typed, "whole": "9"}), ["5201"], 0))) == {"5201"}
    assert set(faults(lambda: read_grid(Typed(**{"5201-q2": typed, "whole": "9"}), ["5201"], 4))) == {"5201-q2"}


def test_districts_are_the_whole_or_at_least_one() -> None:
    typed: dict[str, Any] = {"register": "population", "source": "survey"}
    assert read_group(Typed(**typed, whole="1"), ["5201"]).district_codes is None
    assert read_group(Typed(**typed, districts=["5202", "5201"]), ["5201", "5202"]).district_codes == ("5201", "5202")
    assert set(faults(lambda: read_group(Typed(**typed), ["5201"]))) == {"districts"}
    assert set(faults(lambda: read_group(Typed(**typed, districts=["8301"]), ["5201"]))) == {"districts"}
    assert set(faults(lambda: read_partner(Typed(name_th="ก", kind="state"), ["5201"]))) == {"districts"}


def test_settings_are_read_by_their_type() -> None:
    settings = manifest().settings
    assert read_settings(Typed(ceiling="3,500", reminder="7", letters="1"), settings) == {
        "ceiling": 350_000, "reminder": 7, "letters": True,
    }  # fmt: skip
    assert read_settings(Typed(ceiling="1", reminder="1"), settings)["letters"] is False
    assert set(faults(lambda: read_settings(Typed(ceiling="1e3", reminder=""), settings))) == {"ceiling", "reminder"}


def test_a_resolution_is_whole() -> None:
    assert set(faults(lambda: read_resolution(Typed()))) == {"body", "meeting_no", "held_on", "decision"}
