"""Picking criteria: what the builder shows and is sent back is the same rule, and no form can smuggle a clause in."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samoe.kit.problem import Problem, Problems
from samoe.programmes.criteria.buttons import press
from samoe.programmes.criteria.choices import measures
from samoe.programmes.criteria.findings import findings
from samoe.programmes.criteria.forms import Picked, read
from samoe.programmes.criteria.queries import judged_under
from samoe.programmes.criteria.shape import Shape, paths
from samoe.programmes.criteria.view import Builder, Row, builder
from samoe.sdk import Age, All, Compare, FromSetting, Known, Moment, Node, Not, Some, read_tree, write_tree
from samoe.sdk.trees import TreeError
from samoe.targetgroups.criteria import Circumstances
from tests.factories.manifests import manifest
from tests.unit.programmes.people import Typed
from tests.unit.targetgroups import asked

GROUP = manifest()
CRITERIA = GROUP.criteria
assert CRITERIA is not None
SHIPPED = Picked(Shape.of(CRITERIA.tree), GROUP.values({}))
LOW = Compare("income", "<=", FromSetting("ceiling"), "members", "month")
OLD, NO_LAND = Compare("old_house", "is_true"), Compare("no_land", "is_true")


def sent_back(shown: Builder) -> dict[str, str | list[str]]:
    """The form as a browser would send it when nothing was touched."""
    fields: dict[str, str | list[str]] = {}

    def send(row: Row) -> None:
        if row.kind == "boxes":
            fields[f"{row.name}.boxes"] = "1"
            fields[f"{row.name}.flags"] = list(row.chosen)
        elif row.measure:
            fields[f"{row.name}.measure"], fields[f"{row.name}.op"] = row.measure.key, row.op
            fields[f"{row.name}.value"] = list(row.chosen) if row.measure.type == "choice" else row.shown
            if row.moment:
                fields[f"{row.name}.value.from"] = row.moment.at
                fields[f"{row.name}.value.shift"], by = row.shift
                fields[f"{row.name}.value.by"] = str(by or 1)
            if row.day:
                for part, number in (("day", row.day.day), ("month", row.day.month), ("year", row.day.year + 543)):
                    fields[f"{row.name}.value_{part}"] = str(number)
        elif row.kind in ("any", "all"):
            fields[f"{row.name}.kind"] = row.kind
        for inner in row.rows:
            send(inner)

    for row in (*shown.rows, *shown.needs):
        send(row)
    return fields


def again(picked: Picked, do: str = "", **changed: str | list[str]) -> Picked:
    fields = {
        **sent_back(builder(GROUP, picked)),
        **{name.replace("__", "."): value for name, value in changed.items()},
    }
    form = Typed()
    form.fields = fields
    return read(form, GROUP, picked, do)


def fault_of(picked: Picked, do: str = "", **changed: str | list[str]) -> str | None:
    with pytest.raises(Problems) as refused:
        again(picked, do, **changed)
    assert len(refused.value.problems) == 1
    return refused.value.problems[0].field


ORDERS = st.sampled_from(["=", "!=", "<", "<=", ">", ">="])
FLAGS = st.sampled_from(["old_house", "no_land"])
SATANG = st.integers(0, 10**9)
LEAVES = st.one_of(
    st.builds(lambda op, n: Compare("members", op, n), ORDERS, st.integers(0, 99)),
    st.builds(lambda op, n: Compare("income", op, n, "members", "month"), ORDERS, SATANG),
    st.builds(lambda op, n: Compare("income", op, n, None, "year"), ORDERS, SATANG),
    st.just(LOW),
    st.builds(lambda field, op: Compare(field, op), FLAGS, st.sampled_from(["is_true", "is_false"])),
    st.builds(lambda v: Compare("family", "=", v), st.sampled_from(["both", "none"])),
    st.just(Compare("family", "in", ("both", "none"))),
    st.builds(lambda v: Compare("village", "contains", v), st.sampled_from(["บ้านเหนือ", "<b>ใต้</b>", "a.b"])),
    st.builds(lambda d: Compare("visited", ">=", d.isoformat()), st.dates(date(1950, 1, 1), date(2099, 12, 31))),
    st.builds(
        lambda at, months, days: Compare("visited", "<", Moment(at, months, days)),
        st.sampled_from(["phase_start", "phase_end", "today"]),
        st.integers(-1200, 1200),
        st.sampled_from([0, 0, -14]),
    ),
    st.builds(
        lambda at, n: Age(at, ">=", n), st.sampled_from(["phase_start", "today", "2021-05-16"]), st.integers(0, 120)
    ),
    st.just(Compare("members", "in", (1, 2, 3))),
)
NODES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.builds(lambda c: All(tuple(c)), st.lists(inner, min_size=1, max_size=3)),
        st.builds(lambda c: Some(tuple(c)), st.lists(inner, min_size=1, max_size=3)),
        st.builds(Not, inner),
    ),
    max_leaves=6,
)  # fmt: skip
NEED = st.sampled_from(["income", "family", Compare("members", ">", 0)])


@given(st.lists(NODES, min_size=1, max_size=3), st.lists(NEED, max_size=2))
def test_what_is_shown_and_sent_back_is_the_same_rule(clauses: list[Node], needs: list[str | Compare]) -> None:
    picked = Picked(Shape(tuple(clauses), tuple(needs)), SHIPPED.settings)
    # A box list is a set: the same hardship twice is once, and they stand in the order of the questions.
    assert write_tree(again(again(picked)).shape.tree) == write_tree(again(picked).shape.tree)
    if not any(
        isinstance(node, Some) and all(leaf in (OLD, NO_LAND) for leaf in node.clauses)
        for _, node in paths(picked.shape)
    ):
        assert again(picked) == picked


@given(st.one_of(NODES, st.builds(lambda n, t: Known(tuple(n), t), st.lists(NEED, min_size=1, max_size=2), NODES)))
def test_a_shape_is_the_rule_it_was_made_of(tree: Node) -> None:
    shape = Shape.of(tree)
    assert Shape.of(read_tree(write_tree(shape.tree))) == shape


def test_the_shipped_rule_comes_back_whole() -> None:
    assert again(SHIPPED) == SHIPPED
    assert CRITERIA is not None
    assert again(SHIPPED).shape.tree == CRITERIA.tree


def test_a_value_from_a_setting_is_tuned_in_place() -> None:
    tuned = again(SHIPPED, c__0__value="๓,๑๐๐")
    assert tuned.shape == SHIPPED.shape
    assert tuned.settings["ceiling"] == 310_000


@pytest.mark.parametrize("typed", ["1e3", "", "มาก", "-1", "10,001"])
def test_a_value_that_does_not_go_is_told_at_its_box(typed: str) -> None:
    assert fault_of(SHIPPED, c__0__value=typed) == "c.0.value"


def test_another_measure_takes_a_first_value_that_fits() -> None:
    by_family = again(SHIPPED, c__0__measure="family~~")
    assert by_family.shape.clauses[0] == Compare("family", "=", "both")
    assert again(SHIPPED, c__0__measure="members~~").shape.clauses[0] == Compare("members", "<=", 3000)
    assert again(SHIPPED, c__0__measure="@phase_start").shape.clauses[0] == Age("phase_start", "<=", 3000)
    assert again(SHIPPED, c__0__measure="old_house~~").shape.clauses[0] == OLD


def test_operators_change_what_a_choice_holds() -> None:
    picked = Picked(Shape((Compare("family", "=", "both"),)), {})
    several = again(picked, c__0__op="in", c__0__value=["both", "none"])
    assert several.shape.clauses == (Compare("family", "in", ("both", "none")),)
    assert again(several, c__0__op="=").shape.clauses == (Compare("family", "=", "both"),)
    assert fault_of(several, c__0__value=[]) == "c.0.value"


def test_a_day_may_be_counted_from_the_phase() -> None:
    picked = Picked(Shape((Compare("visited", ">=", "2021-05-16"),)), {})
    counted = again(picked, c__0__value__from="phase_start")
    assert counted.shape.clauses == (Compare("visited", ">=", Moment("phase_start")),)
    moved = again(counted, c__0__value__shift="months-", c__0__value__by="๖")
    assert moved.shape.clauses == (Compare("visited", ">=", Moment("phase_start", months=-6)),)
    assert again(moved, c__0__value__shift="days+").shape.clauses == (
        Compare("visited", ">=", Moment("phase_start", days=6)),
    )
    assert fault_of(moved, c__0__value__by="1201") == "c.0.value.by"
    assert fault_of(moved, c__0__value__from="birth") == "c.0.value.from"
    fixed = again(moved, c__0__value__from="").shape.clauses[0]
    assert isinstance(fixed, Compare)
    assert fixed.value == "2021-01-01"


def found(*clauses: Node) -> list[tuple[str, bool]]:
    under = judged_under(GROUP, None, GROUP.values({}), date(2021, 3, 18))
    return [(one.place, one.refused) for one in findings(Shape(clauses), under)]


def test_what_nobody_can_meet_is_said_at_the_clause() -> None:
    young, old = Age("today", "<", 5), Age("today", ">", 10)
    assert found(*SHIPPED.shape.clauses) == []
    assert found(young, OLD, old) == [("c.2", True)]
    assert found(OLD, Some((NO_LAND, All((young, old))))) == [("c.1.1.1", True)]
    assert found(OLD, Not(OLD)) == [("c.1", True)]
    assert found(Not(Some((OLD, Not(OLD))))) == [("c.0", True)]
    assert found(OLD, Some((young, Not(young)))) == [("c.1", False)]
    many = (Some((OLD, NO_LAND)), Not(OLD), Not(NO_LAND))
    assert found(*many) == [("c.2", True)]


def test_what_a_question_takes_is_said_at_the_clause() -> None:
    wish = asked.GROUP.field("wish")
    gone = replace(wish, options=tuple(replace(one, retired=one.value == "work") for one in wish.options))
    fields = tuple(gone if one is wish else one for one in asked.GROUP.fields)
    under = Circumstances(replace(asked.GROUP, fields=fields), date(2021, 3, 18), settings=asked.SETTINGS)

    def said(*clauses: Node) -> list[tuple[str, bool]]:
        return [(one.words, one.refused) for one in findings(Shape(clauses), under)]

    ((words, refused),) = said(Compare("absence", ">", 100))
    assert refused
    assert words.startswith("“absence” ตอบได้ตั้งแต่ ร้อยละ 0 ถึง ร้อยละ 100 ไม่มีใคร")
    ((words, refused),) = said(Compare("members", ">=", 0))
    assert not refused
    assert words.startswith("“members” ตอบได้ไม่ต่ำกว่า 0 ทุกคน")
    ((words, refused),) = said(Age("today", ">", 150))
    assert refused
    assert "150 ปี" in words
    ((words, refused),) = said(Compare("wish", "in", ("work", "none")))
    assert not refused
    assert "เลิกให้เลือก “work”" in words
    ((words, refused),) = said(Compare("income", "<=", FromSetting("unset")))
    assert not refused
    assert "ยังไม่กำหนดค่า" in words
    assert said(Compare("members", "<=", 4), Compare("wish", "=", "none")) == []


def test_a_rule_that_nobody_can_read_is_refused() -> None:
    deep: dict[str, Any] = {"field": "members", "op": ">", "value": 1}
    for _ in range(2000):
        deep = {"not": deep}
    with pytest.raises(TreeError):
        read_tree(deep)
    long = All(tuple(Compare("members", "!=", one) for one in range(201)))
    assert [one.said for one in asked.GROUP.unfit(long, "rule")] == ["เปรียบเทียบได้ไม่เกิน %(most)s ข้อ"]
    assert len(findings(Shape(long.clauses[:200]), Circumstances(asked.GROUP, date(2021, 3, 18)))) == 0


def test_boxes_are_at_least_one() -> None:
    assert again(SHIPPED, c__1__flags=["no_land"]).shape.clauses[1] == Some((NO_LAND,))
    assert fault_of(SHIPPED, c__1__flags=[]) == "c.1.flags"


def test_needs_are_answers_or_conditions() -> None:
    picked = Picked(Shape((OLD,), ("income", Compare("members", ">", 0))), {})
    assert again(picked, n__1__op="answered").shape.needs == ("income", "members")
    assert again(picked, n__0__measure="family~~").shape.needs[0] == "family"
    assert again(picked, "drop:0").shape.needs == (Compare("members", ">", 0),)
    assert again(picked, "need").shape.needs[-1] == "old_house"


def test_clauses_come_and_go_and_change_places() -> None:
    shape = SHIPPED.shape
    assert press(shape, GROUP, "add", "").clauses[:2] == shape.clauses
    assert press(shape, GROUP, "up", "1").clauses == (shape.clauses[1], shape.clauses[0])
    assert press(shape, GROUP, "up", "0") == shape
    assert press(shape, GROUP, "down", "1") == shape
    assert press(shape, GROUP, "remove", "0").clauses == (shape.clauses[1],)
    assert press(shape, GROUP, "remove", "1.0").clauses[1] == Some((NO_LAND,))
    assert press(Shape((Some((OLD,)), LOW)), GROUP, "remove", "0.0").clauses == (LOW,)
    assert press(Shape((LOW,)), GROUP, "remove", "0") == Shape((LOW,))
    assert isinstance(press(shape, GROUP, "not", "").clauses[-1], Not)
    assert press(shape, GROUP, "flags", "").clauses[-1] == Some((OLD, NO_LAND))


def test_a_removed_clause_may_hold_nonsense() -> None:
    assert again(SHIPPED, "remove:0", c__0__value="1e3").shape.clauses == (SHIPPED.shape.clauses[1],)
    assert fault_of(SHIPPED, "remove:1", c__0__value="1e3") == "c.0.value"


@pytest.mark.parametrize(
    "do", ["remove:9", "remove:0.0", "add:0", "up:7", "drop:5", "drop:", "add:x", "burn:0", "remove:"]
)
def test_a_button_for_what_is_not_there(do: str) -> None:
    try:
        after = again(SHIPPED, do)
    except Problem:
        return
    assert after == SHIPPED


def test_groups_do_not_nest_without_end() -> None:
    deep = Picked(Shape((Some((All((Some((LOW, OLD)),)),)),)), SHIPPED.settings)
    with pytest.raises(Problem, match="ลึกเกินไป"):
        again(deep, "add:0.0.0")


def test_a_form_cannot_bring_what_was_not_shown() -> None:
    assert again(SHIPPED, c__7__measure="members~~", c__1__0__measure="members~~") == SHIPPED
    assert fault_of(SHIPPED, c__0__measure="password~~") == "c.0.measure"
    assert fault_of(SHIPPED, c__1__flags=["members"]) == "c.1.flags"


def test_money_is_offered_by_month_and_head_where_the_group_counts_so() -> None:
    found = measures(GROUP)
    assert [key for key in found if key.startswith("income")] == [
        "income~members~month", "income~members~year", "income~~month", "income~~year",
    ]  # fmt: skip
    assert found["income~members~month"].label == "รายได้ครัวเรือนต่อคนต่อเดือน"
    assert [key for key in found if key.startswith("@")] == ["@phase_start", "@phase_end", "@today"]
    assert not [key for key in measures(manifest(subject="institution")) if key.startswith("@")]
