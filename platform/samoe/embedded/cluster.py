"""Making a PostgreSQL data folder."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from samoe.embedded.account import Account
from samoe.embedded.binaries import Binaries
from samoe.embedded.errors import PartError

SUPERUSER = "samoe_superuser"
ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}


def make_cluster(binaries: Binaries, data: Path, password: str, account: Account | None, *, sync: bool) -> None:
    """Make ``data`` whole or not at all.

    LC_CTYPE is C.UTF-8 and never C: under C trigram similarity of Thai text is zero. From 17 on the built-in
    provider gives it without the operating system's locales.
    """
    if binaries.major >= 17:
        locale = [
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--lc-collate=C",
            "--lc-ctype=C.UTF-8",
        ]
    else:
        locale = ["--locale=C.UTF-8"]
    draft = data.with_name("data.draft")
    shutil.rmtree(draft, ignore_errors=True)
    with tempfile.NamedTemporaryFile("w", dir=data.parent, encoding="utf-8") as secret:
        secret.write(password)
        secret.flush()
        if account is not None:
            account.own(Path(secret.name))
        command = [
            str(binaries.folder / "initdb"),
            "-D",
            str(draft),
            "-E",
            "UTF8",
            *locale,
            "--lc-messages=C",
        ]
        command += ["--auth=scram-sha-256", f"--username={SUPERUSER}", f"--pwfile={secret.name}"]
        command += [] if sync else ["--no-sync"]
        done = subprocess.run(
            command,
            cwd=data.parent,
            env=ENVIRONMENT,
            capture_output=True,
            text=True,
            check=False,
            **(account.spawn() if account else {}),
        )
    if done.returncode != 0:
        why = (done.stderr or done.stdout).strip().splitlines() or ["no reason given"]
        raise PartError(f"The database could not be made in {data}: {why[-1]}")
    draft.rename(data)


def options(port: int, *, durable: bool) -> list[str]:
    """What the server is told at every start. Sized for two cores and a laptop's memory."""
    told = {
        "port": str(port),
        "listen_addresses": "127.0.0.1",
        "unix_socket_directories": "",
        "max_connections": "80",
        "shared_buffers": "256MB",
        "effective_cache_size": "1GB",
        "work_mem": "16MB",
        "maintenance_work_mem": "128MB",
        "random_page_cost": "1.1",
        "max_wal_size": "2GB",
        "jit": "off",
        "synchronous_commit": "on",
        "timezone": "UTC",
        "log_timezone": "UTC",
        "password_encryption": "scram-sha-256",
        # Terse: the DETAIL and CONTEXT lines of an error repeat people's data. So do statements, and the messages of
        # faults in data ("invalid input: …"): the application tells where a fault came from, without them.
        "log_error_verbosity": "terse",
        "log_min_error_statement": "panic",
        "log_min_messages": "fatal",
    }
    if not durable:
        told |= {
            "fsync": "off",
            "full_page_writes": "off",
            "synchronous_commit": "off",
            "shared_buffers": "128MB",
            # No log beyond what a restart needs, and little of it kept: it may lie in memory.
            "wal_level": "minimal",
            "max_wal_senders": "0",
            "max_wal_size": "256MB",
        }
    if not _roomy_shared_memory():
        told["dynamic_shared_memory_type"] = "mmap"
    return [word for name, value in told.items() for word in ("-c", f"{name}={value}")]


def _roomy_shared_memory() -> bool:
    """Containers often give /dev/shm 64 MB, too little for parallel queries."""
    try:
        shm = os.statvfs("/dev/shm")  # noqa: S108 (looked at, not written to)
    except OSError:
        return True
    return shm.f_frsize * shm.f_blocks >= 256 * 2**20
