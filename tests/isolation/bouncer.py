"""PgBouncer in transaction mode before a database, with one server connection for each role: whoever comes next gets
the connection that the one before has just used."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import make_url

from samoe.embedded.account import database_account
from samoe.embedded.ports import free_port
from tests.conftest import Database

PROGRAM = shutil.which("pgbouncer") or next(filter(Path.exists, [Path("/usr/sbin/pgbouncer")]), None)
SETTINGS = """
[databases]
{name} = host=127.0.0.1 port={server}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {port}
unix_socket_dir =
auth_type = trust
auth_file = {users}
pool_mode = transaction
default_pool_size = 1
max_client_conn = 100
ignore_startup_parameters = extra_float_digits
logfile = {log}
"""


@contextmanager
def bounced(database: Database) -> Iterator[Database]:
    """The same database through PgBouncer, as the application and the fund reach it."""
    urls = {role: make_url(url) for role, url in database.urls.items()}
    account, port = database_account(), free_port(0)
    with TemporaryDirectory(prefix="samoe-bouncer-") as made:
        folder = Path(made)
        users = folder / "users.txt"
        users.write_text("".join(f'"{url.username}" "{url.password}"\n' for url in urls.values()))
        told = SETTINGS.format(
            name=database.name, server=urls["app"].port, port=port, users=users, log=folder / "log.txt"
        )
        (folder / "pgbouncer.ini").write_text(told)
        for path in (folder, *folder.iterdir()) if account else ():
            account.own(path)
        command = [str(PROGRAM), "-q", str(folder / "pgbouncer.ini")]
        server = subprocess.Popen(command, cwd=folder, **(account.spawn() if account else {}))
        try:
            _wait(server, port)
            through = {
                role: url.set(port=port).update_query_dict({"prepared": "off"}).render_as_string(hide_password=False)
                for role, url in urls.items()
            }
            yield replace(database, urls={**database.urls, "app": through["app"], "fund": through["fund"]})
        finally:
            server.terminate()
            server.wait(20)


def _wait(server: subprocess.Popen[bytes], port: int) -> None:
    for _ in range(200):
        assert server.poll() is None, "PgBouncer ended"
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.05)
    raise TimeoutError
