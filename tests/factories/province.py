"""A small province to work in: Lampang with its areas, one phase, target groups that are on, and people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, text
from sqlalchemy.orm import Session

from samoe.casework.enrolments import actions as enrolments
from samoe.db.engine import engine
from samoe.db.table import new_id
from samoe.identity import Actor
from samoe.identity.models import Account, Membership
from samoe.kit.clock import BANGKOK
from samoe.programmes.models import Phase, PhaseGroup, Programme
from samoe.programmes.phases import queries as phases
from samoe.registry.institutions import actions as institutions
from samoe.registry.persons.facts import PersonFacts
from samoe.settings import Settings
from samoe.targetgroups import enabling
from samoe.tenancy import EVERYTHING, areas, tenant_session
from samoe.tenancy.models import area_mask
from tests.conftest import Database

PHASE = (date(2021, 1, 15), date(2022, 1, 14))
NEXT = (date(2022, 1, 15), date(2023, 1, 14))
PUBLISHED = datetime(2021, 1, 15, tzinfo=BANGKOK)
MAE_MO, NGAO, CHAE_HOM = "520201", "520501", "520601"
"""A subdistrict each of the districts 5202 แม่เมาะ, 5205 งาว and 5206 แจ้ห่ม."""


@dataclass
class Province:
    """The tenant, with what its tests speak of."""

    settings: Settings
    tenant_id: int = 52
    slug: str = "lampang"
    phase_id: UUID = field(default_factory=new_id)
    next_phase_id: UUID = field(default_factory=new_id)
    members: dict[str, UUID] = field(default_factory=dict)

    def actor(
        self,
        role: str = "province_lead",
        *,
        districts: tuple[str, ...] | None = None,
        groups: tuple[str, ...] | None = None,
        institution_ids: tuple[UUID, ...] | None = None,
        own_caseload: bool = False,
    ) -> Actor:
        """A member with a role and a scope, who has a membership row."""
        membership_id = self._membership(role)
        return Actor(
            tenant_id=self.tenant_id, tenant_slug=self.slug, tenant_kind="province", tenant_name_th="ลำปาง",
            tenant_name_en="Lampang", role=role, name=role, membership_id=membership_id,
            area_mask=EVERYTHING if districts is None else area_mask(list(districts)),
            group_mask=EVERYTHING if groups is None else self.group_mask(groups), group_slugs=groups,
            district_codes=districts, institution_ids=institution_ids, own_caseload=own_caseload,
        )  # fmt: skip

    def _membership(self, role: str) -> UUID:
        if role not in self.members:
            with self.work(self._whole()) as db:
                account = Account(username=f"{self.slug}-{role}-{len(self.members)}", display_name=role)
                db.add(account)
                db.flush()
                made = Membership(account_id=account.id, role=role, area_mask=EVERYTHING)
                db.add(made)
                db.flush()
                self.members[role] = made.id
        return self.members[role]

    def _whole(self) -> Actor:
        return Actor(
            tenant_id=self.tenant_id, tenant_slug=self.slug, tenant_kind="province", tenant_name_th="ลำปาง",
            tenant_name_en="Lampang", role="province_lead", name="lead",
        )  # fmt: skip

    @contextmanager
    def work(self, actor: Actor | None = None) -> Iterator[Session]:
        """One transaction as an actor; the lead when none is named."""
        who = actor or self._whole()
        with tenant_session(who.scope, self.settings) as db:
            yield db

    @contextmanager
    def trying(self, actor: Actor | None = None) -> Iterator[Session]:
        """As ``work``, but nothing is kept."""
        with self.work(actor) as db:
            yield db
            db.flush()
            db.rollback()

    def group_mask(self, slugs: tuple[str, ...]) -> int:
        with self.work() as db:
            return sum(enabling.group_or_404(db, slug).mask for slug in slugs)

    def enrol(
        self, slug: str, name: str = "ปุณณดา", *, area: str = NGAO, born: date | None = None,
        answers: Mapping[str, Any] | None = None, institution_id: UUID | None = None, identifier: str = "",
        actor: Actor | None = None, person_id: UUID | None = None,
    ) -> tuple[UUID, UUID]:  # fmt: skip
        """A person in a group; (person, enrolment). With ``person_id`` somebody who is known already."""
        who = actor or self.actor()
        with self.work(who) as db:
            group = enabling.group_or_404(db, slug)
            phase = phases.phase(db, self.phase_id)
            if person_id is not None:
                return person_id, enrolments.enrol(
                    db, who, group, phase, person_id=person_id, area_code=area, answers=answers,
                    institution_id=institution_id,
                )  # fmt: skip
            facts = PersonFacts(
                name, "แสนคำหล้า", birth_date=born, birth_precision="day" if born else "unknown", area_code=area
            )
            return enrolments.enrol_new_person(
                db, who, group, phase, facts, identifier=identifier, institution_id=institution_id, answers=answers
            )

    def centre(self, name: str = "ศพด. บ้านน้ำล้อม", *, area: str = NGAO) -> UUID:
        """A child development centre."""
        who = self.actor()
        with self.work(who) as db:
            return institutions.add_institution(db, who, kind="child_centre", name=name, area_code=area)


def _areas(connection: Connection, province_code: str) -> None:
    """The areas of one province only: loading the whole country is a test of its own."""
    province = areas.find(province_code)
    assert province is not None
    rows = [province, *areas.districts(province_code), *areas.subdistricts(province_code)]
    connection.execute(
        text("insert into areas (code, kind, name_th, name_en, parent_code) values (:code, :kind, :th, :en, :parent)"),
        [{"code": a.code, "kind": a.kind, "th": a.th, "en": a.en, "parent": a.parent_code} for a in rows],
    )


def open_lampang(
    database: Database, home: Path, groups: Mapping[str, str], *, register: str = "population"
) -> Province:
    """Lampang with one phase and the next. ``groups`` maps each slug to what its file is (list or survey)."""
    province = Province(database.settings(home))
    with engine(province.settings.dsn("app")).begin() as connection:
        _areas(connection, "52")
        connection.execute(
            text(
                "insert into tenants (id, public_id, slug, kind, name_th, name_en, province_code)"
                " values (52, gen_random_uuid(), 'lampang', 'province', 'ลำปาง', 'Lampang', '52')"
            )
        )
    lead = province.actor()
    with province.work(lead) as db:
        programme = Programme(name_th="ลำปาง", name_en="Lampang", since_year=2019)
        db.add(programme)
        db.flush()
        for number, days, phase_id, before in (
            (2, PHASE, province.phase_id, None), (3, NEXT, province.next_phase_id, province.phase_id),
        ):  # fmt: skip
            db.add(
                Phase(
                    id=phase_id,
                    programme_id=programme.id,
                    number=number,
                    starts_on=days[0],
                    ends_on=days[1],
                    predecessor_id=before,
                    published_at=PUBLISHED,
                )
            )
            db.flush()
            for slug, source in groups.items():
                db.add(PhaseGroup(phase_id=phase_id, group_slug=slug, register=register, source=source))
        for slug in groups:
            enabling.enable(db, lead, slug)
    return province
