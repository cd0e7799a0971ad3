"""What is typed in the builder's boxes and what is kept are the same thing, both ways."""

from __future__ import annotations

from typing import Any

import pytest

from samoe.kit.problem import Problems
from samoe.programmes.designs import calculating
from samoe.programmes.designs.parts import PARTS
from samoe.programmes.designs.reading import read_item, typed_item
from samoe.programmes.designs.steps import calculation_of, steps_of
from samoe.programmes.designs.view import boxes
from samoe.targetgroups.letters import as_kept, as_written, filled

WORDS = {"th": "คำ", "en": "word"}
BODY: dict[str, Any] = {
    "subject": "person",
    "fields": [
        {"slug": slug, "type": kind, "label": {"th": slug, "en": slug}}
        for slug, kind in {
            "wage": "money",
            "aid": "money",
            "members": "count",
            "born": "date",
            "c": "calculated",
        }.items()
    ],
    "stages": [{"slug": "a", "label": {"th": "ขั้น ก", "en": "A"}}, {"slug": "b", "label": {"th": "ขั้น ข", "en": "B"}}],
}
BODY["fields"].append({
    "slug": "kin", "type": "repeat", "label": WORDS,
    "parts": [{"slug": "pay", "type": "money", "label": {"th": "ค่าจ้าง", "en": "Pay"}}],
})  # fmt: skip
CALCULATIONS: list[dict[str, Any]] = [
    {"sum": ["wage", "aid"]},
    {"difference": [12, "members"]},
    {"product": ["members", "members", -2, 3]},
    {"rows": "kin"},
    {"total": "kin", "column": "pay"},
    {"age": "born", "on": "2021-05-16"},
    {"quotient": [{"sum": ["wage", "aid", {"total": "kin", "column": "pay"}]}, {"sum": ["members", 1]}]},
    {"difference": [{"age": "born", "on": "born"}, {"rows": "kin"}]},
]


class Form:
    """A form as it is sent."""

    def __init__(self, values: dict[str, Any]) -> None:
        self.values = values

    def text(self, name: str) -> str:
        return (self.all(name) or [""])[-1]

    def all(self, name: str) -> list[str]:
        found = self.values.get(name, [])
        return found if isinstance(found, list) else [found]

    def file(self, _name: str) -> None:
        return None


def drawn(item: dict[str, Any], sent: Form | None = None) -> dict[str, Any]:
    """What the boxes of a calculation send when nothing is touched."""
    values: dict[str, Any] = {"calculate.step": []}
    for step in calculating.boxes("calculate", item, BODY, sent):
        values["calculate.step"].append(step.value)
        for box in step.inner:
            for one in box.inner or (box,):
                if one.kind == "day":
                    day = one.value
                    parts = {"day": day.day, "month": day.month, "year": day.year + 543} if day else {}
                    values |= {f"{one.name}_{part}": str(number) for part, number in parts.items()}
                else:
                    values[one.name] = str(one.value)
    return values


@pytest.mark.parametrize("calculate", CALCULATIONS, ids=str)
def test_a_calculation_of_any_depth_is_picked_and_kept_as_it_was(calculate: dict[str, Any]) -> None:
    assert calculation_of(steps_of(calculate)) == calculate
    item = {"slug": "c", "type": "calculated", "label": WORDS, "calculate": calculate, "gives": "money"}
    typed = Form({"label.th": "คำ", "label.en": "word", "type": "calculated", "gives": "money", **drawn(item)})
    assert read_item(typed, PARTS["fields"], BODY, item)["calculate"] == calculate


def test_steps_are_added_and_taken_out_while_the_form_is_open() -> None:
    item = {"slug": "c", "type": "calculated", "calculate": CALCULATIONS[0]}
    assert drawn(item, Form({"calculate.step": ["0", "1"], "calculate.1.how": "sum"}))["calculate.1.0"] == "step:0"
    more = drawn(item, Form({**drawn(item), "calculate.press": "add"}))
    assert more["calculate.step"] == ["0", "1"]
    assert more["calculate.1.how"] == ""
    typed = {**more, "type": "calculated", "calculate.0.0": "wage",
             "calculate.0.1": "aid", "calculate.1.how": "quotient",
             "calculate.1.0": "step:0", "calculate.1.1": "members"}  # fmt: skip
    kept = typed_item(Form(typed), PARTS["fields"], BODY, item)
    assert kept["calculate"] == {"quotient": [{"sum": ["wage", "aid"]}, "members"]}
    assert calculating.said(kept, BODY) == "(wage + aid) ÷ members"
    without = drawn(item, Form({**typed, "calculate.press": "remove:0"}))
    assert without["calculate.step"] == ["1"]


def test_a_step_that_nothing_uses_and_half_a_step_are_told_at_their_boxes() -> None:
    item = {"slug": "c", "type": "calculated", "label": WORDS}
    typed = {"label.th": "คำ", "label.en": "word", "type": "calculated", "gives": "money",
             "calculate.step": ["0", "1"], "calculate.0.how": "rows", "calculate.0.of": "kin",
             "calculate.1.how": "difference", "calculate.1.0": "wage", "calculate.1.0.number": "3"}  # fmt: skip
    with pytest.raises(Problems) as refused:
        read_item(Form(typed), PARTS["fields"], BODY, item)
    assert {one.field for one in refused.value.problems} == {"calculate.0.how", "calculate.1.0", "calculate.1.1"}


def test_a_letters_places_are_written_by_their_names_and_kept_by_their_keys() -> None:
    kept = "เรียน ผู้ปกครองของ{name}\nอำเภอ{district} เมื่อ {today}"
    assert as_written(kept, "th") == "เรียน ผู้ปกครองของ{ชื่อ}\nอำเภอ{อำเภอ} เมื่อ {วันที่วันนี้}"
    assert as_kept(as_written(kept, "th"), "th") == (kept, [])
    assert as_kept("To { Name }\r\n\r\n{lead organisation}, {income}", "en") == (
        "To {name}\n{lead_organisation}, {income}", ["income"],
    )  # fmt: skip
    assert filled("{name} {phase}\n\n{stage}", {"name": "ก", "phase": "3"}).blank == ("stage",)


def test_a_letter_that_nobody_changed_is_kept_as_its_file_has_it() -> None:
    text = {"th": "เรียน  {name}\n\nก\n", "en": "Dear {name}\n"}
    item = {"slug": "x", "label": WORDS, "kind": "letter", "text": text}
    shown = next(box for box in boxes(PARTS["documents"], item, BODY) if box.name == "text").value
    typed = {"label.th": "คำ", "label.en": "word", "kind": "letter", "text.th": shown["th"], "text.en": "Dear {name}!"}
    kept = read_item(Form(typed), PARTS["documents"], BODY, item)["text"]
    assert kept == {"th": text["th"], "en": "Dear {name}!"}


BEFORE: list[tuple[str, dict[str, Any], dict[str, Any], dict[str, Any], set[str]]] = [
    ("settings", {"type": "date", "default": "2021-01-12"},
     {"type": "date", "default_day": "1", "default_month": "2", "default_year": "2564"}, {}, {"12 ม.ค. 2564"}),
    ("settings", {"type": "date", "default": "2021-01-12"}, {"type": "date", "default_day": "1"}, {}, {"12 ม.ค. 2564"}),
    ("settings", {"type": "money", "default": 1500}, {"type": "money", "default": "2,000"}, {}, {"1500"}),
    ("settings", {"type": "money", "default": 2000}, {"type": "money", "default": "2,000"}, {}, set()),
    ("documents", {"kind": "letter", "text": {"th": "เรียน {name}", "en": "Dear"}},
     {"kind": "letter", "text.th": "ถึง", "text.en": "Dear"}, {}, {"เรียน {ชื่อ}"}),
    ("encounters", {"results": [{"value": "x", "label": WORDS, "stage": "a"}]},
     {"results.0.value": "x", "results.0.label.th": "คำ", "results.0.label.en": "word", "results.0.stage": "b"}, {},
     {"ขั้น ก"}),
    ("indicators", {"kind": "count", "contract": "local", "of": {"measure": "stage", "stage": "a"}},
     {"kind": "count", "contract": "local", "of.measure": "enrolments"}, {}, {"นับ อยู่ที่ขั้น · ขั้น ขั้น ก"}),
    ("fields", {"type": "calculated", "gives": "money", "calculate": {"sum": ["wage", "aid"]}},
     {"type": "calculated", "gives": "money", "calculate.step": ["0"], "calculate.0.how": "sum",
      "calculate.0.0": "wage", "calculate.0.1.number": "5"}, {}, {"wage + aid"}),
    ("figures", {"measure": "answer_is", "field": "f", "value": True},
     {"measure": "answer_is", "field": "f", "value": "no"}, {"slug": "f", "type": "flag", "label": WORDS}, {"ใช่"}),
]  # fmt: skip


@pytest.mark.parametrize(("name", "stored", "sent", "field", "said"), BEFORE)
def test_of_every_kind_of_box_the_value_that_is_kept_now_is_told_where_it_differs(
    name: str, stored: dict[str, Any], sent: dict[str, Any], field: dict[str, Any], said: set[str]
) -> None:
    part, body = PARTS[name], {**BODY, "fields": [*BODY["fields"], field] if field else BODY["fields"]}
    kept = {part.key: "x", "label": WORDS, **stored}
    typed = Form({"label.th": "คำ", "label.en": "word", **sent})
    shown = boxes(part, typed_item(typed, part, body, kept), body, stored=kept, sent=typed)
    cells = [one for box in shown for _name, _value, inner in box.rows for one in inner]
    found = [one.theirs for one in (*shown, *cells) if one.theirs is not None]
    told = {text for one in found for text in (one.values() if isinstance(one, dict) else [one])}
    assert told == said
