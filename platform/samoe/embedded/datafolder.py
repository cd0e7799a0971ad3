"""Where the database's data lie: in the home, or outside a home that is closed to the database's user."""

import secrets
from pathlib import Path

from samoe.embedded.account import Account
from samoe.embedded.binaries import SHARED


def database_folder(home: Path, account: Account | None) -> Path:
    """The folder that the database's user owns. Made when missing.

    When it has to lie outside, ``<home>/postgres-is-at`` names it, and it is found again by that file alone.
    """
    pointer = home / "postgres-is-at"
    if pointer.exists():
        return Path(pointer.read_text(encoding="utf-8").strip())
    inside = home / "postgres"
    if inside.is_dir():
        return inside
    home.mkdir(parents=True, exist_ok=True)
    if account is None or account.can("-x", home):
        return _made(inside, account)
    outside = SHARED / "data" / f"{home.name}-{secrets.token_hex(4)}"
    outside.parent.mkdir(parents=True, exist_ok=True)
    for folder in (SHARED, outside.parent):
        folder.chmod(0o755)
    _made(outside, account)
    pointer.write_text(f"{outside}\n", encoding="utf-8")
    return outside


def _made(folder: Path, account: Account | None) -> Path:
    folder.mkdir(mode=0o700)
    if account is not None:
        account.own(folder)
    return folder
