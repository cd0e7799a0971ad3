"""A program of ours that the supervisor keeps running: the worker or the web server."""

import os
import signal
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from samoe.embedded.process import Process
from samoe.settings import Running, Settings

_STEADY_AFTER = 60.0
_LONGEST_WAIT = 30.0


@dataclass
class Service:
    """``python -m samoe <name>``, started again with growing pauses whenever it ends by itself."""

    name: Literal["worker", "web"]
    settings: Settings
    command: Sequence[str] = ()
    process: Process | None = None
    failures: int = 0
    _started: float = field(default=0.0, repr=False)
    _not_before: float = field(default=0.0, repr=False)

    @property
    def alive(self) -> bool:
        return self.process is not None and self.process.alive

    @property
    def log(self) -> Path:
        return self.settings.home / "log" / f"{self.name}.log"

    def start(self, *, port: int = 0) -> None:
        environment = {
            **os.environ,
            "SAMOE_HOME": str(self.settings.home),
            "SAMOE_ROOT": str(self.settings.root),
            "SAMOE_PORT": str(port or self.settings.port),
            "PYTHONSAFEPATH": "1",
            "PYTHONUNBUFFERED": "1",
        }
        command = list(self.command) or [sys.executable, "-m", "samoe", self.name]
        self.process = Process.spawn(command, log=self.log, port=port, environment=environment)
        self._started = time.monotonic()
        Running.note(self.settings.home, **{self.name: self.process.part})

    def keep_up(self) -> str | None:
        """Start it again when it has ended and its pause is over. Returns what there is to say."""
        if self.process is None or self.process.alive:
            return None
        now = time.monotonic()
        if self._not_before == 0.0:
            self.failures = 1 if now - self._started > _STEADY_AFTER else self.failures + 1
            pause = min(2.0 ** (self.failures - 1), _LONGEST_WAIT)
            self._not_before = now + pause
            ended = f"The {self.name} ended (code {self.process.exit_code})"
            return f"{ended}; again in {pause:.0f} s, see {self.log}"
        if now >= self._not_before:
            self._not_before = 0.0
            self.start(port=self.process.part.port)
        return None

    def stop(self) -> None:
        """Let it finish what it is doing, within half a minute."""
        if self.process is not None:
            self.process.end((signal.SIGTERM, 30.0))
            self.process = None
        Running.note(self.settings.home, **{self.name: None})

    def end_leftover(self) -> None:
        """End one that a killed supervisor left behind: it would hold the port and work twice."""
        part = getattr(Running.of(self.settings.home), self.name)
        if part is not None and part.alive:
            Process(part).end((signal.SIGTERM, 10.0))
        Running.note(self.settings.home, **{self.name: None})

    def last_words(self) -> str:
        """The last line it wrote, for a message to a person."""
        try:
            lines = self.log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
        except OSError:
            lines = []
        return lines[-1].strip() if lines else "it wrote nothing"
