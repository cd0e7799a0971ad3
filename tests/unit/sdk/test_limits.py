"""What nobody needs is refused before it makes the pages of a province slow, or the reader fall over."""

import time
from typing import Any

import pytest

from samoe.kit import satang
from samoe.kit.numbers import parse_int
from samoe.kit.satang import BadMoney
from samoe.programmes.designs import faults
from samoe.programmes.designs.published import Published
from samoe.programmes.sharing.cleaning import somebodys
from samoe.sdk import ManifestError, parse, read_tree
from samoe.sdk.limits import MOST_COMPARISONS, MOST_FIELDS, MOST_STEPS
from samoe.sdk.trees import TreeError

WORDS = {"th": "ก", "en": "a"}
HEAD = {"slug": "x", "version": 1, "name": WORDS, "summary": WORDS, "serves": WORDS, "subject": "person"}


def count(slug: str, **more: Any) -> dict[str, Any]:
    return {"slug": slug, "type": "count", "label": WORDS, **more}


def worked_out(slug: str, calculate: dict[str, Any]) -> dict[str, Any]:
    return {**count(slug), "type": "calculated", "gives": "count", "calculate": calculate}


def nested(times: int, inner: Any, key: str) -> Any:
    for _ in range(times):
        inner = {key: inner if key == "not" else [inner, 1]}
    return inner


def refused(**parts: Any) -> str:
    with pytest.raises(ManifestError) as found:
        parse({**HEAD, **parts})
    return str(found.value)


def test_a_group_has_an_end() -> None:
    low = {"field": "q", "op": "<", "value": 1}
    assert "400" in refused(fields=[count(f"q{number}") for number in range(MOST_FIELDS + 1)])
    rule = {"slug": "criteria", "label": WORDS, "tree": {"any": [low] * (MOST_COMPARISONS + 1)}}
    assert "200" in refused(fields=[count("q")], rules=[rule])
    assert "200" in refused(fields=[count("q"), count("r", shown_when={"any": [low] * (MOST_COMPARISONS + 1)})])
    assert "100" in refused(fields=[count("q"), worked_out("r", {"sum": ["q"] * (MOST_STEPS + 1)})])
    letter = {"slug": "l", "label": WORDS, "kind": "letter", "text": {"th": "ก" * 5001, "en": "a"}}
    assert "5000" in refused(documents=[letter])
    for deep in (
        {"rules": [{"slug": "criteria", "label": WORDS, "tree": nested(5000, low, "not")}]},
        {"fields": [count("q"), worked_out("r", nested(5000, "q", "sum"))]},
    ):
        assert "30" in refused(**{"fields": [count("q")], **deep})
    with pytest.raises(TreeError, match="30"):
        read_tree(nested(5000, low, "not"))


def test_questions_that_hang_on_a_faulty_one_are_left_out_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """One after another, a form of a few hundred questions took longer than anybody waits."""
    chain = [worked_out(f"q{n}", {"sum": [f"q{n - 1}", 1]}) for n in range(1, 40)]
    asked, judge = [], faults.judge
    monkeypatch.setattr(faults, "judge", lambda body, number=1: asked.append(body) or judge(body, number))
    found = faults.form_only({**HEAD, "fields": [count("q0", label={"th": "ก"}), *chain, count("left")]})
    assert found is not None
    assert [field.slug for field in found.fields] == ["left"]
    assert len(asked) <= 3


def test_what_tells_a_sensitive_answer_is_sensitive() -> None:
    income = count("income", sensitive=True, purpose=WORDS)
    assert "fields[1].sensitive" in refused(fields=[income, worked_out("twice", {"product": ["income", 2]})])
    told = {**worked_out("twice", {"product": ["income", 2]}), "sensitive": True, "purpose": WORDS}
    assert parse({**HEAD, "fields": [income, told]}).field("twice").sensitive


def test_a_sensitive_question_is_never_opened_by_a_later_version() -> None:
    """Not by two steps either: closed once, it stays closed."""
    closed, open_ = count("q", sensitive=True, purpose=WORDS), count("q")
    for bodies in ([{"fields": [closed]}], [{"fields": [open_]}, {"fields": [closed]}]):
        assert [fault.field for fault in Published.of(bodies).faults(open_)] == ["sensitive"]
    assert not list(Published.of([{"fields": [open_]}]).faults(closed))


def test_a_text_without_end_is_looked_through_once() -> None:
    began = time.monotonic()
    assert not somebodys({"summary": {"th": "ก" * 100_000, "en": "a" * 100_000}})
    assert somebodys({"summary": {"th": "ติดต่อ somchai.j@example.go.th", "en": "a"}})
    assert time.monotonic() - began < 5
    with pytest.raises(BadMoney):
        satang.parse("9" * 5000)
    assert (satang.parse("0" * 5000 + "12.50"), parse_int("-" + "0" * 5000 + "7")) == (1250, -7)
