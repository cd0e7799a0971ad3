"""A letter box on this machine: hears SMTP and keeps what comes, so that a test can open the link of an invitation."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller

from tests.keycloak.server import free_port


@dataclass
class Letters:
    """Whatever was sent to anybody; ``refuses`` makes the box refuse what comes."""

    port: int
    refuses: bool = False
    _kept: list[EmailMessage] = field(default_factory=list)
    _came: threading.Condition = field(default_factory=threading.Condition)

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - the library calls it so
        if self.refuses:
            return "451 full"
        with self._came:
            self._kept.append(message_from_bytes(envelope.original_content, policy=default))  # type: ignore[arg-type]
            self._came.notify_all()
        return "250 kept"

    def to(self, address: str) -> list[EmailMessage]:
        """Those for one person, the oldest first."""
        return [letter for letter in self._kept if address in str(letter["to"])]

    def link_for(self, address: str, number: int = 1) -> str:
        """The link in somebody's letter of this number; waits for it."""
        with self._came:
            assert self._came.wait_for(lambda: len(self.to(address)) >= number, 30), f"no letter to {address}"
            return link_in(self.to(address)[number - 1])

    def wait(self, number: int) -> EmailMessage:
        """The letter of this number, to whomever, as soon as it has come."""
        with self._came:
            while len(self._kept) < number:
                self._came.wait(60)
            return self._kept[number - 1]


def link_in(letter: EmailMessage) -> str:
    """The first address in a letter."""
    plain = letter.get_body(("plain",))
    assert plain
    found = re.search(r"https?://\S+", plain.get_content())
    assert found
    return found[0]


@contextmanager
def letter_box() -> Iterator[Letters]:
    """Open for as long as this lasts."""
    box = Letters(free_port())
    controller = Controller(box, hostname="127.0.0.1", port=box.port)
    controller.start()
    try:
        yield box
    finally:
        controller.stop()
