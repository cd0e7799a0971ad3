"""Provinces open from their files, in one transaction each; only what a file changes is written again."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select

from samoe.admin import provinces
from samoe.audit.models import AuditEvent
from samoe.i18n import use_locale
from samoe.identity.restore import system_actor
from samoe.kit.problem import Problem
from samoe.programmes.agreements.queries import agreements
from samoe.programmes.benefits.actions import set_benefit
from samoe.programmes.benefits.forms import AmountsForm
from samoe.programmes.benefits.queries import benefit, benefits
from samoe.programmes.committees.queries import committees, seats
from samoe.programmes.groups.queries import districts_in_scope, groups_in_phase
from samoe.programmes.models import Phase
from samoe.programmes.partners.queries import partners
from samoe.programmes.phases.queries import current_phase
from samoe.programmes.programme.queries import lead_on, programme
from samoe.programmes.targets.queries import Span, targets
from samoe.sdk import ManifestError
from samoe.settings import Settings
from samoe.targetgroups.enabling import disable, enabled
from samoe.tenancy import Scope, tenant_session
from samoe.tenancy.models import Tenant
from samoe.tenancy.tenants import tenants


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """Faults are said in the language of the moment."""
    with use_locale("en"):
        yield


ROOT = Path(__file__).parents[3]
DAY = date(2021, 3, 18)
Edit = Callable[[str, str, str], None]


@pytest.fixture
def own(settings: Settings, tmp_path: Path) -> Settings:
    """Settings whose tenants/ is a copy with Lampang and Phuket only."""
    folder = tmp_path / "root" / "tenants"
    for slug in ("lampang", "phuket"):
        shutil.copytree(ROOT / "tenants" / slug, folder / slug)
    shutil.copy(ROOT / "tenants" / "round.toml", folder)
    return replace(settings, root=tmp_path / "root")


@pytest.fixture
def edit(own: Settings) -> Edit:
    def change(slug: str, old: str, new: str) -> None:
        file = own.tenants / slug / "tenant.toml"
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new, 1), encoding="utf-8")

    return change


def keys(applied: list[provinces.Applied], slug: str) -> list[str]:
    return [change.key for one in applied if one.slug == slug for change in one.changes]


def test_all_twenty_provinces_and_the_fund_open(settings: Settings) -> None:
    applied = provinces.apply_all(settings)
    with tenant_session(Scope(1), settings) as db:
        found = tenants(db)
    assert len(found) == len(applied) == 21
    assert (found[0].id, found[0].slug, found[0].kind) == (1, "fund", "fund")
    assert {one.slug for one in found if one.configured} == {"fund", "lampang", "phuket"}
    for one in found[1:]:
        with tenant_session(Scope(one.id), settings) as db:
            assert programme(db) is not None
            assert current_phase(db, DAY) is not None
            assert {"early_childhood", "out_of_school"} <= {group.slug for group in enabled(db)}
    assert all(not one.changes for one in provinces.apply_all(settings))


def test_lampang_is_what_its_source_says(own: Settings) -> None:
    provinces.apply(own, ["lampang"])
    with tenant_session(Scope(52), own) as db:
        lead, phase = lead_on(db, DAY), current_phase(db, DAY)
        assert lead is not None
        assert phase is not None
        assert (lead.name_th, lead.kind) == ("สมัชชาการศึกษานครลำปาง", "assembly")
        assert (phase.number, phase.starts_on, phase.ends_on) == (1, date(2021, 1, 15), date(2022, 1, 14))
        assert not phase.dates_confirmed
        groups = groups_in_phase(db, phase.id)
        assert [group.slug for group in enabled(db)] == [
            "early_childhood", "centre_development", "out_of_school", "special_needs",
        ]  # fmt: skip
        assert (groups["early_childhood"].register, groups["centre_development"].register) == (
            "population",
            "target_list",
        )
        assert len(districts_in_scope("52", groups["early_childhood"])) == 13
        paid = {terms.slug: (terms.min_amount, terms.max_amount) for terms in benefits(db, phase.id)}
        assert paid == {"subsidy": (80_000, 80_000), "grant": (700_000, 2_500_000)}
        assert len(partners(db)) == 9
        assert [partner.district_codes for partner in partners(db) if partner.kind == "district"] == [
            ("5202",), ("5204",), ("5206",), ("5205",),
        ]  # fmt: skip
        assert [committee.appointed_by_th for committee in committees(db)] == ["ประกาศจังหวัดลำปาง"]
        assert agreements(db) == ()


def test_phuket_is_what_its_source_says(own: Settings) -> None:
    provinces.apply(own, ["phuket"])
    with tenant_session(Scope(83), own) as db:
        phase = current_phase(db, DAY)
        assert phase is not None
        assert (phase.number, phase.dates_confirmed, phase.predecessor_number) == (2, True, None)
        assert [(terms.number, terms.amount) for terms in agreements(db, phase.id)] == [(None, None)]
        assert targets(db, phase.id, "out_of_school").total == Span(850, 1000)
        assert targets(db, phase.id, "early_childhood", "processed").total == Span(3217, 3217)
        assert targets(db, phase.id, "early_childhood").total is None
        assert groups_in_phase(db, phase.id)["out_of_school"].source == "list"
        assert [seat.title_th for seat in seats(db)] == ["ประธานโครงการ"]
        assert benefits(db, phase.id) == ()


def test_applying_again_writes_nothing(own: Settings) -> None:
    provinces.apply(own)
    with tenant_session(Scope(52), own) as db:
        before = db.scalar(select(func.count()).select_from(AuditEvent))
    assert all(not applied.changes for applied in provinces.apply(own))
    with tenant_session(Scope(52), own) as db:
        assert db.scalar(select(func.count()).select_from(AuditEvent)) == before


def test_only_what_the_file_changed_is_written(own: Settings, edit: Edit) -> None:
    provinces.apply(own)
    edit("lampang", "max_baht = 25000", "max_baht = 30000")
    edit("lampang", "number = 1", "number = 1\nstarts_on = 2021-02-01\nends_on = 2022-01-31")
    applied = provinces.apply(own)
    assert keys(applied, "lampang") == ["phase 1", "phase 1 centre_development benefit grant"]
    assert keys(applied, "phuket") == []
    assert str(applied[1].changes[1]).endswith("max_amount 2500000 -> 3000000")
    with tenant_session(Scope(52), own) as db:
        phase = current_phase(db, DAY)
        assert phase is not None
        assert (phase.starts_on, phase.dates_confirmed) == (date(2021, 2, 1), True)
        grant = benefit(db, phase.id, "centre_development", "grant")
        assert grant is not None
        assert grant.max_amount == 3_000_000


def test_what_people_changed_stays(own: Settings, edit: Edit) -> None:
    provinces.apply(own)
    with tenant_session(Scope(52), own) as db:
        actor, phase = system_actor(db.get_one(Tenant, 52)), current_phase(db, DAY)
        assert phase is not None
        set_benefit(db, actor, phase.id, "early_childhood", "subsidy", AmountsForm(90_000, 90_000))
        disable(db, actor, "special_needs")
    edit("lampang", "max_baht = 25000", "max_baht = 30000")
    provinces.apply(own)
    with tenant_session(Scope(52), own) as db:
        assert "special_needs" not in [group.slug for group in enabled(db)]
        subsidy = benefit(db, phase.id, "early_childhood", "subsidy")
        assert subsidy is not None
        assert subsidy.max_amount == 90_000


def test_a_tenant_sees_nothing_of_another(own: Settings) -> None:
    provinces.apply(own)
    with tenant_session(Scope(83), own) as db:
        assert db.scalars(select(Phase.number)).all() == [2]
        assert "special_needs" not in [group.slug for group in enabled(db)]
    with tenant_session(Scope(55), own) as db:
        assert (programme(db), partners(db), enabled(db)) == (None, (), ())


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("configured = true", "configured = true\ncolour = 1", "lampang.colour: is not a known key"),
        ('code = "52"', 'code = "99"', "lampang.code: 99 is not the code of a province"),
        ('code = "52"', 'code = "55"', "lampang.name: 55 is น่าน, not ลำปาง"),
        ('["5202"]', '["8302"]', "lampang.partners[3].districts: 8302 is not a district of 52"),
        ('slug = "special_needs"', 'slug = "dragons"', "lampang.phases[0].groups[3].slug: no module called dragons"),
        ('slug = "subsidy"', 'slug = "gold"', "gold is not a benefit of early_childhood"),
        ("amount_baht = 800", "min_baht = 1\nmax_baht = 2", "subsidy is flat"),
        ("amount_baht = 800", "amount_baht = 0.001", "must be an amount in baht"),
        ('kind = "teachers"', 'kind = "wizards"', "lampang.partners[8].kind: must be one of"),
        ("number = 1", "number = 1\nends_on = 2022-01-14", "ends_on go together"),
        (
            'register = "population"\nsource = "survey"\n\n# "ได้',
            'register = "all"\n\n# "ได้',
            "must be one of population",
        ),
        ("configured = true", "configured = ", "is not TOML"),
    ],
)
def test_a_faulty_file_is_named_and_nothing_is_written(
    own: Settings, edit: Edit, old: str, new: str, fault: str
) -> None:
    edit("lampang", old, new)
    with pytest.raises(ManifestError) as refused:
        provinces.apply(own)
    assert fault in str(refused.value)
    with tenant_session(Scope(1), own) as db:
        assert tenants(db) == ()


def test_settings_of_a_group_are_written_in_satang_and_checked(own: Settings, edit: Edit) -> None:
    edit("lampang", 'slug = "subsidy"', 'slug = "subsidy"\n')
    edit("lampang", 'register = "population"', "settings = { income_ceiling = 2500 }\nregister = 'population'")
    provinces.apply(own)
    with tenant_session(Scope(52), own) as db:
        assert enabled(db)[0].settings["income_ceiling"] == 250_000
    edit("lampang", "income_ceiling = 2500", "income_ceiling = -1")
    with pytest.raises(ManifestError, match=r"groups\[0\].settings.income_ceiling"):
        provinces.apply(own)


def test_a_name_without_a_file_is_refused(own: Settings) -> None:
    with pytest.raises(Problem, match="atlantis"):
        provinces.apply(own, ["lampang", "atlantis"])
