"""Passwords and keys of one home, made at its first start and readable by its owner only."""

import json
import os
import secrets
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path


def _password() -> str:
    return secrets.token_urlsafe(24)


@dataclass(frozen=True)
class Secrets:
    """The contents of ``<home>/secrets.json``. Losing the file locks the embedded database."""

    secret_key: str = field(default_factory=lambda: secrets.token_hex(32), repr=False)
    superuser: str = field(default_factory=_password, repr=False)
    owner: str = field(default_factory=_password, repr=False)
    app: str = field(default_factory=_password, repr=False)
    fund: str = field(default_factory=_password, repr=False)
    backup: str = field(default_factory=_password, repr=False)
    s3_access_key: str = field(default_factory=lambda: "samoe" + secrets.token_hex(6), repr=False)
    s3_secret_key: str = field(default_factory=_password, repr=False)

    @classmethod
    def of(cls, home: Path) -> "Secrets":
        """Read the home's secrets, making them first where there are none.

        Safe when two processes come first together: one file wins and both read it.
        """
        path = home / "secrets.json"
        if not path.exists():
            home.mkdir(parents=True, exist_ok=True)
            draft = home / f".secrets.{os.getpid()}.{secrets.token_hex(4)}"
            descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                json.dump(asdict(cls()), file, indent=2)
            try:
                os.link(draft, path)  # unlike a rename, refuses to replace what another process has just made
            except FileExistsError:
                pass
            finally:
                draft.unlink()
        kept = json.loads(path.read_text(encoding="utf-8"))
        known = {item.name for item in fields(cls)}
        return cls(**{name: value for name, value in kept.items() if name in known})
