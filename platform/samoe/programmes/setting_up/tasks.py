"""The tasks of setting a phase up: how far each is, what it lacks, and what of that blocks publishing. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from samoe.i18n import gettext as _
from samoe.i18n import pick
from samoe.programmes import wording
from samoe.programmes.models import SETUP_TASKS
from samoe.programmes.overview import GroupRow
from samoe.programmes.setting_up.facts import Facts, Look

TITLE_LABELS = {
    "phase": "ระยะและวัน", "groups": "กลุ่มเป้าหมาย", "areas": "พื้นที่ดำเนินงานของแต่ละกลุ่ม", "criteria": "เกณฑ์คัดกรอง",
    "benefits": "เงินช่วยเหลือ", "targets": "เป้าหมายรายอำเภอและไตรมาส", "lead": "องค์กรหลัก", "partners": "หน่วยงานภาคี",
    "committee": "คณะกรรมการและประกาศแต่งตั้ง", "agreement": "ข้อตกลงกับ กสศ.", "members": "สมาชิกสำหรับงานที่ต้องแยกคน",
}  # fmt: skip
STATE_LABELS = {
    "none": "ยังไม่เริ่ม", "part": "กำลังทำ", "looked": "ดูแล้ว ยังไม่ครบ", "done": "เสร็จแล้ว", "stuck": "ยังทำไม่ได้",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Lack:
    """One thing that a task lacks, where to mend it, and whether the phase cannot be published without it."""

    text: str
    href: str
    blocks: bool = True


@dataclass(frozen=True, slots=True)
class Task:
    """One line of the list. ``state`` is a key of ``STATE_LABELS``; ``said`` sums up what is there, and ``why`` says
    why a task that is ``stuck`` cannot be begun."""

    slug: str
    href: str
    state: str
    said: str = ""
    lacks: tuple[Lack, ...] = ()
    why: str = ""
    look: Look | None = None

    @property
    def title(self) -> str:
        return _(TITLE_LABELS[self.slug])

    @property
    def label(self) -> str:
        return _(STATE_LABELS[self.state])

    @property
    def blocking(self) -> tuple[Lack, ...]:
        return tuple(lack for lack in self.lacks if lack.blocks)


@dataclass(frozen=True, slots=True)
class _Found:
    """What a task consists of, before it is known how far that is. ``begun``: somebody has entered something."""

    href: str
    begun: bool
    said: str = ""
    lacks: tuple[Lack, ...] = ()
    stuck: str = ""


def tasks(known: Facts) -> tuple[Task, ...]:
    """All of them, in the order of the page."""
    return tuple(_task(slug, _TASKS[slug](known), known.looks.get(slug)) for slug in SETUP_TASKS)


def blocking(found: Iterable[Task]) -> tuple[Lack, ...]:
    """What must be mended before the phase can be published."""
    return tuple(lack for task in found for lack in task.blocking)


def _task(slug: str, found: _Found, look: Look | None) -> Task:
    if found.stuck:
        return Task(slug, found.href, "stuck", why=found.stuck, lacks=found.lacks)
    if not found.lacks:
        return Task(slug, found.href, "done", found.said)
    state = "looked" if look else "part" if found.begun else "none"
    return Task(slug, found.href, state, found.said, found.lacks, look=look)


def _phase(known: Facts) -> _Found:
    phase, href = known.phase, f"/programme/phases/{known.phase.number}"
    lacks = () if phase.dates_confirmed else (Lack(_("ยังไม่ได้ยืนยันวันเริ่มและวันสิ้นสุด"), href),)
    return _Found(href, begun=True, said=_("%(n)s ไตรมาส", n=len(phase.quarters)), lacks=lacks)


def _groups(known: Facts) -> _Found:
    if not known.groups:
        return _Found("/groups", begun=False, lacks=(Lack(_("ยังไม่ได้เปิดใช้กลุ่มเป้าหมาย"), "/groups"),))
    return _Found("/groups", begun=True, said=" · ".join(row.name for row in known.groups))


def _areas(known: Facts) -> _Found:
    if not known.groups:
        # What blocks is said once, at the groups.
        return _Found("/groups", begun=False, stuck=_("เปิดใช้กลุ่มเป้าหมายก่อน"))
    lacks = tuple(
        Lack(_("%(group)s: ยังไม่ได้เลือกพื้นที่และชนิดของบัญชีรายชื่อ", group=row.name), _at(known, row, "/phase"))
        for row in known.groups
        if row.in_phase is None
    )
    said = _("ตั้งค่าแล้ว %(n)s จาก %(of)s กลุ่ม", n=len(known.groups) - len(lacks), of=len(known.groups))
    return _Found(_first(lacks) or "/groups", len(lacks) < len(known.groups), said, lacks)


def _criteria(known: Facts) -> _Found:
    if not known.groups:
        return _Found("/groups", begun=False, stuck=_("เปิดใช้กลุ่มเป้าหมายก่อน"))
    judged = [row for row in known.groups if row.group.manifest.criteria is not None]
    lacks = [
        Lack(_("%(group)s: ยังไม่ได้ประกาศใช้เกณฑ์", group=row.name), f"/groups/{row.group.slug}/criteria")
        for row in judged
        if row.criteria is None
    ]
    begun = len(lacks) < len(judged) or any(row.draft for row in judged)
    lacks += [
        Lack(_("%(group)s: มีร่างเกณฑ์ที่ยังไม่ประกาศใช้", group=row.name), f"/groups/{row.group.slug}/criteria", blocks=False)
        for row in judged
        if row.criteria is not None and row.draft is not None
    ]
    said = " · ".join(
        _("%(group)s ฉบับที่ %(n)s", group=row.name, n=row.criteria.number) for row in judged if row.criteria
    )
    return _Found(_first(lacks) or "/groups", begun, said or _("กลุ่มที่เปิดใช้ไม่มีเกณฑ์คัดกรอง"), tuple(lacks))


def _benefits(known: Facts) -> _Found:
    if not known.groups:
        return _Found("/groups", begun=False, stuck=_("เปิดใช้กลุ่มเป้าหมายก่อน"))
    declared = [(row, one) for row in known.groups for one in row.group.manifest.benefits]
    lacks = tuple(
        Lack(
            _("%(group)s: ยังไม่ได้กำหนดจำนวนเงินของ%(benefit)s", group=row.name, benefit=pick(one.label.th, one.label.en)),
            _at(known, row, f"/benefits/{one.slug}"),
        )
        for row, one in declared
        if one.slug not in row.benefits
    )
    said = " · ".join(wording.amounts(terms) for row in known.groups for terms in row.benefits.values())
    nothing = _("กลุ่มที่เปิดใช้ไม่มีเงินช่วยเหลือ")
    return _Found(_first(lacks) or "/groups", len(lacks) < len(declared), said if declared else nothing, lacks)


def _targets(known: Facts) -> _Found:
    placed = [row for row in known.groups if row.in_phase is not None]
    if not placed:
        return _Found("/groups", begun=False, stuck=_("เลือกพื้นที่ดำเนินงานของกลุ่มก่อน"))
    lacks = tuple(lack for row in placed for lack in _lacking_targets(known, row))
    begun = any(row.targets for row in placed)
    said = _("ตั้งเป้าแล้ว %(n)s จาก %(of)s กลุ่ม", n=sum(1 for row in placed if row.targets), of=len(placed))
    return _Found(_first(lacks) or "/groups", begun, said, lacks)


def _lacking_targets(known: Facts, row: GroupRow) -> Iterator[Lack]:
    if not row.targets:
        yield Lack(_("%(group)s: ยังไม่ได้ตั้งเป้าหมาย", group=row.name), _at(known, row, "/targets"))
    for measure, found in row.targets.items():
        href = f"{_at(known, row, '/targets')}&measure={measure}"
        if not any(cell.quarter for cell in found.cells):
            yield Lack(_("%(group)s: ยังไม่ได้แบ่งเป้าหมายรายไตรมาส", group=row.name), href, blocks=False)
        together = found.districts_together
        if together is None:
            yield Lack(_("%(group)s: ยังไม่ได้แบ่งเป้าหมายรายอำเภอ", group=row.name), href, blocks=False)
        elif found.whole and together != found.whole:
            said = {"sum": wording.span(together), "whole": wording.span(found.whole)}
            text = _("%(group)s: รายอำเภอรวมกัน %(sum)s ไม่เท่ากับเป้าทั้งจังหวัด %(whole)s", group=row.name, **said)
            yield Lack(text, href, blocks=False)


def _lead(known: Facts) -> _Found:
    if known.lead is None:
        new = "/programme/leads/new"
        return _Found(new, begun=False, lacks=(Lack(_("ยังไม่ได้ระบุองค์กรหลักที่รับผิดชอบเมื่อเริ่มระยะ"), new),))
    said = pick(known.lead.name_th, known.lead.name_en)
    return _Found(f"/programme/leads/{known.lead.id}", begun=True, said=said)


def _partners(known: Facts) -> _Found:
    if not known.partners:
        new = "/programme/partners/new"
        return _Found(new, begun=False, lacks=(Lack(_("ยังไม่มีหน่วยงานภาคีในระยะนี้"), new, blocks=False),))
    return _Found("/programme#partners", begun=True, said=_("%(n)s แห่ง", n=len(known.partners)))


def _committee(known: Facts) -> _Found:
    if not known.committees:
        new = "/programme/committees/new"
        return _Found(new, begun=False, lacks=(Lack(_("ยังไม่มีคณะกรรมการขับเคลื่อน"), new),))
    lacks = []
    for one in known.committees:
        href, name = f"/programme/committees/{one.id}", pick(one.name_th, one.name_en)
        if one.announced_on is None:
            lacks.append(Lack(_("%(name)s: ยังไม่ทราบวันที่ประกาศ", name=name), href, blocks=False))
        if one.document_id is None:
            lacks.append(Lack(_("%(name)s: ยังไม่มีไฟล์ประกาศหรือคำสั่งแต่งตั้ง", name=name), href, blocks=False))
    said = _("%(n)s คณะ", n=len(known.committees))
    return _Found(_first(lacks) or "/programme#committees", begun=True, said=said, lacks=tuple(lacks))


def _agreement(known: Facts) -> _Found:
    if not known.agreements:
        new = f"/programme/agreements/new?phase={known.phase.number}"
        return _Found(new, begun=False, lacks=(Lack(_("ระยะนี้ยังไม่มีข้อตกลงกับ กสศ."), new),))
    lacks = []
    for one in known.agreements:
        href = f"/programme/agreements/{one.id}"
        if one.number is None or one.signed_on is None:
            lacks.append(Lack(_("ยังไม่ทราบเลขที่หรือวันที่ลงนามของข้อตกลง"), href, blocks=False))
        if one.document_id is None:
            lacks.append(Lack(_("ยังไม่มีไฟล์ข้อตกลงที่ลงนามแล้ว"), href, blocks=False))
    said = " · ".join(one.number for one in known.agreements if one.number)
    return _Found(_first(lacks) or "/programme", begun=True, said=said, lacks=tuple(lacks))


def _members(known: Facts) -> _Found:
    lacks = tuple(
        Lack(
            _("%(duty)s: มี %(n)s คน ต้องมีอย่างน้อย %(least)s", duty=_(duty.words), n=duty.held, least=duty.least),
            "/members/new",
        )
        for duty in known.duties
        if not duty.filled
    )
    said = _("ครบ %(n)s จาก %(of)s งาน", n=len(known.duties) - len(lacks), of=len(known.duties))
    return _Found("/members", any(duty.held for duty in known.duties), said, lacks)


def _at(known: Facts, row: GroupRow, page: str) -> str:
    return f"/groups/{row.group.slug}{page}?phase={known.phase.number}"


def _first(lacks: Iterable[Lack]) -> str:
    return next((lack.href for lack in lacks), "")


_TASKS: Mapping[str, Callable[[Facts], _Found]] = {
    "phase": _phase, "groups": _groups, "areas": _areas, "criteria": _criteria, "benefits": _benefits,
    "targets": _targets, "lead": _lead, "partners": _partners, "committee": _committee, "agreement": _agreement,
    "members": _members,
}  # fmt: skip
