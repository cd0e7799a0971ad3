"""Every word that privacy pages say from a list has its English; every list knows all of its keys."""

from __future__ import annotations

from collections.abc import Mapping
from types import ModuleType

import pytest

from samoe.db.models import metadata
from samoe.i18n import english_of
from samoe.privacy import dictionary
from samoe.privacy.erasures import queries as erasures
from samoe.privacy.file import words as file_words
from samoe.privacy.record import words as record_words
from samoe.privacy.requests import words as request_words
from samoe.privacy.retention import routes as retention

MODULES = (dictionary, erasures, file_words, record_words, request_words, retention)


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_every_word_has_its_english(module: ModuleType) -> None:
    found: list[str] = []
    for name, value in vars(module).items():
        if name.endswith("_WORDS"):
            found += (
                value.values() if isinstance(value, Mapping) else [value] if isinstance(value, str) else list(value)
            )
    assert found
    assert [word for word in found if english_of(word) is None] == []


def test_every_table_and_column_of_a_person_has_words() -> None:
    for entry in dictionary.of_persons():
        assert entry.name in erasures.TABLE_WORDS
        shown = {one.column for one in entry.columns} - file_words.LEFT_OUT
        shown |= {"amount"} & set(metadata().tables[entry.name].columns.keys())
        assert shown - set(file_words.COLUMN_WORDS) == set(), entry.name


def test_every_activity_says_what_pages_can_say() -> None:
    for one in dictionary.activities().values():
        assert {*one.basis, *one.sensitive} <= set(record_words.BASIS_WORDS)
        assert set(one.subjects) <= set(record_words.SUBJECT_WORDS)
        assert set(one.recipients) <= set(record_words.RECIPIENT_WORDS)
        assert one.since in record_words.SINCE_WORDS
    assert set(request_words.GROUNDS) == set(request_words.KIND_WORDS) == set(request_words.SECTION)
