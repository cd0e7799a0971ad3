"""Agreement between processes of one home about who may start and stop its parts.

Three file locks, freed by the system however a process ends: ``starting`` is held while parts are started or
stopped, ``using`` is shared by all who work with them, ``supervising`` belongs to the one ``samoe up``.
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO


class Locks:
    """The locks of one home, as one process holds them."""

    def __init__(self, home: Path) -> None:
        self._folder = home / "locks"
        self._folder.mkdir(parents=True, exist_ok=True)
        self._using: IO[str] | None = None
        self._supervising: IO[str] | None = None

    @contextmanager
    def starting(self) -> Iterator[None]:
        with self._file("starting") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def use(self) -> None:
        """Declare that we work with the parts. To be called while ``starting`` is held."""
        self._using = self._file("using")
        fcntl.flock(self._using, fcntl.LOCK_SH)

    def leave(self) -> bool:
        """Stop using; True when nobody else uses the parts. To be called while ``starting`` is held."""
        if self._using is None:
            return False
        with self._using as lock:
            self._using = None
            return _taken(lock)

    def supervise(self) -> bool:
        """Become the supervisor of this home; False when another process is."""
        lock = self._file("supervising")
        if not _taken(lock):
            lock.close()
            return False
        self._supervising = lock
        return True

    def _file(self, name: str) -> IO[str]:
        return (self._folder / name).open("w")


def _taken(lock: IO[str]) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
