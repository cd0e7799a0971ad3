"""Collecting what every room keeps of one person, by the data dictionary: a new table is in it by itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Table, or_, select, text
from sqlalchemy.orm import Session

from samoe.audit.models import RowHistory
from samoe.db.models import metadata
from samoe.files.models import Document
from samoe.i18n import current_locale, pick
from samoe.i18n import gettext as _
from samoe.kit import be_format, ids, satang
from samoe.privacy.dictionary import TableEntry, of_persons
from samoe.privacy.erasures.queries import TABLE_WORDS
from samoe.privacy.file.words import COLUMN_WORDS, LEFT_OUT
from samoe.registry.models import Consent
from samoe.targetgroups.enabling import kept
from samoe.targetgroups.manifests import published
from samoe.tenancy import areas, current

AREAS = frozenset({"area_code", "event_area_code", "from_area_code", "to_area_code"})


@dataclass(frozen=True, slots=True)
class Section:
    """What one table keeps: its words, the words of its columns, and the rows as they are read."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Everything:
    """All of it: for reading, and as plain values for machines. ``documents`` are files of this person's own."""

    sections: tuple[Section, ...]
    plain: Mapping[str, list[dict[str, Any]]]
    former: list[dict[str, Any]]
    documents: tuple[Document, ...]


def everything(db: Session, person_id: UUID) -> Everything:
    """What is kept of this person, under all records that were merged into theirs."""
    who: list[UUID] = list(db.scalar(text("select records_of(:person)"), {"person": person_id}) or [])
    lines: list[UUID] = list(db.scalar(text("select lines_of(:person)"), {"person": person_id}) or [])
    e = metadata().tables["enrolments"].c
    cases = list(db.scalars(select(e.id).where(e.tenant_id == current().tenant_id, e.person_id.in_(who))))
    papers = tuple(_documents(db, who, cases))
    labels = {**_labels(db), **{str(one.id): one.file_name for one in papers}}
    sections, plain = [], {}
    for entry in of_persons():
        rows = _rows(db, entry, who, cases, lines)
        if rows:
            plain[entry.name] = rows
            sections.append(_section(entry, rows, labels))
    return Everything(
        tuple(sections), plain, list(_former(db, who, cases)), papers,
    )  # fmt: skip


def _shown(entry: TableEntry, table: Table) -> list[str]:
    money = ["amount"] if "amount" in table.c else []
    return [one.column for one in entry.columns if one.column not in LEFT_OUT] + money


def _rows(
    db: Session, entry: TableEntry, who: list[UUID], cases: list[UUID], lines: list[UUID]
) -> list[dict[str, Any]]:
    table = metadata().tables[entry.name]
    reached: ColumnElement[bool] = (
        table.c.id.in_(lines)
        if entry.found
        else or_(*(table.c[column].in_(cases if column == "enrolment_id" else who) for column in entry.of))
    )
    columns = [table.c[name] for name in _shown(entry, table)]
    if not columns:
        return []
    query = select(*columns).where(table.c.tenant_id == current().tenant_id, reached).order_by(table.c.id)
    return [dict(row) for row in db.execute(query).mappings()]


def _section(entry: TableEntry, rows: list[dict[str, Any]], labels: Mapping[str, str]) -> Section:
    names = list(rows[0])
    return Section(
        _(TABLE_WORDS[entry.name]), tuple(_(COLUMN_WORDS[name]) for name in names),
        tuple(tuple(said(name, row[name], labels) for name in names) for row in rows),
    )  # fmt: skip


def said(name: str, value: Any, labels: Mapping[str, str]) -> str:
    """A value as a person reads it. ``labels`` are those of questions by slug, and names of files by id."""
    if value is None or value in ("", [], {}):
        return ""
    if isinstance(value, date):
        return be_format.short(value, current_locale())
    if name in AREAS:
        return areas.name_of(str(value), current_locale()) or str(value)
    if name == "amount":
        return satang.baht(int(value))
    if isinstance(value, dict):
        return " · ".join(f"{labels.get(key, key)}: {said('', one, labels)}" for key, one in value.items())
    if isinstance(value, list):
        return " · ".join(filter(None, (said("", one, labels) for one in value)))
    if isinstance(value, bool):
        return _("ใช่") if value else _("ไม่ใช่")
    return labels.get(value, value) if isinstance(value, str) and ids.read(value) else str(value)


def _labels(db: Session) -> dict[str, str]:
    """What every question is called; one that is not asked any more, as the last version said which asked it."""
    return {
        field.slug: pick(field.label.th, field.label.en)
        for group in kept(db)
        for manifest in (*reversed(published(db, group.slug)), group.manifest)
        for field in manifest.fields
    }


def _former(db: Session, who: list[UUID], cases: list[UUID]) -> Iterator[dict[str, Any]]:
    """What the rows said before they were changed."""
    h = RowHistory
    for entry in of_persons():
        if entry.found:
            continue
        names = _shown(entry, metadata().tables[entry.name])
        ids = [str(one) for one in {*who, *cases}]
        reached = or_(*(h.before[column].astext.in_(ids) for column in entry.of))
        rows = db.execute(
            select(h.before, h.recorded_at)
            .where(h.tenant_id == current().tenant_id, h.table_name == entry.name, reached)
            .order_by(h.recorded_at)
        )
        for row in rows:
            values = {name: row.before.get(name) for name in names if row.before.get(name) is not None}
            yield {"table": entry.name, "until": row.recorded_at.isoformat(), **values}


def _documents(db: Session, who: list[UUID], cases: list[UUID]) -> list[Document]:
    d, c = Document, Consent
    papers = select(c.document_id).where(c.tenant_id == current().tenant_id, c.person_id.in_(who))
    return list(
        db.scalars(
            select(d)
            .where(
                d.tenant_id == current().tenant_id, d.erased_at.is_(None),
                or_(d.subject_id.in_([*who, *cases]), d.id.in_(papers)),
            )
            .order_by(d.id)
        )
    )  # fmt: skip
