"""Starting and stopping the embedded PostgreSQL."""

import os
import signal
import time
from dataclasses import dataclass
from pathlib import Path

import psycopg

from samoe.embedded.account import Account, database_account
from samoe.embedded.binaries import Binaries, find_binaries
from samoe.embedded.cluster import ENVIRONMENT, SUPERUSER, make_cluster, options
from samoe.embedded.datafolder import database_folder
from samoe.embedded.errors import PartError
from samoe.embedded.ports import free_port
from samoe.embedded.process import Process
from samoe.settings import Part, Running, Secrets

# After a hard kill the old server's pid answers until it is reaped, and its children hold shared memory.
_RETRY_FOR = 30.0
_RECOVER_FOR = 300.0
_PASSING_TROUBLES = ("lock file", "shared memory block", "could not bind", "Address already in use")


@dataclass
class Postgres:
    """The database server of one home. ``durable=False`` trades safety for speed; for tests only."""

    home: Path
    given: Path | None = None
    durable: bool = True
    process: Process | None = None

    @property
    def alive(self) -> bool:
        return self.process is not None and self.process.alive

    def dsn(self, database: str = "postgres") -> str:
        """libpq's address for the superuser; for provisioning only."""
        port = self.process.part.port if self.process else 0
        password = Secrets.of(self.home).superuser
        return f"host=127.0.0.1 port={port} user={SUPERUSER} dbname={database} password={password}"

    def start(self) -> None:
        """Make the server answer: take over one that runs on these data already, or start it.

        Survives what a crash leaves behind, by trying again for half a minute.

        Raises:
            PartError: it does not start; the reason is PostgreSQL's own.
        """
        account, folder, binaries = self._ground()
        data = folder / "data"
        if not (data / "PG_VERSION").exists():
            make_cluster(binaries, data, Secrets.of(self.home).superuser, account, sync=self.durable)
        if self._take_over(data):
            return
        give_up = time.monotonic() + _RETRY_FOR
        while True:
            trouble = self._try_start(binaries, data, account)
            if trouble is None:
                return
            passing = any(sign in trouble for sign in _PASSING_TROUBLES)
            if not passing or time.monotonic() > give_up:
                raise PartError(f"PostgreSQL does not start: {trouble} (see {self._log})")
            _forget_foreign_lock(data)
            time.sleep(0.5)

    def stop(self) -> None:
        """Close the server in order, whichever process of this home started it: everything is written."""
        part = Running.of(self.home).postgres
        process = self.process or (Process(part) if part is not None else None)
        if process is not None:
            process.end((signal.SIGINT, 30.0), (signal.SIGQUIT, 10.0))
        self.process = None
        Running.note(self.home, postgres=None)

    @property
    def _log(self) -> Path:
        return self.home / "log" / "postgres.log"

    def _ground(self) -> tuple[Account | None, Path, Binaries]:
        """Who runs the server, where its data are, and with which programs."""
        account = database_account()
        folder = database_folder(self.home, account)
        owner = folder.stat()
        if account is not None and owner.st_uid != 0:
            account = Account(owner.st_uid, owner.st_gid)
        elif account is None and owner.st_uid != os.geteuid():
            raise PartError(f"{folder} belongs to another user; run as that user, or choose another SAMOE_HOME.")
        try:
            major = int((folder / "data" / "PG_VERSION").read_text(encoding="ascii"))
        except FileNotFoundError:
            major = None
        return account, folder, find_binaries(self.given, major, account)

    def _take_over(self, data: Path) -> bool:
        """Use a server that runs on these data already, left by another command or a killed supervisor."""
        try:
            lines = (data / "postmaster.pid").read_text(encoding="utf-8").splitlines()
            part = Part.of(int(lines[0]), int(lines[3]))
        except (OSError, ValueError, IndexError):
            return False
        if not part.alive or not _is_postgres(part.pid):
            return False
        self.process = Process(part)
        if self._answers() is not None:
            self.process = None
            return False
        Running.note(self.home, postgres=part)
        return True

    def _try_start(self, binaries: Binaries, data: Path, account: Account | None) -> str | None:
        """Start once. None when the server answers, else the reason why not."""
        port = free_port(Running.of(self.home).last_ports.get("postgres", 0))
        begin = self._log.stat().st_size if self._log.exists() else 0
        self.process = Process.spawn(
            [str(binaries.folder / "postgres"), "-D", str(data), *options(port, durable=self.durable)],
            log=self._log,
            port=port,
            folder=data.parent,
            environment=ENVIRONMENT,
            account=account,
        )
        give_up = time.monotonic() + _RECOVER_FOR
        while self.process.alive:
            trouble = self._answers()
            if trouble is None:
                Running.note(self.home, postgres=self.process.part)
                return None
            if time.monotonic() > give_up or "authentication failed" in trouble:
                self.stop()
                return trouble
            time.sleep(0.05)
        self.process = None
        return _last_complaint(self._log, begin)

    def _answers(self) -> str | None:
        """None when the superuser can connect, else what the server (or the network) says."""
        try:
            psycopg.connect(self.dsn(), connect_timeout=5).close()
        except psycopg.OperationalError as problem:
            told = str(problem)
            if "authentication failed" in told:
                return f"authentication failed, {self.home / 'secrets.json'} does not belong to these data"
            return told
        return None


def _is_postgres(pid: int) -> bool:
    try:
        return b"postgres" in Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return not Path("/proc/self").exists()


def _forget_foreign_lock(data: Path) -> None:
    """Remove a lock file whose pid now belongs to a program that is not PostgreSQL at all.

    A living or dying server's lock file is never touched; that one is waited for.
    """
    lock = data / "postmaster.pid"
    try:
        pid = int(lock.read_text(encoding="utf-8").splitlines()[0])
    except (OSError, ValueError, IndexError):
        return
    if Part.of(pid).alive and not _is_postgres(pid):
        lock.unlink(missing_ok=True)


def _last_complaint(log: Path, begin: int) -> str:
    with log.open("rb") as file:
        file.seek(begin)
        lines = file.read().decode(errors="replace").splitlines()
    complaints = [line for line in lines if "FATAL" in line or "could not" in line]
    return (complaints or lines or ["it gave no reason"])[-1].strip()
