"""Whose tries are counted: the visitor's own address, whatever a header claims."""

from pathlib import Path

import pytest

from samoe.settings import Settings
from samoe.web.peer import peer_of


def behind(*proxies: str) -> Settings:
    return Settings(root=Path(), home=Path(), trusted_proxies=proxies)


@pytest.mark.parametrize(
    ("host", "claimed", "proxies", "peer"),
    [
        ("203.0.113.5", "", (), "203.0.113.5"),
        ("203.0.113.5", "10.0.0.1", (), "203.0.113.5"),
        ("10.0.0.2", "203.0.113.5", ("10.0.0.0/8",), "203.0.113.5"),
        ("10.0.0.2", "1.1.1.1, 203.0.113.5", ("10.0.0.2",), "203.0.113.5"),
        ("10.0.0.2", "203.0.113.5, 10.0.0.9", ("10.0.0.0/8",), "203.0.113.5"),
        ("10.0.0.2", "", ("10.0.0.2",), "10.0.0.2"), ("testclient", "1.1.1.1", ("10.0.0.2",), "testclient"),
        ("::1", "2001:db8::7", ("::1",), "2001:db8::7"),
    ],
)  # fmt: skip
def test_only_our_own_proxies_are_believed(host: str, claimed: str, proxies: tuple[str, ...], peer: str) -> None:
    assert peer_of(host, claimed, behind(*proxies)) == peer
