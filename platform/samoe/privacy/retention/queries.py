"""What is over its time now, and what is kept although it is."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from samoe.privacy.dictionary import activities
from samoe.privacy.models import RetentionRun
from samoe.targetgroups.enabling import kept
from samoe.targetgroups.manifests import published
from samoe.tenancy import current

AT_ONCE = 200
"""So many persons or cases are one step: a transaction of its own, short enough to be in nobody's way."""
SHORTEST = 1
RUNS = 30

_PERSONS = text("""
select p.id, kept_for_now(p.id) as kept, (select min(a.code) from against_erasing(p.id) a) as against
from persons p
where p.tenant_id = :tenant and p.erased_at is null and p.merged_into_id is null and p.id > :after
  and p.recorded_at < now() - make_interval(years => :register)
  and not exists (select 1 from enrolments e join phases f on f.tenant_id = e.tenant_id and f.id = e.phase_id
    where e.tenant_id = p.tenant_id and e.person_id = p.id
      and greatest(e.closed_on, f.ends_on) > current_date - make_interval(years => :care))
  and not exists (select 1 from payments y join enrolments e on e.tenant_id = y.tenant_id and e.id = y.enrolment_id
    where e.tenant_id = p.tenant_id and e.person_id = p.id
      and y.paid_on > current_date - make_interval(years => :money))
order by p.id limit :most
""")
_ANSWERS = text("""
select count(*) filter (where not k.kept) as goes, count(*) filter (where k.kept) as held
from enrolments e join phases p on p.tenant_id = e.tenant_id and p.id = e.phase_id,
  lateral (select e.person_id is not null and kept_for_now(e.person_id) as kept) k
where e.tenant_id = :tenant and e.group_id = :group and (e.answers ?| cast(:slugs as text[])
    or exists (select 1 from documents d where d.tenant_id = e.tenant_id and d.subject_id = e.id and d.erased_at is null
      and d.purpose = any (select 'answer:' || s from unnest(cast(:slugs as text[])) s)))
  and greatest(e.closed_on, p.ends_on) <= current_date - make_interval(years => :years)
""")
_FILES = text("""
select b.id, exists (select 1 from import_rows r where r.tenant_id = b.tenant_id and r.batch_id = b.id
    and r.person_id in (select h.person_id from legal_holds h where h.tenant_id = b.tenant_id and h.lifted_on is null
      union select q.person_id from privacy_requests q where q.tenant_id = b.tenant_id and q.state = 'open')) as kept
from import_batches b join documents d on d.tenant_id = b.tenant_id and d.id = b.document_id
where b.tenant_id = :tenant and d.erased_at is null and b.state in ('committed', 'undone', 'failed')
  and greatest(b.committed_at, b.undone_at, b.recorded_at) < now() - make_interval(years => :years)
order by b.id
""")


@dataclass(frozen=True, slots=True)
class Overdue:
    """A person, or a file, that is over its time. ``kept`` tells why it is kept all the same."""

    id: UUID
    kept: str | None


@dataclass(frozen=True, slots=True)
class Answers:
    """Questions of one target group that are to be forgotten so many years after a case."""

    group_id: UUID
    slugs: tuple[str, ...]
    years: int


def persons(db: Session, after: UUID | None = None) -> list[Overdue]:
    """A page of persons over their time, by id."""
    years = activities()
    rows = db.execute(
        _PERSONS,
        {
            "tenant": current().tenant_id, "after": after or UUID(int=0), "most": AT_ONCE,
            "register": years["register"].keep, "care": years["care"].keep, "money": years["money"].keep,
        },
    )  # fmt: skip
    return [Overdue(row.id, "hold" if row.kept else row.against) for row in rows]


def forgotten(db: Session) -> list[Answers]:
    """What the groups, on or off, want forgotten sooner than the whole person: by their own ``keep_years``. A question
    that is not asked any more keeps the time that the last version said which asked it."""
    whole = activities()["care"].keep
    found: dict[tuple[UUID, int], list[str]] = {}
    for group in kept(db):
        before = [field for one in published(db, group.slug) for field in one.fields]
        asked = {field.slug: field for field in (*reversed(before), *group.manifest.fields)}
        for field in asked.values():
            if field.keep_years is not None and field.keep_years < whole:
                found.setdefault((group.id, max(field.keep_years, SHORTEST)), []).append(field.slug)
    return [Answers(group, tuple(slugs), years) for (group, years), slugs in found.items()]


def answers(db: Session, asked: Answers) -> tuple[int, int]:
    """How many cases hold such an answer over its time: those that go, and those that are held."""
    row = db.execute(
        _ANSWERS,
        {
            "tenant": current().tenant_id, "group": asked.group_id, "slugs": list(asked.slugs), "years": asked.years,
        },
    ).one()  # fmt: skip
    return row.goes, row.held


def files(db: Session) -> list[Overdue]:
    """Imported files over their time."""
    rows = db.execute(_FILES, {"tenant": current().tenant_id, "years": activities()["import"].keep})
    return [Overdue(row.id, "hold" if row.kept else None) for row in rows]


def runs(db: Session) -> list[RetentionRun]:
    """The latest reports."""
    r = RetentionRun
    return list(
        db.scalars(
            select(r).where(r.tenant_id == current().tenant_id).order_by(r.recorded_at.desc()).limit(RUNS)
        )
    )  # fmt: skip
