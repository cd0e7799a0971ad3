"""The files under ``tenants/``: what is known of each province's programme, read strictly.

Amounts come out in satang, dates in C.E. The words of the files are explained in ``tenants/README.md``.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from samoe.sdk import ManifestError, Problem, Text
from samoe.sdk.tables import Table

FILE = "tenant.toml"
ROUND = "round.toml"
LEAD_KINDS = ("assembly", "association", "foundation", "university", "local_government", "state")
PARTNER_KINDS = (*LEAD_KINDS, "district", "school", "teachers", "company", "ngo")
REGISTERS = ("population", "target_list")
SOURCES = ("list", "survey")


@dataclass(frozen=True, slots=True)
class Organisation:
    """A lead organisation or a partner; no districts means the whole province."""

    name: Text
    kind: str
    districts: tuple[str, ...] = ()
    from_on: date | None = None
    to_on: date | None = None


@dataclass(frozen=True, slots=True)
class PositionStated:
    """A seat, never a person."""

    title: Text
    organisation: Text | None


@dataclass(frozen=True, slots=True)
class CommitteeStated:
    name: Text
    appointed_by: Text | None
    announced_on: date | None
    positions: tuple[PositionStated, ...]


@dataclass(frozen=True, slots=True)
class BenefitStated:
    """An amount (both bounds equal) or a range of a benefit of the group, in satang."""

    slug: str
    min: int
    max: int


@dataclass(frozen=True, slots=True)
class TargetStated:
    measure: str
    min: int
    max: int
    district: str | None


@dataclass(frozen=True, slots=True)
class GroupStated:
    """A target group in a phase. ``settings`` are as typed; the group's manifest says what they mean."""

    slug: str
    register: str
    source: str
    districts: tuple[str, ...]
    settings: tuple[tuple[str, object], ...]
    benefits: tuple[BenefitStated, ...]
    targets: tuple[TargetStated, ...]


@dataclass(frozen=True, slots=True)
class AgreementStated:
    signed: bool
    number: str | None
    signed_on: date | None
    amount: int | None


@dataclass(frozen=True, slots=True)
class PhaseStated:
    """``dates_stated`` is false where the dates are the round's and the province has not given its own."""

    number: int
    starts_on: date
    ends_on: date
    dates_stated: bool
    agreement: AgreementStated | None
    groups: tuple[GroupStated, ...]


@dataclass(frozen=True, slots=True)
class Province:
    """One file. ``slug`` is the folder's name."""

    slug: str
    code: str
    order: int
    name: Text
    configured: bool
    programme: Text | None
    since_year: int | None
    lead_organisations: tuple[Organisation, ...]
    partners: tuple[Organisation, ...]
    committees: tuple[CommitteeStated, ...]
    positions: tuple[PositionStated, ...]
    phases: tuple[PhaseStated, ...]


def provinces(folder: Path) -> tuple[Province, ...]:
    """All provinces in ``folder``, in the fund's order. ``ManifestError`` names file, key path and fault."""
    problems: list[Problem] = []
    table = _open(folder / ROUND, ROUND, problems)
    dates = _need_day(table, "starts_on"), _need_day(table, "ends_on")
    table.done()
    files = sorted(folder.glob(f"*/{FILE}"))
    found = [_province(file.parent.name, _open(file, file.parent.name, problems), dates) for file in files]
    for index, province in enumerate(found):
        if any(other.code == province.code for other in found[:index]):
            problems.append(Problem(f"{province.slug}.code", "มี %(name)s ซ้ำกัน", name=province.code))
    if problems:
        raise ManifestError(problems)
    return tuple(sorted(found, key=lambda province: province.order))


def _open(file: Path, path: str, problems: list[Problem]) -> Table:
    try:
        return Table(tomllib.loads(file.read_text(encoding="utf-8")), path, problems)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise ManifestError(
            [Problem(f"{file.parent.name}/{file.name}", "ไม่ใช่ไฟล์ TOML: %(fault)s", fault=fault)]
        ) from fault
    except FileNotFoundError as fault:
        raise ManifestError([Problem(f"{file.parent.name}/{file.name}", "ยังไม่ได้ระบุ")]) from fault


def _province(slug: str, table: Table, dates: tuple[date, date]) -> Province:
    programme = table.table("programme")
    province = Province(
        slug=slug,
        code=table.need_string("code"),
        order=table.need_integer("order"),
        name=table.need_text("name"),
        configured=table.flag("configured"),
        programme=None if programme is None else programme.text("name"),
        since_year=None if programme is None else programme.integer("since_year"),
        lead_organisations=tuple(_organisation(item, LEAD_KINDS) for item in table.tables("lead_organisations")),
        partners=tuple(_organisation(item, PARTNER_KINDS) for item in table.tables("partners")),
        committees=tuple(_committee(item) for item in table.tables("committees")),
        positions=tuple(_position(item) for item in table.tables("positions")),
        phases=tuple(_phase(item, dates) for item in table.tables("phases")),
    )
    if programme is not None:
        programme.done()
    table.done()
    if not province.phases:
        table.fault("phases", "must have at least one")
    return province


def _organisation(table: Table, kinds: tuple[str, ...]) -> Organisation:
    organisation = Organisation(
        name=table.need_text("name"),
        kind=table.need_one_of("kind", kinds),
        districts=table.strings("districts"),
        from_on=table.day("from_on"),
        to_on=table.day("to_on"),
    )
    table.done()
    return organisation


def _committee(table: Table) -> CommitteeStated:
    committee = CommitteeStated(
        name=table.need_text("name"),
        appointed_by=table.text("appointed_by"),
        announced_on=table.day("announced_on"),
        positions=tuple(_position(item) for item in table.tables("positions")),
    )
    table.done()
    return committee


def _position(table: Table) -> PositionStated:
    position = PositionStated(table.need_text("title"), table.text("organisation"))
    table.done()
    return position


def _phase(table: Table, dates: tuple[date, date]) -> PhaseStated:
    starts, ends, agreement = table.day("starts_on"), table.day("ends_on"), table.table("agreement")
    if (starts is None) != (ends is None):
        table.fault("starts_on", "and ends_on go together")
    phase = PhaseStated(
        number=table.need_integer("number"),
        starts_on=starts or dates[0],
        ends_on=ends or dates[1],
        dates_stated=starts is not None,
        agreement=None if agreement is None else _agreement(agreement),
        groups=tuple(_group(item) for item in table.tables("groups")),
    )
    if phase.ends_on <= phase.starts_on:
        table.fault("ends_on", "must be later than starts_on")
    table.done()
    return phase


def _agreement(table: Table) -> AgreementStated:
    agreement = AgreementStated(
        table.flag("signed"), table.string("number"), table.day("signed_on"), table.baht("amount_baht")
    )
    table.done()
    return agreement


def _group(table: Table) -> GroupStated:
    settings = table.table("settings")
    group = GroupStated(
        slug=table.need_slug("slug"),
        register=table.one_of("register", REGISTERS) or "target_list",
        source=table.one_of("source", SOURCES) or "survey",
        districts=table.strings("districts"),
        settings=() if settings is None else tuple((key, settings.raw(key)) for key in settings),
        benefits=tuple(_benefit(item) for item in table.tables("benefits")),
        targets=tuple(_target(item) for item in table.tables("targets")),
    )
    table.done()
    return group


def _benefit(table: Table) -> BenefitStated:
    slug, amount = table.need_slug("slug"), table.baht("amount_baht")
    least, most = table.baht("min_baht"), table.baht("max_baht")
    table.done()
    if (amount is None) == (least is None or most is None):
        table.fault("amount_baht", "or min_baht and max_baht, one or the other, is needed")
    return BenefitStated(slug, least if amount is None and least is not None else amount or 0, most or amount or 0)


def _target(table: Table) -> TargetStated:
    measure, district, count = table.need_slug("measure"), table.string("district"), table.integer("count")
    least, most = table.integer("min"), table.integer("max")
    table.done()
    if (count is None) == (least is None or most is None):
        table.fault("count", "or min and max, one or the other, is needed")
    return TargetStated(measure, least or count or 0, most or count or 0, district)


def _need_day(table: Table, key: str) -> date:
    day = table.day(key)
    if day is None:
        table.fault(key, "is missing")
    return day or date.min
