"""Writing a province's configuration into its folder."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from samoe import audit
from samoe.admin.configuration.standing import province_of, upcoming
from samoe.admin.configuration.telling import files
from samoe.admin.group_folders import DesignStated
from samoe.identity import Actor, Permission, require
from samoe.targetgroups.enabling import enabled
from samoe.tenancy.models import Tenant


def texts(db: Session, actor: Actor, *, drafts: bool = False) -> tuple[dict[str, str], list[str]]:
    """The files by name, and what is published for a later day, which they do not hold."""
    require(actor, Permission.PROGRAMME_READ)
    tenant = db.scalars(select(Tenant).where(Tenant.id == actor.tenant_id)).one()
    found = files(province_of(db, tenant, whole=False, drafts=drafts))
    later = [
        f"{'design' if isinstance(one, DesignStated) else 'criteria'} {group.slug} {one.effective_on}"
        for group in enabled(db)
        for one in upcoming(db, group)
    ]
    audit.record(db, actor, "exported", "tenant", tenant.slug, files=len(found))
    return found, later


def written_over(home: Path, texts: Mapping[str, str]) -> list[str]:
    """The files that are there and say otherwise, and those of a written folder that would be taken away."""
    there = {name: home / name for name in (*texts, *_stale(home, texts))}
    return [
        name for name, file in there.items() if file.exists() and file.read_text(encoding="utf-8") != texts.get(name)
    ]


def write(home: Path, texts: Mapping[str, str]) -> None:
    """Write them. Parts that a group no longer has go; folders of other groups stay."""
    for name in _stale(home, texts):
        (home / name).unlink()
    for name, text in texts.items():
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text(text, encoding="utf-8")


def _stale(home: Path, texts: Mapping[str, str]) -> list[str]:
    folders = {Path(name).parent for name in texts} - {Path()}
    there = [file.relative_to(home) for folder in sorted(folders) for file in (home / folder).glob("*.toml")]
    return [str(file) for file in there if str(file) not in texts]
