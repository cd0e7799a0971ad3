"""Each kind of question: drawn, typed, kept and shown again."""

from typing import Any

import pytest

from samoe.casework.enrolments.answers import checked
from samoe.i18n import use_locale
from samoe.kit.problem import Problems
from samoe.kit.reading import Reading
from samoe.targetgroups.answers import ASKED, MORE_ASKED, read_answers, read_given
from samoe.targetgroups.forms import form, questions
from samoe.targetgroups.pickable import Pickable
from samoe.targetgroups.showing import show
from samoe.web.form import Form
from tests.unit.targetgroups.form import FORM

CENTRE = "0199a0b0-0000-7000-8000-000000000001"
PLACES = Pickable("52", {CENTRE: "ศูนย์ ก"})
TYPED: dict[str, list[str]] = {
    "needs": ["bus", "food"], "reason": ["health"], "left_month": ["3"], "left_year": ["2564"], "home": ["520501"],
    "district": ["5205"], "phone": ["๐๘๑-234-5678"], "card": ["1-1017-00230-70-8"], "centre": [CENTRE],
    "spot_lat": ["18.2888"], "spot_lon": ["99.4908"], "children.row": ["0", "4"], "children.0.name": ["ก"],
    "children.0.cost": ["1,500"], "children.0.born_day": ["1"], "children.0.born_month": ["2"],
    "children.0.born_year": ["2560"], "children.4.name": [""],
}  # fmt: skip
KEPT: dict[str, Any] = {
    "needs": ["food", "bus"], "reason": "health", "left": "2021-03", "home": "520501", "district": "5205",
    "phone": "0812345678", "card": "1101700230708", "centre": CENTRE, "spot": {"lat": 18.2888, "lon": 99.4908},
    "children": [{"name": "ก", "cost": 150_000, "born": "2017-02-01"}], "how_many": 1, "costs": 150_000, "each": 0.33,
}  # fmt: skip


def faults(**typed: list[str]) -> dict[str | None, str]:
    with pytest.raises(Problems) as caught:
        read_answers(FORM, Form(typed), pickable=PLACES)
    return {problem.field: str(problem) for problem in caught.value.problems}


def test_what_is_typed_is_kept_in_its_own_type() -> None:
    assert read_answers(FORM, Form(TYPED), pickable=PLACES) == KEPT
    assert checked(FORM, KEPT) == KEPT


def test_what_is_kept_is_drawn_so_that_it_can_be_sent_again() -> None:
    sent = Form()
    for one in questions(FORM, KEPT, pickable=PLACES):
        for box in (one, *(part for row in one.rows for part in row.questions)):
            for value in box.chosen if box.kind == "choices" else [box.typed]:
                sent.add(box.name, value)
            for part, value in (box.parts or {}).items():
                sent.add(f"{box.name}_{part}", value)
        for row in one.rows:
            sent.add(f"{one.name}.row", row.key)
    without_number = {slug: value for slug, value in KEPT.items() if slug != "card"}
    assert read_answers(FORM, sent, pickable=PLACES) == without_number


def test_every_fault_is_named_beside_its_input() -> None:
    found = faults(
        needs=["gold"], reason=["gone"], left_day=["5"], left_year=["2564"], home=["999999"], district=["520501"],
        phone=["12"], card=["1101700230709"], centre=["0199"], spot_lat=["51.5"], spot_lon=["-0.1"],
        **{"children.row": ["0", "1", "2"], "children.0.cost": ["5"], "children.1.name": ["ข"],
           "children.2.name": ["ค"]},
    )  # fmt: skip
    assert set(found) == {
        "needs", "reason", "left", "home", "district", "phone", "card", "centre", "spot", "children.0.name", "children",
    }  # fmt: skip
    assert found["card"].startswith("เลขประจำตัวนี้ไม่ถูกต้อง")


def test_a_required_question_is_required_only_where_it_is_asked() -> None:
    assert faults(works=["1"]) == {"wage": "ยังไม่ได้ตอบข้อนี้"}
    assert read_answers(FORM, Form({"works": ["0"], "wage": ["900"]})) == {"works": False}


def test_a_number_is_never_written_into_the_page_and_stays_when_left_empty() -> None:
    card = next(one for one in questions(FORM, KEPT) if one.slug == "card")
    assert (card.typed, card.told, card.sensitive) == ("", "1-1017-•••••-••-8", True)
    kept = read_given(FORM, Reading(Form({ASKED: ["card"], "card": [""]})), KEPT, "", PLACES)
    gone = read_given(FORM, Reading(Form({ASKED: ["card"], "card": ["-"]})), KEPT, "", PLACES)
    assert (kept, gone) == ({}, {"card": None})


def test_a_retired_option_is_offered_to_who_had_it_only() -> None:
    def offered(answers: dict[str, Any]) -> list[str]:
        return [choice.value for one in questions(FORM, answers) if one.slug == "needs" for choice in one.choices]

    assert offered({}) == ["food", "bus"]
    assert offered({"needs": ["radio"]}) == ["food", "bus", "radio"]
    assert show(FORM.field("needs"), ["radio", "bus"]) == "วิทยุ, รถ"
    assert read_answers(FORM, Form({"needs": ["radio"]})) == {"needs": ["radio"]}


def test_boxes_that_were_unticked_are_empty_and_not_forgotten() -> None:
    reading = Reading(Form({ASKED: ["needs"]}))
    assert read_given(FORM, reading, KEPT, "", PLACES) == {"needs": None}


def test_a_question_that_an_answer_brings_up_is_shown_before_anything_is_saved() -> None:
    had = [one.slug for one in questions(FORM, {})]
    reading = Reading(Form({ASKED: had, "works": ["1"], "phone": ["0812345678"]}))
    read_given(FORM, reading, {}, "", PLACES)
    assert [(problem.field, str(problem)) for problem in reading.problems] == [("wage", MORE_ASKED)]
    drawn = {one.slug: one for part in form(FORM, {}, "", PLACES, reading.sent) for one in part.questions}
    assert drawn["wage"].required
    assert (drawn["works"].typed, drawn["phone"].typed) == ("1", "0812345678")


def test_sections_stand_in_order_and_what_is_in_none_comes_first() -> None:
    with use_locale("en"):
        parts = form(FORM, {"works": True}, "", PLACES)
    assert [part.label for part in parts] == ["", "Home", "Money"]
    assert [one.slug for one in parts[2].questions] == ["wage", "wage_year"]


def test_rows_are_added_and_taken_away_and_what_is_typed_stays() -> None:
    sent = Form({ASKED: ["children"], "children.row": ["0", "1"], "children.0.cost": ["ผิด"], "children.1.name": ["ข"]})

    def rows(press: str) -> list[tuple[str, list[str]]]:
        drawn = next(one for part in form(FORM, {}, "", PLACES, sent, press) for one in part.questions if one.rows)
        return [(row.key, [one.typed for one in row.questions]) for row in drawn.rows]

    assert rows("add:children") == [("0", ["", "", "ผิด"]), ("1", ["ข", "", ""]), ("2", ["", "", ""])]
    assert rows("remove:children:0") == [("1", ["ข", "", ""])]


def test_answers_are_shown_in_words() -> None:
    said = {slug: show(FORM.field(slug), value, PLACES.names()) for slug, value in KEPT.items()}
    assert said["needs"] == "อาหาร, รถ"
    assert said["left"] == "มี.ค. 2564"
    assert (said["phone"], said["card"], said["centre"]) == ("081-234-5678", "1-1017-•••••-••-8", "ศูนย์ ก")
    assert said["spot"] == "18.28880, 99.49080"
    assert said["children"] == "name “ก”, born 1 ก.พ. 2560, cost 1,500 บาท"
    assert "งาว" in said["home"]
    assert show(FORM.field("spot"), "เก่า") == "เก่า"


@pytest.mark.parametrize(
    ("slug", "value"),
    [("needs", []), ("needs", ["gold"]), ("left", "2021-13"), ("today", "2021"), ("home", "99"), ("phone", "081"),
     ("card", "1101700230709"), ("spot", {"lat": 1}), ("children", [{"gone": 1}]), ("children", [{"cost": "5"}]),
     ("centre", "ก"), ("each", "1")],
)  # fmt: skip
def test_what_is_not_of_its_type_is_refused(slug: str, value: Any) -> None:
    with pytest.raises(Problems):
        checked(FORM, {slug: value})
