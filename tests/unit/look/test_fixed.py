"""The parts of a page that are drawn once in a process: nothing of a reader may be in them."""

from __future__ import annotations

import re

import pytest

from samoe.settings import Settings
from samoe.web.templates import environment

TEMPLATES = Settings.load({}).root / "templates"
FIXED = sorted(
    {name for path in TEMPLATES.rglob("*.html") for name in re.findall(r'fixed\("([^"]+)"\)', path.read_text("utf-8"))}
)


@pytest.mark.parametrize("name", FIXED)
def test_it_says_nothing_in_a_language_and_knows_no_request(name: str) -> None:
    """Nothing is given to it and unknown names are faults, so drawing it at all shows that no request is needed."""
    source = (TEMPLATES / name).read_text("utf-8")
    assert not re.search(r"_\(|pick\(|locale|be_date|{% trans", source)
    fixed = environment(TEMPLATES.parent).globals["fixed"]
    assert fixed(name) == environment(TEMPLATES.parent).get_template(name).render()  # type: ignore[operator]
    assert fixed(name) is fixed(name)  # type: ignore[operator]


def test_there_are_some() -> None:
    assert "layouts/_styles.html" in FIXED
