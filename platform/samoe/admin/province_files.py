"""The files under ``tenants/``: what is known of each province's programme, read strictly.

Amounts come out in satang, dates in C.E. The words of the files are explained in ``tenants/README.md``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from samoe.admin.group_folders import FOLDER, Folder, read_folders
from samoe.kit.problem import Problem as Unfit
from samoe.sdk import ManifestError, Problem, Text
from samoe.sdk.tables import Table
from samoe.targetgroups.discovery import read_toml

FILE = "tenant.toml"
SLUG = re.compile(r"[a-z][a-z-]*")
ROUND = "round.toml"
LEAD_KINDS = ("assembly", "association", "foundation", "university", "local_government", "state", "other")
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
    quarter: int | None = None


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
    deliverables: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PhaseStated:
    """``dates_stated`` is false where the dates are the round's and the province has not confirmed them.

    ``after`` is the phase whose open work it takes over, where that is not the one before it in the file; 0 is none.
    """

    number: int
    starts_on: date
    ends_on: date
    dates_stated: bool
    agreements: tuple[AgreementStated, ...]
    groups: tuple[GroupStated, ...]
    after: int | None = None
    signatories: int | None = None
    published: bool = True


@dataclass(frozen=True, slots=True)
class GroupOn:
    """A group that is on, whatever phase it works in, and how it is tuned."""

    slug: str
    settings: tuple[tuple[str, object], ...]


@dataclass(frozen=True, slots=True)
class Province:
    """One file. ``slug`` is the folder's name; ``folders`` are those beside the file, one a group.

    ``remove`` names what is to be taken away, in the words that ``samoe config diff`` has for it.
    """

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
    groups: tuple[GroupOn, ...] = ()
    remove: tuple[str, ...] = ()
    folders: tuple[Folder, ...] = ()


def provinces(folder: Path) -> tuple[Province, ...]:
    """All provinces in ``folder``, in the fund's order. ``ManifestError`` names file, key path and fault."""
    problems: list[Problem] = []
    dates = _round(folder, problems)
    files = sorted(folder.glob(f"*/{FILE}"))
    found = [_read(file, dates, problems) for file in files]
    for index, province in enumerate(found):
        if any(other.code == province.code for other in found[:index]):
            problems.append(Problem(f"{province.slug}.code", "มี %(name)s ซ้ำกัน", name=province.code))
    if problems:
        raise ManifestError(problems)
    return tuple(sorted(found, key=lambda province: province.order))


def province_in(folder: Path, slug: str, rounds: Path) -> Province:
    """The one province; the round's dates are those of ``folder``, or of ``rounds`` where it says none."""
    if not SLUG.fullmatch(slug):
        raise Unfit("%(name)s ไม่ใช่ชื่อจังหวัดในโฟลเดอร์ tenants", name=slug)
    problems: list[Problem] = []
    dates = _round(folder if (folder / ROUND).exists() else rounds, problems)
    found = _read(folder / slug / FILE, dates, problems)
    if problems:
        raise ManifestError(problems)
    return found


def _round(folder: Path, problems: list[Problem]) -> tuple[date, date]:
    table = _open(folder / ROUND, ROUND, problems)
    dates = _need_day(table, "starts_on"), _need_day(table, "ends_on")
    table.done()
    return dates


def _read(file: Path, dates: tuple[date, date], problems: list[Problem]) -> Province:
    slug = file.parent.name
    return _province(slug, _open(file, slug, problems), dates, read_folders(file.parent / FOLDER, slug, problems))


def _open(file: Path, path: str, problems: list[Problem]) -> Table:
    if not file.exists():
        raise ManifestError([Problem(f"{file.parent.name}/{file.name}", "ยังไม่ได้ระบุ")])
    try:
        return Table(read_toml(file), path, problems)
    except ManifestError as error:
        named = Problem(f"{file.parent.name}/{file.name}", "ไม่ใช่ไฟล์ TOML: %(fault)s", fault=error.__cause__)
        raise ManifestError([named]) from error


def _province(slug: str, table: Table, dates: tuple[date, date], folders: tuple[Folder, ...]) -> Province:
    programme, remove = table.table("programme"), table.table("remove")
    province = Province(
        slug=slug,
        code=table.need_string("code"),
        order=table.need_integer("order"),
        name=table.need_text("name"),
        configured=table.flag("configured"),
        programme=None if programme is None else _words(programme, "name"),
        since_year=None if programme is None else programme.integer("since_year"),
        lead_organisations=tuple(_organisation(item, LEAD_KINDS) for item in table.tables("lead_organisations")),
        partners=tuple(_organisation(item, PARTNER_KINDS) for item in table.tables("partners")),
        committees=tuple(_committee(item) for item in table.tables("committees")),
        positions=tuple(_position(item) for item in table.tables("positions")),
        phases=tuple(_phase(item, dates) for item in table.tables("phases")),
        groups=tuple(_group_on(item) for item in table.tables("groups")),
        remove=() if remove is None else remove.strings("lines"),
        folders=folders,
    )
    for part in (programme, remove):
        if part is not None:
            part.done()
    table.done()
    if not province.phases:
        table.fault("phases", "ต้องมีอย่างน้อยหนึ่งระยะ")
    return province


def _organisation(table: Table, kinds: tuple[str, ...]) -> Organisation:
    organisation = Organisation(
        name=_need_words(table, "name"),
        kind=table.need_one_of("kind", kinds),
        districts=table.strings("districts"),
        from_on=table.day("from_on"),
        to_on=table.day("to_on"),
    )
    table.done()
    return organisation


def _committee(table: Table) -> CommitteeStated:
    committee = CommitteeStated(
        name=_need_words(table, "name"),
        appointed_by=_words(table, "appointed_by"),
        announced_on=table.day("announced_on"),
        positions=tuple(_position(item) for item in table.tables("positions")),
    )
    table.done()
    return committee


def _position(table: Table) -> PositionStated:
    position = PositionStated(_need_words(table, "title"), _words(table, "organisation"))
    table.done()
    return position


def _phase(table: Table, dates: tuple[date, date]) -> PhaseStated:
    starts, ends = table.day("starts_on"), table.day("ends_on")
    unconfirmed = table.has("dates_confirmed") and not table.flag("dates_confirmed")
    if (starts is None) != (ends is None):
        table.fault("starts_on", "ต้องระบุคู่กับ ends_on")
    phase = PhaseStated(
        number=table.need_integer("number"),
        starts_on=starts or dates[0],
        ends_on=ends or dates[1],
        dates_stated=starts is not None and not unconfirmed,
        agreements=tuple(_agreement(item) for item in _one_or_more(table, "agreement")),
        groups=tuple(_group(item) for item in table.tables("groups")),
        after=table.integer("after"),
        signatories=table.integer("signatories"),
        published=not table.has("published") or table.flag("published"),
    )
    if phase.signatories is not None and not 2 <= phase.signatories <= 5:
        table.fault("signatories", "ต้องอยู่ระหว่าง %(least)s ถึง %(most)s", least=2, most=5)
    if any(agreement.number is None for agreement in phase.agreements[1:]):
        table.fault("agreement", "ข้อตกลงที่สองเป็นต้นไปต้องมีเลขที่")
    if phase.ends_on <= phase.starts_on:
        table.fault("ends_on", "ต้องมาหลัง starts_on")
    table.done()
    return phase


def _agreement(table: Table) -> AgreementStated:
    agreement = AgreementStated(
        table.flag("signed"), table.string("number"), table.day("signed_on"), table.baht("amount_baht"),
        table.strings("deliverables"),
    )  # fmt: skip
    table.done()
    return agreement


def _group_on(table: Table) -> GroupOn:
    settings = table.table("settings")
    group = GroupOn(table.need_slug("slug"), _pairs(settings))
    table.done()
    return group


def _pairs(settings: Table | None) -> tuple[tuple[str, object], ...]:
    return () if settings is None else tuple((key, settings.raw(key)) for key in settings)


def _group(table: Table) -> GroupStated:
    settings = table.table("settings")
    group = GroupStated(
        slug=table.need_slug("slug"),
        register=table.one_of("register", REGISTERS) or "target_list",
        source=table.one_of("source", SOURCES) or "survey",
        districts=table.strings("districts"),
        settings=_pairs(settings),
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
        table.fault("amount_baht", "ระบุ amount_baht หรือระบุ min_baht กับ max_baht อย่างใดอย่างหนึ่ง")
    return BenefitStated(slug, least if amount is None and least is not None else amount or 0, most or amount or 0)


def _target(table: Table) -> TargetStated:
    measure, district, count = table.need_slug("measure"), table.string("district"), table.integer("count")
    least, most, quarter = table.integer("min"), table.integer("max"), table.integer("quarter")
    table.done()
    if (count is None) == (least is None or most is None):
        table.fault("count", "ระบุ count หรือระบุ min กับ max อย่างใดอย่างหนึ่ง")
    return TargetStated(measure, least or count or 0, most or count or 0, district, quarter)


def _need_day(table: Table, key: str) -> date:
    day = table.day(key)
    if day is None:
        table.fault(key, "ยังไม่ได้ระบุ")
    return day or date.min


def _one_or_more(table: Table, key: str) -> Iterator[Table]:
    """One table, or a list of them."""
    if isinstance(table.raw(key), list):
        yield from table.tables(key)
    elif (one := table.table(key)) is not None:
        yield one


def _words(table: Table, key: str) -> Text | None:
    """A name. People need not give the English of names that they type, so a file need not either."""
    inner = table.table(key)
    if inner is None:
        return None
    words = Text(inner.need_string("th"), inner.string("en") or "")
    inner.done()
    return words


def _need_words(table: Table, key: str) -> Text:
    if not table.has(key):
        table.fault(key, "ยังไม่ได้ระบุ")
    return _words(table, key) or Text("", "")
