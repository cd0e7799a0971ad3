"""The record of processing of one province: from the dictionary, its target groups, and whom data really went to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from samoe.casework.models import Referral
from samoe.funding.batches.models import Payment
from samoe.funding.requests.models import FundingRequest
from samoe.i18n import gettext as _
from samoe.i18n import pick
from samoe.identity import Actor, Permission, require
from samoe.identity.models import Account, Membership
from samoe.privacy.dictionary import KIND_WORDS, Activity, activities, dictionary
from samoe.privacy.models import PrivacyRequest
from samoe.privacy.record.words import BASIS_WORDS, RECIPIENT_WORDS, SINCE_WORDS, SUBJECT_WORDS
from samoe.privacy.requests.words import GROUND_WORDS
from samoe.privacy.requests.words import KIND_WORDS as REQUEST_WORDS
from samoe.programmes.models import LeadOrganisation, PartnerOrg
from samoe.targetgroups.enabling import EnabledGroup, enabled, kept
from samoe.tenancy import current

DEFAULT_KEEP = 5
"""Years for which an answer is kept where its question does not say."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a target group: what it is for, whether it is sensitive, how long its answer is kept."""

    label: str
    purpose: str
    sensitive: bool
    keep: int


@dataclass(frozen=True, slots=True)
class Group:
    """A target group whose data are kept, with what it asks."""

    name: str
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One activity, in words."""

    key: str
    purpose: str
    subjects: tuple[str, ...]
    kinds: tuple[str, ...]
    basis: tuple[str, ...]
    sensitive: tuple[str, ...]
    recipients: tuple[str, ...]
    keep: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """A refused request, as the Act wants it noted (s.39 (7))."""

    on: date | None
    kind: str
    ground: str


@dataclass(frozen=True, slots=True)
class Record:
    """The whole record. ``controllers`` and ``officers`` are names; ``went_to`` are real recipients, with counts."""

    controllers: tuple[str, ...]
    officers: tuple[str, ...]
    lines: tuple[Line, ...]
    groups: tuple[Group, ...]
    went_to: tuple[tuple[str, int], ...]
    refusals: tuple[Refusal, ...]


def record(db: Session, actor: Actor) -> Record:
    """The record as of now, in the language of the moment."""
    require(actor, Permission.PRIVACY_READ)
    return Record(
        _controllers(db, actor), _officers(db), tuple(_line(one) for one in activities().values()), _groups(db),
        tuple(_went_to(db)), _refusals(db),
    )  # fmt: skip


def _line(one: Activity) -> Line:
    kinds = {
        entry.kind: None
        for table in dictionary().values()
        if table.activity == one.key
        for entry in table.columns
        if entry.kind not in {"pseudonym"}
    }
    return Line(
        one.key, pick(one.th, one.en), _words(one.subjects, SUBJECT_WORDS), _words(kinds, KIND_WORDS),
        _words(one.basis, BASIS_WORDS), _words(one.sensitive, BASIS_WORDS), _words(one.recipients, RECIPIENT_WORDS),
        _("%(n)s ปี %(since)s", n=one.keep, since=_(SINCE_WORDS[one.since])),
    )  # fmt: skip


def _words(keys: Any, words: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(_(words[key]) for key in keys)


def _named(group: EnabledGroup, on: set[UUID]) -> str:
    name = pick(group.manifest.name.th, group.manifest.name.en)
    return name if group.id in on else _("%(group)s (ปิดใช้อยู่ ข้อมูลยังเก็บไว้)", group=name)


def _groups(db: Session) -> tuple[Group, ...]:
    on = {group.id for group in enabled(db)}
    return tuple(
        Group(
            _named(group, on),
            tuple(
                Question(
                    pick(field.label.th, field.label.en),
                    pick(field.purpose.th, field.purpose.en) if field.purpose else "",
                    field.sensitive, field.keep_years or DEFAULT_KEEP,
                )
                for field in group.manifest.fields
            ),
        )
        for group in kept(db)
    )  # fmt: skip


def _controllers(db: Session, actor: Actor) -> tuple[str, ...]:
    o = LeadOrganisation
    rows = db.execute(
        select(o.name_th, o.name_en).where(o.tenant_id == current().tenant_id, o.to_on.is_(None)).order_by(o.name_th)
    )
    leads = [pick(row.name_th, row.name_en) for row in rows]
    fund = _("กองทุนเพื่อความเสมอภาคทางการศึกษา (กสศ.)")
    return tuple(dict.fromkeys([*(leads or [actor.tenant_name]), fund]))


def _officers(db: Session) -> tuple[str, ...]:
    m = Membership
    return tuple(
        db.scalars(
            select(Account.display_name)
            .join(m, m.account_id == Account.id)
            .where(m.tenant_id == current().tenant_id, m.role == "dpo", m.disabled_at.is_(None))
            .order_by(Account.display_name)
        )
    )


def _went_to(db: Session) -> list[tuple[str, int]]:
    here = current().tenant_id
    r, p, q, y = Referral, PartnerOrg, FundingRequest, Payment
    found = [
        (pick(row.name_th, row.name_en), int(row.n))
        for row in db.execute(
            select(p.name_th, p.name_en, func.count().label("n"))
            .join(r, (r.tenant_id == p.tenant_id) & (r.to_partner_id == p.id))
            .where(p.tenant_id == here)
            .group_by(p.name_th, p.name_en)
            .order_by(p.name_th)
        )
    ]
    others = db.scalar(select(func.count()).where(r.tenant_id == here, r.to_partner_id.is_(None))) or 0
    sent = db.scalar(select(func.count()).where(q.tenant_id == here, q.submitted_at.is_not(None))) or 0
    banked = db.scalar(select(func.count()).where(y.tenant_id == here, y.account_no.is_not(None))) or 0
    rest = (
        (_("หน่วยรับส่งต่ออื่นและสถานศึกษา"), others), (_("กสศ. ทางคำของบประมาณ"), sent), (_("ธนาคาร ทางไฟล์โอนเงิน"), banked),
    )  # fmt: skip
    return [*found, *((name, n) for name, n in rest if n)]


def _refusals(db: Session) -> tuple[Refusal, ...]:
    q = PrivacyRequest
    rows = db.execute(
        select(q.closed_on, q.kind, q.ground)
        .where(q.tenant_id == current().tenant_id, q.state == "refused")
        .order_by(q.closed_on.desc())
    )
    return tuple(Refusal(row.closed_on, _(REQUEST_WORDS[row.kind]), _(GROUND_WORDS[row.ground])) for row in rows)
