"""Writing a province's configuration into its folder."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from samoe import audit
from samoe.admin.configuration.standing import province_of
from samoe.admin.configuration.telling import HEAD, files
from samoe.admin.group_folders import FOLDER, LATER
from samoe.identity import Actor, Permission, require
from samoe.kit.problem import Problem
from samoe.targetgroups.discovery import inside
from samoe.targetgroups.exporting import MEANING
from samoe.tenancy.models import Tenant

_STRINGS = re.compile(r'''"""[\s\S]*?"""|\'{3}[\s\S]*?\'{3}|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'''')
_COMMENT = re.compile(r"#.*")
OURS = (HEAD.split("{name}")[1].strip(), MEANING.strip())
"""Comments that an export itself writes."""


def texts(db: Session, actor: Actor, *, drafts: bool = False) -> dict[str, str]:
    """The files by name: what is in force and what is published for later days. Older versions stay in the database."""
    require(actor, Permission.PROGRAMME_READ)
    tenant = db.scalars(select(Tenant).where(Tenant.id == actor.tenant_id)).one()
    found = files(province_of(db, tenant, whole=False, drafts=drafts))
    audit.record(db, actor, "exported", "tenant", tenant.slug, files=len(found))
    return found


def written_over(home: Path, texts: Mapping[str, str]) -> dict[str, int]:
    """The files that are there and say otherwise, and those of a written folder that would be taken away; each with how
    many comments of people would go with it."""
    there = {name: home / name for name in (*texts, *_stale(home, texts))}
    return {name: _comments(file) for name, file in there.items() if file.exists() and not _same(file, texts.get(name))}


def write(home: Path, texts: Mapping[str, str]) -> None:
    """Write them. Parts that a group no longer has go; folders of other groups stay, and so does a file that says the
    same in other words, with its comments. Nothing is written through a link that leads out of the folder."""
    stale = _stale(home, texts)
    for name in (*texts, *stale):
        if not inside(home / name, home):
            raise Problem("%(name)s เป็นลิงก์ที่พาออกนอกโฟลเดอร์ เอาออกก่อน ยังไม่ได้เขียนอะไร", name=name)
    for name in stale:
        (home / name).unlink()
    for name, text in texts.items():
        file = home / name
        file.parent.mkdir(parents=True, exist_ok=True)
        if not file.exists() or not _same(file, text):
            file.write_text(text, encoding="utf-8")


def _same(file: Path, text: str | None) -> bool:
    if text is None:
        return False
    try:
        return tomllib.loads(file.read_text(encoding="utf-8")) == tomllib.loads(text)
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError):
        return False


def _comments(file: Path) -> int:
    found = _COMMENT.findall(_STRINGS.sub("", file.read_text(encoding="utf-8", errors="replace")))
    return sum(not any(ours in one for ours in OURS) for one in found)


def _stale(home: Path, texts: Mapping[str, str]) -> list[str]:
    folders = {Path(name).parent for name in texts} - {Path()}
    groups = {Path(*folder.parts[:2]) for folder in folders if folder.parts[0] == FOLDER}
    there = {file.relative_to(home) for folder in sorted(folders) for file in (home / folder).glob("*.toml")}
    there |= {file.relative_to(home) for group in groups for file in (home / group / LATER).glob("*/*.toml")}
    return sorted(str(file) for file in there if str(file) not in texts)
