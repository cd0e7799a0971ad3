"""The same actions from the command line."""

import json

import pytest
from click.testing import CliRunner, Result

from samoe.cli import samoe
from tests.conftest import Database
from tests.factories.province import Province
from tests.unit.casework.conftest import CHILDREN, YOUTH
from tests.unit.casework.test_merging import BORN, WHY, suspect
from tests.unit.casework.test_screening import POOR, RICH, child


@pytest.fixture
def typed(database: Database, lampang: Province, monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    """Run a command on this test's database."""
    database.told_to(monkeypatch, lampang.settings.home)

    def run(*words: str) -> Result:
        return CliRunner().invoke(samoe, list(words))

    return run


def test_screen_list_explain_certify_and_close(lampang: Province, typed) -> None:  # type: ignore[no-untyped-def]
    poor = child(lampang, POOR, "ปุณณดา")
    child(lampang, RICH, "สมชาย")
    at = ("--tenant", "lampang", "--target-group", CHILDREN.replace("_", "-"), "--phase", "2")
    counted = typed("screen", *at, "--preview", "--json")
    assert counted.exit_code == 0, counted.output
    assert json.loads(counted.output) == {"qualifies": 1, "does_not": 1, "unknown": 0, "version": 1}
    assert "ผ่านเกณฑ์ 1" in typed("screen", *at).output
    listed = json.loads(typed("cases", "list", *at, "--decision", "qualifies", "--json").output)
    assert [row["enrolment"] for row in listed] == [str(poor)]
    why = json.loads(typed("people", "explain", "--tenant", "lampang", str(poor)).output)
    assert why["outcome"] == "qualifies"
    assert "ปุณณดา" in typed("people", "search", "--tenant", "lampang", "ปุณ").output
    done = typed("cases", "certify", *at, "--body", "คณะทำงาน", "--meeting-no", "3/2564", "--on", "2021-04-20")
    assert done.exit_code == 0, done.output
    again = typed("cases", "certify", *at, "--body", "คณะทำงาน", "--meeting-no", "3/2564", "--on", "2021-04-20")
    assert "คัดกรองก่อน" in str(again.exception)
    closed = typed("cases", "close-phase", "--tenant", "lampang", "--phase", "2")
    assert f"{CHILDREN} 1" in closed.output


def test_a_pair_is_listed_merged_taken_apart_and_told_apart(lampang: Province, typed) -> None:  # type: ignore[no-untyped-def]
    one, _ = lampang.enrol(CHILDREN, born=BORN)
    other, _ = lampang.enrol(YOUTH, born=BORN)
    pair, at = str(suspect(lampang, one, other)), ("--tenant", "lampang")
    (told,) = json.loads(typed("people", "duplicates", *at, "--json").output)
    assert (told["pair"], {told["first"], told["second"]}) == (pair, {str(one), str(other)})
    short = typed("people", "same", *at, pair, "--keep", str(one), "--reason", "x")
    assert "เหตุผล" in str(short.exception)
    merged = typed("people", "same", *at, pair, "--keep", str(one), "--reason", WHY)
    assert merged.exit_code == 0, merged.output
    assert json.loads(typed("people", "duplicates", *at, "--json").output) == []
    assert typed("people", "part", *at, merged.output.strip(), "--reason", WHY).output.startswith("0 rows")
    third, _ = lampang.enrol(CHILDREN, born=BORN)
    pair = str(suspect(lampang, one, third))
    assert typed("people", "different", *at, pair, "--reason", WHY).exit_code == 0
    assert pair not in typed("people", "duplicates", *at).output
