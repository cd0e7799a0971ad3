"""Being asked to stop: Ctrl-C, SIGTERM, or a closed terminal."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class StopRequest:
    """Notes the wish to stop. Only within ``interruptible()`` does it also break off what is being done."""

    def __init__(self) -> None:
        self._asked = threading.Event()
        self._may_raise = False
        for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(sign, self._note)

    def within(self, seconds: float) -> bool:
        """Wait; True as soon as we are asked to stop."""
        return self._asked.wait(seconds)

    @contextmanager
    def interruptible(self) -> Iterator[None]:
        """For long work that may be broken off at any point, because it happens in transactions.

        Raises:
            KeyboardInterrupt: we were asked to stop.
        """
        self._may_raise = True
        try:
            if self._asked.is_set():
                raise KeyboardInterrupt
            yield
        finally:
            self._may_raise = False

    def _note(self, _signal: int, _frame: FrameType | None) -> None:
        self._asked.set()
        if self._may_raise:
            self._may_raise = False
            raise KeyboardInterrupt
