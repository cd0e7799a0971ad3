"""Forms made from fields: what is asked, and what is made of what was sent."""

from typing import Any

import pytest

from samoe.i18n import use_locale
from samoe.kit.problem import Problems
from samoe.sdk import Manifest, parse
from samoe.targetgroups.answers import read_answers, read_scores
from samoe.targetgroups.discovery import catalogue
from samoe.targetgroups.forms import questions, scored
from tests.unit.targetgroups.asked import GROUP


class Sent(dict[str, str]):
    def text(self, name: str) -> str:
        return self.get(name, "")

    def all(self, name: str) -> list[str]:
        return [self[name]] if name in self else []

    def file(self, _: str) -> None:
        """None comes along."""


def problems(manifest: Manifest, **sent: str) -> dict[str | None, str]:
    with pytest.raises(Problems) as caught:
        read_answers(manifest, Sent(sent))
    return {problem.field: str(problem) for problem in caught.value.problems}


def test_answers_come_back_typed() -> None:
    sent = Sent(
        income="๑๔๔,๐๐๐.๕๐", members="๔", absence="20.5", score="3", alone="1", roof="0", grade=" ป.1 ",
        since_day="15", since_month="ม.ค.", since_year="2564", wish="school",
    )  # fmt: skip
    assert read_answers(GROUP, sent) == {
        "income": 14_400_050, "members": 4, "absence": 20.5, "score": 3, "alone": True, "roof": False,
        "grade": "ป.1", "since": "2021-01-15", "wish": "school", "mean": 0.75,
    }  # fmt: skip


def test_a_question_left_empty_is_absent_and_not_a_no() -> None:
    assert read_answers(GROUP, Sent()) == {}


def test_what_was_answered_is_shown_as_it_can_be_sent_again() -> None:
    answers: dict[str, Any] = {"income": 14_400_050, "members": 4, "alone": False, "wish": "work"}
    sent = Sent({question.name: question.typed for question in questions(GROUP, answers)})
    assert read_answers(GROUP, sent) == answers


def test_every_fault_is_named_beside_its_question() -> None:
    found = problems(
        GROUP, income="1e3", members="สี่", absence="ยี่สิบ", wish="holiday", alone="maybe", score="1.234",
        since_day="31", since_month="2", since_year="2564",
    )  # fmt: skip
    assert set(found) == {"income", "members", "absence", "wish", "alone", "score", "since"}
    assert found["since"] == "ไม่มีวันที่ 31 ก.พ. 2564 ตรวจวันและเดือนอีกครั้ง"


def test_bounds_and_required_questions() -> None:
    group = catalogue()["early_childhood"]
    found = problems(group, members="0", household_income="")
    assert found == {"members": "ต้องไม่น้อยกว่า 1", "household_income": "ยังไม่ได้ตอบข้อนี้"}


def test_numbers_without_bounds_of_their_own_keep_those_of_their_type() -> None:
    assert set(problems(GROUP, members="-1", absence="100.5", score="-3")) == {"members", "absence"}


def test_some_of_the_questions_only() -> None:
    group = catalogue()["early_childhood"]
    assert [question.name for question in questions(group, only=["processed"])] == ["processed"]
    assert read_answers(group, Sent(processed="1"), only=["processed"]) == {"processed": True}


def test_questions_speak_both_languages() -> None:
    alone = next(question for question in questions(catalogue()["early_childhood"]) if question.name == "processed")
    assert [choice.label for choice in alone.choices] == ["ใช่", "ไม่ใช่", "ยังไม่ทราบ"]
    with use_locale("en"):
        english = next(q for q in questions(catalogue()["early_childhood"]) if q.name == "processed")
    assert english.label == "Processed"
    assert [choice.label for choice in english.choices] == ["Yes", "No", "Not known yet"]


def test_a_standard_is_marked_item_by_item() -> None:
    group = catalogue()["centre_development"]
    field, scale = group.field("assessment"), group.scale("ecd_standard")
    sent = Sent({f"assessment.{code}": "๒" for code in scale.items})
    sent |= {f"assessment.{code}": "n/a" for code in scale.optional_items}
    sent |= {"assessment.1.1.1": "0"}
    result = read_scores(field, scale, sent)
    assert (result["lowest"], result["not_applicable"], result["level"]) == (1, 7, "B")
    shown = {item.code: item.typed for part in scored(field, scale, result) for item in part.items}
    assert (shown["1.1.1"], shown["1.1.2"], shown["3.1.1ก"]) == ("0", "2", "-")


def test_a_missing_or_wrong_mark_is_named_with_its_item() -> None:
    group = catalogue()["centre_development"]
    field, scale = group.field("assessment"), group.scale("ecd_standard")
    sent = Sent({f"assessment.{code}": "3" for code in scale.items})
    sent |= {"assessment.1.1.1": "4", "assessment.1.1.2": "", "assessment.1.1.3": "-"}
    with pytest.raises(Problems) as caught:
        read_scores(field, scale, sent)
    assert {problem.field: str(problem) for problem in caught.value.problems} == {
        "assessment.1.1.1": "ข้อ 1.1.1 ให้คะแนนได้เฉพาะ 0, 1, 2, 3",
        "assessment.1.1.2": "ยังไม่ได้ให้คะแนนข้อ 1.1.2",
        "assessment.1.1.3": "ข้อ 1.1.3 ต้องให้คะแนน เว้นไม่ได้",
    }


def test_a_group_without_fields_has_an_empty_form() -> None:
    words = {"th": "ก", "en": "a"}
    bare = parse({"slug": "bare", "version": 1, "subject": "person", "name": words, "summary": words, "serves": words})
    assert questions(bare) == ()
