"""A group made in the browser and a module are one thing: which version is in force, and what is published stands."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from samoe.kit import clock
from samoe.sdk import TargetGroup
from samoe.settings import Settings
from samoe.targetgroups import group_versions, manifests
from samoe.targetgroups.discovery import catalogue, hooks_of
from samoe.targetgroups.models import GroupVersion
from samoe.tenancy import Scope, tenant_session
from tests.factories.manifests import manifest

WORDS = {"th": "กลุ่มใหม่", "en": "New group"}
BODY = {"slug": "newcomers", "name": WORDS, "summary": WORDS, "serves": WORDS, "subject": "person"}


@pytest.fixture
def db(settings: Settings) -> Iterator[Session]:
    with tenant_session(Scope(52), settings) as session:
        yield session


def published(db: Session, number: int, on: date | None = None, **changed: Any) -> GroupVersion:
    body = {**BODY, **changed}
    row = GroupVersion(
        slug=body["slug"], number=number, state="published", body=body, origin="blank", effective_on=on,
        published_at=func.now(),
    )  # fmt: skip
    db.add(row)
    db.flush()
    manifests.forget(db)
    return row


def name(db: Session, on: date | None = None) -> str | None:
    found = manifests.manifests(db, on).get("newcomers")
    return found.manifest.name.en if found else None


def test_the_latest_version_that_has_come_into_effect_is_in_force(db: Session) -> None:
    today = clock.today()
    assert name(db) is None
    published(db, 1)
    published(db, 2, today + timedelta(days=30), name={"th": "ใหม่กว่า", "en": "Newer"})
    assert (name(db), name(db, today + timedelta(days=30))) == ("New group", "Newer")
    pinned = manifests.pinned(db, "newcomers", 2)
    assert pinned is not None
    assert (pinned.name.en, pinned.version) == ("Newer", 2)


def test_another_tenant_has_none_of_it(db: Session, settings: Settings) -> None:
    published(db, 1)
    db.commit()
    with tenant_session(Scope(83), settings) as other:
        assert name(other) is None


@pytest.mark.parametrize("change", ["set body = '{}'", "set number = 9", "set state = 'draft'", "set reason = 'x'"])
def test_the_database_keeps_what_is_published(db: Session, change: str) -> None:
    published(db, 1)
    with pytest.raises(DatabaseError, match="never changes"):
        db.execute(text(f"update group_versions {change}"))


def test_what_is_published_is_not_deleted(db: Session) -> None:
    published(db, 1)
    with pytest.raises(DatabaseError, match="never changes"):
        db.execute(text("delete from group_versions"))


def test_a_member_with_a_part_of_the_province_writes_no_version(db: Session, settings: Settings) -> None:
    with tenant_session(Scope(52, area_mask=2), settings) as narrow, pytest.raises(DatabaseError, match="row-level"):
        published(narrow, 1)


def test_a_module_is_written_down_as_it_is_installed_and_stays_readable_when_it_moves_on(
    db: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    slug = next(iter(catalogue()))
    kept = group_versions.keep_shipped(db, slug, None)
    assert kept is not None
    assert (kept.shipped, kept.origin) == (kept.number, "module")
    assert manifests.manifests(db)[slug].manifest == catalogue()[slug]
    newer = manifest(slug, 1)
    monkeypatch.setattr(manifests, "catalogue", lambda: {slug: type(newer)(**{
        **{name: getattr(newer, name) for name in newer.__slots__}, "version": kept.number + 1,
    })})  # fmt: skip
    taken = manifests.manifests(db)[slug].manifest
    assert taken.fields == catalogue()[slug].fields
    monkeypatch.setattr(manifests, "catalogue", dict)
    assert slug not in manifests.manifests(db)


def test_a_version_made_here_names_no_code(db: Session) -> None:
    published(db, 1, python="os:system")
    found = manifests.manifests(db)["newcomers"]
    assert type(found.hooks()) is TargetGroup
    assert type(hooks_of(found.manifest)) is TargetGroup


def test_the_fund_reads_what_is_published_and_no_draft(db: Session, settings: Settings) -> None:
    published(db, 1)
    db.add(GroupVersion(slug="secret", number=1, state="draft", body={**BODY, "slug": "secret"}, origin="blank"))
    db.commit()
    with tenant_session(Scope(1, national=True), settings) as fund:
        assert "newcomers" in manifests.everywhere(fund)
        assert fund.scalars(select(GroupVersion.slug)).all() == ["newcomers"]
        assert manifests.known("newcomers") is not None
