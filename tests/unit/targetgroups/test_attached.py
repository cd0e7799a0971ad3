"""Questions answered with a file: what a manifest may do with them, and what the form makes of them."""

from __future__ import annotations

from typing import Any

import pytest

from samoe.casework.enrolments.answers import fits
from samoe.casework.exporting.rows import _answer
from samoe.sdk import ManifestError, parse
from samoe.targetgroups.showing import show
from tests.unit.targetgroups.form import DATA, WITH_FILES, field, words

HOUSE, PAPER = WITH_FILES
KEPT = "01890000-0000-7000-8000-000000000000"


def _faults(more: dict[str, Any], *asked: dict[str, Any]) -> str:
    with pytest.raises(ManifestError) as caught:
        parse({**DATA, "fields": [*DATA["fields"], *asked], **more})
    return str(caught.value)


def test_it_may_be_known_and_nothing_else() -> None:
    tree = {"known": ["house"], "then": {"field": "works", "op": "is_true"}}
    rule = {"slug": "criteria", "label": words("เกณฑ์")}
    parse({**DATA, "fields": [*DATA["fields"], field("house", "photo")], "rules": [{**rule, "tree": tree}]})
    compared = {"field": "house", "op": "=", "value": KEPT}
    assert "house" in _faults({"rules": [{**rule, "tree": compared}]}, field("house", "photo"))


def test_no_file_brings_one_and_no_row_asks_for_one() -> None:
    columns = [{"name": "house", "headers": ["บ้าน"]}]
    assert "columns" in _faults({}, field("house", "photo", columns=columns))
    assert "parts" in _faults({}, field("rows", "repeat", parts=[field("house", "file")]))


def test_only_an_id_fits_and_it_is_never_shown() -> None:
    assert [fits(PAPER, value) for value in (KEPT, "paper.pdf", 1, None)] == [True, False, False, False]
    assert show(HOUSE, KEPT) == "มีภาพแล้ว"
    assert [_answer(PAPER, value, {}) for value in (KEPT, None)] == ["มี", "ไม่มี"]
