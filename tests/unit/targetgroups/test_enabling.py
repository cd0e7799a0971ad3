"""One function decides which groups are on; a bit is for life; what was off comes back as it was."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from samoe.audit.models import AuditEvent
from samoe.identity import Actor, Refused
from samoe.kit.problem import Conflict, NotFound, Problems
from samoe.sdk import Manifest
from samoe.settings import Settings
from samoe.targetgroups import enabling, manifests, rule_versions
from samoe.targetgroups.models import RuleVersion, TenantGroup
from samoe.tenancy import Scope, tenant_session
from tests.factories.manifests import manifest

LEAD = Actor(52, "lampang", "province", "ลำปาง", "Lampang", "province_lead", "ผู้รับผิดชอบ")
VIEWER = replace(LEAD, role="committee_viewer", permissions=frozenset())
GROUPS = {slug: manifest(slug, order) for order, slug in enumerate(("alpha", "beta", "gamma"))}
DAY = date(2021, 3, 1)


@pytest.fixture(autouse=True)
def catalogue(monkeypatch: pytest.MonkeyPatch) -> dict[str, Manifest]:
    installed = dict(GROUPS)
    monkeypatch.setattr(manifests, "catalogue", lambda: installed)
    return installed


@pytest.fixture
def db(settings: Settings) -> Iterator[Session]:
    with tenant_session(Scope(52), settings) as session:
        yield session


def other_tenant(settings: Settings) -> AbstractContextManager[Session]:
    return tenant_session(Scope(83), settings)


def test_a_group_is_on_once_enabled(db: Session) -> None:
    assert enabling.enabled(db) == ()
    made = enabling.enable(db, LEAD, "beta", {"ceiling": 250000})
    assert (made.slug, made.bit, made.mask) == ("beta", 0, 1)
    assert made.settings == {"ceiling": 250000, "reminder": 30, "letters": True}
    assert [group.slug for group in enabling.enabled(db)] == ["beta"]
    assert enabling.group_or_404(db, "beta") == made


def test_enabling_twice_changes_nothing(db: Session) -> None:
    first = enabling.enable(db, LEAD, "alpha")
    assert enabling.enable(db, LEAD, "alpha") == first
    assert len(db.scalars(select(RuleVersion)).all()) == 1


def test_pages_show_groups_in_the_order_of_their_manifests(db: Session) -> None:
    for slug in ("gamma", "alpha", "beta"):
        enabling.enable(db, LEAD, slug)
    assert [group.slug for group in enabling.enabled(db)] == ["alpha", "beta", "gamma"]


def test_a_bit_is_never_used_again_and_data_stay(db: Session) -> None:
    enabling.enable(db, LEAD, "alpha", {"reminder": 7})
    enabling.enable(db, LEAD, "beta")
    enabling.disable(db, LEAD, "beta")
    assert [group.slug for group in enabling.enabled(db)] == ["alpha"]
    assert enabling.enable(db, LEAD, "gamma").bit == 2
    enabling.disable(db, LEAD, "alpha")
    back = enabling.enable(db, LEAD, "alpha")
    assert (back.bit, back.settings["reminder"]) == (0, 7)


def test_off_unknown_and_not_installed_are_the_same_404(db: Session, catalogue: dict[str, Manifest]) -> None:
    enabling.enable(db, LEAD, "alpha")
    enabling.enable(db, LEAD, "beta")
    enabling.disable(db, LEAD, "beta")
    del catalogue["alpha"]
    for slug in ("alpha", "beta", "gamma", "nothing"):
        with pytest.raises(NotFound):
            enabling.group_or_404(db, slug)


def test_a_dash_is_as_good_as_an_underscore(db: Session, catalogue: dict[str, Manifest]) -> None:
    catalogue["two_words"] = manifest("two_words")
    enabling.enable(db, LEAD, "two-words")
    assert enabling.group_or_404(db, "two-words").slug == enabling.group_or_404(db, "two_words").slug


def test_a_member_narrowed_to_some_groups_sees_those_only(settings: Settings, db: Session) -> None:
    for slug in GROUPS:
        enabling.enable(db, LEAD, slug)
    db.commit()
    with tenant_session(Scope(52, group_mask=0b101), settings) as narrow:
        assert [group.slug for group in enabling.enabled(narrow)] == ["alpha", "gamma"]
        with pytest.raises(NotFound):
            enabling.group_or_404(narrow, "beta")
    with tenant_session(Scope(52, group_mask=0), settings) as nothing:
        assert enabling.enabled(nothing) == ()


def test_another_tenant_has_its_own_groups_and_bits(settings: Settings, db: Session) -> None:
    enabling.enable(db, LEAD, "alpha")
    enabling.enable(db, LEAD, "beta")
    db.commit()
    with other_tenant(settings) as theirs:
        assert enabling.enabled(theirs) == ()
        assert rule_versions.versions(theirs, "alpha") == ()
        assert enabling.enable(theirs, replace(LEAD, tenant_id=83), "beta").bit == 0


def test_only_who_may_configure_groups_does(db: Session) -> None:
    with pytest.raises(Refused):
        enabling.enable(db, VIEWER, "alpha")
    enabling.enable(db, LEAD, "alpha")
    with pytest.raises(Refused):
        enabling.disable(db, VIEWER, "alpha")
    with pytest.raises(Refused):
        enabling.update_settings(db, VIEWER, "alpha", {"reminder": 3})


def test_settings_change_one_by_one(db: Session) -> None:
    enabling.enable(db, LEAD, "alpha", {"reminder": 7})
    assert enabling.update_settings(db, LEAD, "alpha", {"ceiling": 200000, "reminder": 7}) == {"ceiling": 200000}
    group = enabling.group_or_404(db, "alpha")
    assert group.settings == {"ceiling": 200000, "reminder": 7, "letters": True}
    assert enabling.update_settings(db, LEAD, "alpha", {"ceiling": 200000}) == {}
    assert enabling.group_or_404(db, "alpha").row_version == group.row_version


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"ceiling": 1_000_001}, "ceiling"),
        ({"ceiling": "3000"}, "ceiling"),
        ({"ceiling": True}, "ceiling"),
        ({"reminder": 0}, "reminder"),
        ({"letters": 1}, "letters"),
        ({"colour": "blue"}, "colour"),
    ],
)
def test_settings_the_manifest_does_not_allow_are_named(db: Session, values: dict[str, object], field: str) -> None:
    enabling.enable(db, LEAD, "alpha")
    with pytest.raises(Problems) as refused:
        enabling.update_settings(db, LEAD, "alpha", values)
    assert [problem.field for problem in refused.value.problems] == [field]


def test_two_people_tuning_at_once_conflict(db: Session) -> None:
    seen = enabling.enable(db, LEAD, "alpha").row_version
    enabling.update_settings(db, LEAD, "alpha", {"reminder": 3}, seen)
    with pytest.raises(Conflict):
        enabling.update_settings(db, LEAD, "alpha", {"reminder": 4}, seen)


def test_shipped_criteria_are_published_with_the_settings_of_the_province(db: Session) -> None:
    enabling.enable(db, LEAD, "alpha", {"ceiling": 250000})
    first = rule_versions.in_force(db, "alpha", DAY)
    assert first is not None
    assert (first.number, first.state, first.effective_on) == (1, "published", None)
    assert first.settings["ceiling"] == 250000
    criteria = GROUPS["alpha"].criteria
    assert criteria is not None
    assert first.tree == criteria.tree
    enabling.update_settings(db, LEAD, "alpha", {"ceiling": 100000})
    assert rule_versions.in_force(db, "alpha", DAY) == first


def test_a_group_without_criteria_has_no_version(db: Session, catalogue: dict[str, Manifest]) -> None:
    catalogue["plain"] = manifest("plain", rules=None)
    enabling.enable(db, LEAD, "plain")
    assert rule_versions.in_force(db, "plain", DAY) is None


@pytest.mark.parametrize(
    "change",
    [
        "set rule = '{}'",
        "set settings = '{}'",
        "set number = 9",
        "set effective_on = '2021-01-01'",
        "set state = 'draft'",
    ],
)
def test_the_database_keeps_what_is_published(db: Session, change: str) -> None:
    enabling.enable(db, LEAD, "alpha")
    with pytest.raises(DatabaseError, match="never changes"):
        db.execute(text(f"update rule_versions {change}"))


def test_what_is_published_may_be_withdrawn_but_not_deleted(db: Session) -> None:
    enabling.enable(db, LEAD, "alpha")
    db.execute(text("update rule_versions set state = 'withdrawn', row_version = row_version + 1"))
    assert rule_versions.in_force(db, "alpha", DAY) is None
    with pytest.raises(DatabaseError, match="never changes"):
        db.execute(text("delete from rule_versions"))


def test_every_switch_is_in_the_audit_trail(db: Session) -> None:
    enabling.enable(db, LEAD, "alpha")
    enabling.update_settings(db, LEAD, "alpha", {"reminder": 3})
    enabling.disable(db, LEAD, "alpha")
    enabling.enable(db, LEAD, "alpha")
    db.flush()
    verbs = db.scalars(select(AuditEvent.verb).order_by(AuditEvent.recorded_at, AuditEvent.id)).all()
    assert verbs == ["enabled", "tuned", "disabled", "enabled"]
    assert db.scalar(select(TenantGroup.enabled))
