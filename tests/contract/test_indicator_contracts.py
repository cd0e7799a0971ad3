"""Every module's indicators answer national indicators that there are, as they are meant."""

from __future__ import annotations

from pathlib import Path

from samoe.targetgroups.contracts import BETTER_WORDS, KIND_WORDS, LOCAL, faults, shipped
from samoe.targetgroups.discovery import assemble, discover

HERE = Path(__file__).parent
MODULES = discover((str(Path(__file__).parents[2] / "modules"), str(HERE)))


def test_modules_name_contracts_that_there_are() -> None:
    for module in MODULES:
        found = [one.message for one in faults(assemble(module.folder).get("indicators", []), shipped())]
        assert found == [], module.folder.name


def test_every_shipped_contract_is_answered_by_a_module_and_says_what_it_means() -> None:
    named = {one.contract for module in MODULES for one in module.manifest.indicators} - {LOCAL}
    assert set(shipped()) == named
    for one in shipped().values():
        assert one.kind in KIND_WORDS
        assert one.better in BETTER_WORDS
        assert one.meaning.th != one.name.th


def test_a_fault_is_told_at_its_key() -> None:
    share = {"contract": "ECD-1", "kind": "share", "of": {"measure": "stage"}, "over": {"measure": "enrolments"}}
    wrong = [
        share,
        {**share, "contract": "NON-1"},
        {**share, "kind": "count"},
        {**share, "of": {"measure": "max"}},
        {**share, "contract": LOCAL, "of": {"measure": "max"}},
    ]
    assert [(one.place, one.key) for one in faults(wrong, shipped())] == [
        (1, "contract"), (2, "contract"), (3, "of.measure"),
    ]  # fmt: skip
