"""Whatever is written as TOML is read back as it was, and reads as if a person had written it."""

import tomllib

from hypothesis import given, settings
from hypothesis import strategies as st

from samoe.sdk.toml import toml

KEYS = st.text(st.characters(codec="utf-8"), max_size=8)
PLAIN = st.one_of(st.booleans(), st.integers(-(2**63), 2**63 - 1), st.text(st.characters(codec="utf-8"), max_size=60))
DATA = st.recursive(
    PLAIN, lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(KEYS, inner, max_size=4)), max_leaves=12
)


@settings(max_examples=40, deadline=None)
@given(st.dictionaries(KEYS, DATA, max_size=5))
def test_what_is_written_is_read_back(data: dict[str, object]) -> None:
    assert tomllib.loads(toml(data)) == data


def test_what_is_short_stands_on_a_line_and_what_is_long_in_a_part() -> None:
    data = {
        "slug": "young_mothers",
        "name": {"th": "แม่วัยรุ่น", "en": "Young mothers"},
        "fields": [{"slug": "age", "columns": [{"name": "age", "headers": ["อายุ"]}]}],
        "rules": [
            {"tree": {"all": [{"field": "age", "op": "<", "value": 20}, {"not": {"field": "x", "op": "is_true"}}]}}
        ],
    }
    assert (
        toml(data)
        == """\
slug = "young_mothers"
name = { th = "แม่วัยรุ่น", en = "Young mothers" }

[[fields]]
slug = "age"

[[fields.columns]]
name = "age"
headers = ["อายุ"]

[[rules]]

[rules.tree]
all = [
    { field = "age", op = "<", value = 20 },
    { not = { field = "x", op = "is_true" } },
]
"""
    )
