"""Every case of the catalogue of abuse (tests/catalogue.toml) is named by a test, so that none is lost."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

TESTS = Path(__file__).parents[1]
NAMED = re.compile(r"\b[TDAWP]-\d{2}\b")
AWAITED: tuple[str, ...] = ()
"""Cases whose subject is still being built. To be emptied: a case that is named by a test may not stand here."""


def cases() -> dict[str, str]:
    """All of them, with what each is about."""
    groups = tomllib.loads((TESTS / "catalogue.toml").read_text(encoding="utf-8"))
    return {case: about for group in groups.values() for case, about in group.items()}


def named() -> set[str]:
    """Those that stand in the text of a test's file: in its docstrings, for nothing else there looks like one."""
    files = [path for path in TESTS.rglob("*.py") if path.name != Path(__file__).name]
    return {case for path in files for case in NAMED.findall(path.read_text(encoding="utf-8"))}


def test_every_case_is_named_by_a_test() -> None:
    assert set(cases()) - named() - set(AWAITED) == set()


def test_what_tests_name_is_a_case() -> None:
    assert named() - set(cases()) == set()


def test_what_is_awaited_is_a_case_that_no_test_names_yet() -> None:
    assert set(AWAITED) <= set(cases()) - named()


def test_the_catalogue_is_whole() -> None:
    """Numbers run without a gap: a case that is taken out of the file is missed."""
    by_group: dict[str, list[int]] = {}
    for case in cases():
        by_group.setdefault(case[0], []).append(int(case[2:]))
    assert by_group == {
        "T": list(range(1, 19)), "D": list(range(1, 7)), "A": list(range(1, 11)), "W": list(range(1, 13)),
        "P": list(range(1, 6)),
    }  # fmt: skip
