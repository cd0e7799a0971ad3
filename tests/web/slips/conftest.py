"""A centre with its head, for each test one of its own in one database."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from uuid import UUID

import pytest

from tests.fixtures_people import Client, People
from tests.web.slips.telephones import centre, later

_numbers = count(1)


@pytest.fixture
def people(shared_people: People) -> Iterator[People]:
    """One database for the whole file: each test has a centre of its own, and nobody has guessed before."""
    later(shared_people, "delete from sign_in_attempts")
    yield shared_people
    shared_people.app.state.settings = shared_people.settings


@pytest.fixture
def place(people: People) -> UUID:
    return centre(people, f"ศพด. บ้านสา {next(_numbers)}")


@pytest.fixture
def head(people: People, place: UUID) -> Client:
    assert place
    return people.client_of("lampang.centre")
