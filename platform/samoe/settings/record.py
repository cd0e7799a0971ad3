"""``<home>/run.json``: which parts of this home are running, and where. It holds no passwords."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any


def started_at(pid: int) -> str:
    """Tells this process from a later one with the same number; empty where the system cannot say."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    except OSError:
        return ""
    state, *rest = stat.rpartition(")")[2].split()
    return "" if state == "Z" else rest[18]


@dataclass(frozen=True)
class Part:
    """A process and where it listens."""

    pid: int
    started: str = ""
    port: int = 0

    @classmethod
    def of(cls, pid: int, port: int = 0) -> Part:
        return cls(pid, started_at(pid), port)

    @property
    def alive(self) -> bool:
        """Whether this very process still runs (a zombie or a reused number does not count)."""
        if self.started:
            return started_at(self.pid) == self.started
        if Path("/proc/self").exists():
            return False  # it was dead already when it was written down
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return False
        except PermissionError:
            return True
        return True


@dataclass(frozen=True)
class Running:
    """What a home's ``run.json`` says. A part that is None has not been started, or was stopped in order."""

    supervisor: Part | None = None
    postgres: Part | None = None
    objectstore: Part | None = None
    worker: Part | None = None
    web: Part | None = None
    address: str = ""
    files_in_folder: bool = False
    last_ports: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, home: Path) -> Running:
        """Read the record; a missing or damaged one reads as nothing running."""
        try:
            kept: dict[str, Any] = json.loads((home / "run.json").read_text(encoding="utf-8"))
            for name in ("supervisor", "postgres", "objectstore", "worker", "web"):
                kept[name] = Part(**kept[name]) if kept.get(name) else None
            return cls(**kept)
        except (OSError, ValueError, TypeError):
            return cls()

    @classmethod
    def note(cls, home: Path, **changes: Any) -> None:
        """Change some entries and keep the rest; a reader never sees half of it.

        A part that comes with a port is remembered, to be given the same port next time.
        """
        with (home / ".run.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            now = replace(cls.of(home), **changes)
            ports = {name: part.port for name, part in changes.items() if isinstance(part, Part) and part.port}
            now = replace(now, last_ports={**now.last_ports, **ports})
            draft = home / ".run.json"
            draft.write_text(json.dumps(asdict(now), indent=2) + "\n", encoding="utf-8")
            draft.replace(home / "run.json")
