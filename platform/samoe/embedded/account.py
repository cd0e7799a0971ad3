"""The operating system's user that owns the database.

PostgreSQL refuses to run as root. When root starts Samoe, a user of its own runs the database instead.
"""

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from samoe.embedded.errors import PartError

NAME = "samoe-db"


@dataclass(frozen=True)
class Account:
    """A user and group to run a process as."""

    uid: int
    gid: int

    def spawn(self) -> dict[str, Any]:
        """Arguments for ``subprocess`` that make the child run as this user."""
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def own(self, path: Path) -> None:
        os.chown(path, self.uid, self.gid)

    def can(self, test: str, path: Path) -> bool:
        """Whether this user passes a shell file test ("-x") on the path, and so may enter all above it."""
        command = ["/bin/sh", "-c", f'test {test} "$0"', str(path)]
        return subprocess.run(command, cwd="/", check=False, **self.spawn()).returncode == 0


def database_account() -> Account | None:
    """None when we are an ordinary user, who then runs the database too; for root, a user made for it.

    Raises:
        PartError: the user cannot be made.
    """
    if os.geteuid() != 0:
        return None
    try:
        entry = pwd.getpwnam(NAME)
    except KeyError:
        _make()
        entry = pwd.getpwnam(NAME)
    return Account(entry.pw_uid, entry.pw_gid)


def _make() -> None:
    if shutil.which("useradd"):
        command = ["useradd", "--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent"]
        command += ["--shell", "/usr/sbin/nologin", NAME]
    else:
        command = ["adduser", "-S", "-D", "-H", "-s", "/sbin/nologin", NAME]
    try:
        subprocess.run(command, check=True, capture_output=True, text=True)
    except (OSError, subprocess.CalledProcessError) as problem:
        why = getattr(problem, "stderr", None) or str(problem)
        raise PartError(
            f"PostgreSQL does not run as root, and the user {NAME} for it could not be made: {why.strip()}"
        ) from problem
