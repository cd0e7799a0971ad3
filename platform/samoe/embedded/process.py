"""One process that we started, or that an earlier run of ours left behind."""

import os
import signal
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from samoe.embedded.account import Account
from samoe.settings import Part

_LOG_LIMIT = 20 * 2**20


@dataclass
class Process:
    """A running program in a session of its own, so that Ctrl-C reaches only the supervisor."""

    part: Part
    _child: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    @classmethod
    def spawn(
        cls,
        command: list[str],
        *,
        log: Path,
        port: int = 0,
        folder: Path | None = None,
        environment: Mapping[str, str] | None = None,
        account: Account | None = None,
    ) -> Self:
        log.parent.mkdir(mode=0o700, exist_ok=True)
        if log.exists() and log.stat().st_size > _LOG_LIMIT:
            log.replace(log.with_suffix(".log.1"))
        with log.open("ab") as output:
            child = subprocess.Popen(
                command,
                cwd=folder,
                env=dict(environment) if environment is not None else None,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
                **(account.spawn() if account else {}),
            )
        return cls(Part.of(child.pid, port), child)

    @property
    def alive(self) -> bool:
        """Whether it runs. Asking also reaps it when it was our child and has ended."""
        return self._child.poll() is None if self._child is not None else self.part.alive

    @property
    def exit_code(self) -> int | None:
        return self._child.returncode if self._child is not None else None

    def end(self, *steps: tuple[signal.Signals, float]) -> None:
        """Send one signal after the other, each with its patience in seconds, until it is gone."""
        for sign, patience in (*steps, (signal.SIGKILL, 5.0)):
            if not self.alive:
                return
            self._send(sign)
            if self._gone_within(patience):
                return

    def _send(self, sign: signal.Signals) -> None:
        try:
            if sign is signal.SIGKILL:
                os.killpg(self.part.pid, sign)  # with the processes it has started, which nobody else would end
            else:
                os.kill(self.part.pid, sign)
        except ProcessLookupError:
            return

    def _gone_within(self, seconds: float) -> bool:
        give_up = time.monotonic() + seconds
        while self.alive:
            if time.monotonic() > give_up:
                return False
            time.sleep(0.02)
        return True
