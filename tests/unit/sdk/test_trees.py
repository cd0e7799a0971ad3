"""Criteria as JSON: what is written can be read back, and a tree can be asked what it looks at."""

import json

from hypothesis import given

from samoe.sdk import Compare, Known, Node, read_tree, write_tree
from samoe.sdk.criteria import answers_of, fields_of, leaves
from tests.unit.targetgroups.asked import trees


@given(tree=trees)
def test_what_is_written_is_read_back(tree: Node) -> None:
    assert read_tree(json.loads(json.dumps(write_tree(tree)))) == tree


def test_a_tree_names_every_field_it_looks_at() -> None:
    tree = Known(("alone", Compare("members", ">", 0)), Compare("income", "<=", 5, "members", "month"))
    assert fields_of(tree) == {"alone", "members", "income"}
    assert answers_of(read_tree({"field": "review.level", "op": "=", "value": "A"})) == {"review"}
    assert [leaf.field for leaf in leaves(tree) if isinstance(leaf, Compare)] == ["members", "income"]
