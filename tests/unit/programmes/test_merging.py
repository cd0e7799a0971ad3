"""The original's changes, laid in or left: nothing of either side is lost, and doing it twice is doing it once."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from samoe.programmes.sharing.cleaning import somebodys, to_share
from samoe.programmes.sharing.merging import ADDED, CHANGED, ORDER, REMOVED, laid, units
from samoe.targetgroups.discovery import assemble, modules

NAMES = st.sampled_from(["aaa", "bbb", "ccc", "ddd", "eee"])
WORDS = st.sampled_from(["หนึ่ง", "สอง", "สาม"])
THING = st.fixed_dictionaries({"type": WORDS}, optional={"help": WORDS, "min": st.integers(2, 4)})


@st.composite
def bodies(draw: st.DrawFn) -> dict[str, Any]:
    body: dict[str, Any] = {"slug": draw(NAMES), "name": {"th": draw(WORDS)}}
    for part, key in (("fields", "slug"), ("figures", "key")):
        names = draw(st.lists(NAMES, unique=True, min_size=1))
        body[part] = [{key: name, **draw(THING)} for name in names]
    if draw(st.booleans()):
        body["order"] = draw(st.integers(2, 5))
    return body


def every(base: dict[str, Any], theirs: dict[str, Any], mine: dict[str, Any]) -> set[str]:
    return {unit.id for unit in units(base, theirs, mine)}


@settings(max_examples=150, deadline=None)
@given(bodies(), bodies())
def test_where_nothing_was_changed_here_taking_all_gives_the_original(
    base: dict[str, Any], theirs: dict[str, Any]
) -> None:
    found = units(base, theirs, base)
    assert not any(unit.clash for unit in found)
    assert laid(base, theirs, base, {unit.id for unit in found}) == {**theirs, "slug": base["slug"]}
    assert units(base, base, theirs) == []


@settings(max_examples=150, deadline=None)
@given(bodies(), bodies(), bodies(), st.data())
def test_what_is_chosen_is_laid_in_once_and_the_rest_is_as_it_was(
    base: dict[str, Any], theirs: dict[str, Any], mine: dict[str, Any], data: st.DataObject
) -> None:
    assert laid(base, theirs, mine, ()) == mine
    ids = every(base, theirs, mine)
    whole = laid(base, theirs, mine, ids)
    assert units(base, theirs, whole) == []
    assert laid(base, theirs, whole, ids) == whole
    some = data.draw(st.sets(st.sampled_from(sorted(ids)))) if ids else set()
    part_way = laid(base, theirs, mine, some)
    assert not every(base, theirs, part_way) & (some - {one for one in some if ":order:" in one})
    for part, key in (("fields", "slug"), ("figures", "key")):
        untouched = [one[key] for one in mine[part] if f"{part}:thing:{one[key]}" not in some]
        made = {one[key]: one for one in part_way.get(part, [])}
        assert [made[name] for name in untouched] == [one for one in mine[part] if one[key] in untouched]
        if f"{part}:order:" not in some:
            assert [name for name in made if name in untouched] == untouched


def test_each_side_s_change_of_one_thing_is_kept_and_the_same_key_is_a_clash() -> None:
    base = {"fields": [{"slug": "age", "type": "count", "help": "ปี"}, {"slug": "gone", "type": "flag"}]}
    theirs = {"fields": [{"slug": "age", "type": "number", "help": "ปีเต็ม"}, {"slug": "new", "type": "text"}]}
    mine = {"fields": [{"slug": "age", "type": "text", "help": "ปี", "min": 1}, {"slug": "gone", "type": "flag"}]}
    found = {unit.id: unit for unit in units(base, theirs, mine)}
    assert {one.verb for one in found.values()} == {REMOVED, CHANGED, ADDED}
    age = found["fields:thing:age"]
    assert (age.keys, age.clashing, age.clash) == (("type", "help"), ("type",), True)
    assert not found["fields:thing:gone"].clash
    taken = laid(base, theirs, mine, {"fields:thing:age", "fields:thing:new"})
    assert taken["fields"] == [
        {"slug": "age", "type": "number", "help": "ปีเต็ม", "min": 1}, {"slug": "new", "type": "text"},
        {"slug": "gone", "type": "flag"},
    ]  # fmt: skip


def test_an_order_that_the_original_changed_is_one_choice() -> None:
    base = {"stages": [{"slug": name} for name in "abc"]}
    theirs = {"stages": [{"slug": name} for name in "cab"]}
    mine = {"stages": [{"slug": name} for name in "axbc"]}
    (unit,) = units(base, theirs, mine)
    assert (unit.verb, unit.clash) == (ORDER, False)
    made = laid(base, theirs, mine, {unit.id})
    assert [stage["slug"] for stage in made["stages"]] == list("cxab")


def test_only_the_manifest_leaves_and_what_looks_like_somebody_s_is_found() -> None:
    for module in modules():
        shared = to_share(assemble(module.folder))
        assert somebodys(shared) == [], module.manifest.slug
        assert not {"demo", "python", "version", "parts"} & set(shared)
    body = {
        "summary": {"th": "ติดต่อ 081-234 5678"}, "name": {"th": "ระยะ 12 ปี 2564"},
        "fields": [{"slug": "a", "help": {"th": "เช่น ๑-๕๒๐๑-๐๐๑๒๓-๔๕-๖"}}, {"slug": "b", "help": {"th": "x@y.go.th"}}],
        "settings": [{"slug": "cap", "default": 1_234_567_890_123}, {"slug": "money", "default": 300000}],
    }  # fmt: skip
    assert [(one.part, one.thing) for one in somebodys(body)] == [
        ("summary", ""), ("fields", "a"), ("fields", "b"), ("settings", "cap"),
    ]  # fmt: skip
