"""Memberships: what may be given, what excludes what, and how they end."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text

from samoe.identity import Permission, Refused, accounts
from samoe.identity.member_list import member, members, role_counts
from samoe.identity.members import add_member, disable_member, enable_member, end_member
from samoe.identity.restore import actor_for, actor_of_member
from samoe.identity.scopes import Reach
from samoe.kit.problem import Conflict, NotFound, Problem
from samoe.tenancy import EVERYTHING, Scope, tenant_session
from tests.fixtures_people import People

TODAY = datetime.now(ZoneInfo("Asia/Bangkok")).date()


def new_account(people: People, username: str) -> UUID:
    with people.work("lampang.lead") as db:
        return accounts.create(db, username=username, name="คนใหม่ ทดสอบ").id


def add(people: People, by: str, account: UUID, role: str, reach: Reach | None = None) -> UUID:
    with people.work(by) as db:
        return add_member(db, people.actor(by), account_id=account, role=role, reach=reach)


def test_only_a_keeper_of_members_gives_roles(people: People) -> None:
    account = new_account(people, "new.person")
    for name in ("lampang.officer", "lampang.coordinator", "lampang.governor", "fund.analyst"):
        with pytest.raises(Refused):
            add(people, name, account, "committee_viewer")


def test_a_coordinator_without_districts_reaches_nothing(people: People) -> None:
    account = new_account(people, "new.person")
    add(people, "lampang.lead", account, "district_coordinator")
    actor = actor_for(people.settings, "new.person")
    assert (actor.area_mask, actor.district_codes) == (0, ())
    assert not actor.scope.whole


@pytest.mark.parametrize(
    ("role", "reach", "mask", "own"),
    [
        ("district_coordinator", Reach(("5206",)), 1 << 6, True),
        ("partner_manager", Reach(("5202", "5205"), ("out_of_school",)), 1 << 2 | 1 << 5, True),
        ("centre_head", Reach(), EVERYTHING, False), ("lao_officer", Reach(institutions=(uuid4(),)), EVERYTHING, False),
        ("field_worker", Reach(), EVERYTHING, False), ("province_officer", Reach(), EVERYTHING, True),
    ],
)  # fmt: skip
def test_a_role_narrows_as_it_says(people: People, role: str, reach: Reach, mask: int, own: bool) -> None:
    account = new_account(people, "new.person")
    made = add(people, "lampang.lead", account, role, reach)
    actor = actor_of_member(people.settings, 52, made)
    assert actor
    assert actor.area_mask == mask
    assert actor.scope.own_all is own
    assert actor.scope.worker == (made if role == "field_worker" else None)


def test_an_operator_reaches_no_row_at_all(people: People) -> None:
    actor = people.actor("fund.operator")
    assert (actor.area_mask, actor.group_mask, actor.institution_ids, actor.national) == (0, 0, (), False)


@pytest.mark.parametrize("role", ["fund_reviewer", "operator", "no_such_role", ""])
def test_a_province_gives_only_its_own_roles(people: People, role: str) -> None:
    with pytest.raises(Problem) as told:
        add(people, "lampang.lead", new_account(people, "new.person"), role)
    assert told.value.field == "role"


def test_districts_of_elsewhere_are_refused(people: People) -> None:
    account = new_account(people, "new.person")
    for code in ("8303", "520601", "9999", "52"):
        with pytest.raises(Problem):
            add(people, "lampang.lead", account, "district_coordinator", Reach((code,)))


def test_incompatible_roles_are_refused_with_both_names_in_one_tenant_and_across_tenants(people: People) -> None:
    account = new_account(people, "new.person")
    add(people, "lampang.lead", account, "finance_officer")
    with pytest.raises(Problem) as told:
        add(people, "lampang.lead", account, "signatory")
    assert "เจ้าหน้าที่การเงินโครงการ" in str(told.value)
    assert "ผู้มีอำนาจลงนามสั่งจ่าย" in str(told.value)
    with pytest.raises(Problem):
        add(people, "phuket.lead", account, "province_lead")
    with pytest.raises(Problem):
        add(people, "fund.admin", account, "fund_approver")


def test_the_database_itself_refuses_incompatible_roles(people: People) -> None:
    """Whatever the code above it forgets."""
    account = new_account(people, "new.person")
    add(people, "lampang.lead", account, "province_lead")
    insert = text("insert into memberships (id, account_id, role, area_mask) values (gen_random_uuid(), :a, :r, -1)")
    for tenant in (52, 83):
        with pytest.raises(Exception, match="excludes"), tenant_session(Scope(tenant), people.settings) as db:
            db.execute(insert, {"a": account, "r": "signatory"})
    with tenant_session(Scope(52), people.settings) as db:
        db.execute(insert, {"a": account, "r": "committee_viewer"})
    change = text("update memberships set role = 'signatory' where account_id = :a and role = 'committee_viewer'")
    with pytest.raises(Exception, match="excludes"), tenant_session(Scope(52), people.settings) as db:
        db.execute(change, {"a": account})


def test_two_grants_at_the_same_moment_do_not_pass_unseen(people: People) -> None:
    account = new_account(people, "new.person")

    def grant(place: tuple[str, str]) -> str:
        try:
            add(people, place[0], account, place[1])
        except Problem:
            return "refused"
        return "given"

    with ThreadPoolExecutor(2) as pool:
        said = list(pool.map(grant, [("lampang.lead", "province_officer"), ("phuket.lead", "signatory")]))
    assert sorted(said) == ["given", "refused"]


def test_roles_that_follow_one_another_do_not_exclude(people: People) -> None:
    account, today = new_account(people, "new.person"), TODAY
    lead = people.actor("lampang.lead")
    with people.work("lampang.lead") as db:
        add_member(db, lead, account_id=account, role="finance_officer", ends_on=today + timedelta(5))
        add_member(db, lead, account_id=account, role="signatory", starts_on=today + timedelta(6))
    with pytest.raises(Problem), people.work("lampang.lead") as db:
        add_member(db, lead, account_id=account, role="province_lead", starts_on=today + timedelta(5))


def test_the_same_role_is_not_given_twice(people: People) -> None:
    account = new_account(people, "new.person")
    add(people, "lampang.lead", account, "committee_viewer")
    with pytest.raises(Problem):
        add(people, "lampang.lead", account, "committee_viewer")


def test_ending_disabling_and_giving_back(people: People) -> None:
    account = new_account(people, "new.person")
    made = add(people, "lampang.lead", account, "committee_viewer")
    lead, today = people.actor("lampang.lead"), TODAY
    with people.work("lampang.lead") as db:
        disable_member(db, lead, made, reason="ย้ายงาน")
    assert actor_of_member(people.settings, 52, made) is None
    with people.work("lampang.lead") as db, pytest.raises(Conflict):
        disable_member(db, lead, made, reason="ย้ายงาน")
    with people.work("lampang.lead") as db:
        enable_member(db, lead, made, reason="กลับมา")
        kept = member(db, made)
        assert kept
        end_member(db, lead, made, ends_on=today + timedelta(1), row_version=kept.row_version)
        with pytest.raises(Conflict):
            end_member(db, lead, made, ends_on=None, row_version=kept.row_version)
        with pytest.raises(Problem):
            end_member(db, lead, made, ends_on=today - timedelta(400), row_version=kept.row_version + 1)
    with people.work("lampang.lead") as db:
        verbs = db.execute(text("select verb from audit_events where subject_id = :id order by id"), {"id": str(made)})
        assert list(verbs.scalars()) == ["member_added", "member_disabled", "member_enabled", "member_end_set"]


def test_nobody_changes_their_own_membership_and_the_last_keeper_stays(people: People) -> None:
    lead, other = people.actor("lampang.lead"), people.actor("lampang.lead2")
    assert lead.membership_id
    assert other.membership_id
    with people.work("lampang.lead") as db, pytest.raises(Problem):
        disable_member(db, lead, lead.membership_id, reason="x")
    with people.work("lampang.lead") as db:
        disable_member(db, lead, other.membership_id, reason="x")
    with people.work("lampang.lead") as db, pytest.raises(Problem, match="คนสุดท้าย"):
        disable_member(db, other, lead.membership_id, reason="x")


def test_another_tenants_membership_is_not_found(people: People) -> None:
    phuket = people.actor("phuket.ngo").membership_id
    assert phuket
    for member_id in (phuket, uuid4()):
        with people.work("lampang.lead") as db, pytest.raises(NotFound):
            disable_member(db, people.actor("lampang.lead"), member_id, reason="x")
        with people.work("lampang.lead") as db:
            assert member(db, member_id) is None


def test_the_list_shows_this_tenant_only_and_the_fund_keeps_its_own(people: People) -> None:
    with people.work("phuket.lead") as db:
        assert {one.username for one in members(db)} == {"phuket.lead", "phuket.officer", "phuket.ngo", "lampang.both"}
        assert [one.username for one in members(db, search="ถลาง")] == ["phuket.lead"]
        assert [one.username for one in members(db, role="partner_manager")] == ["phuket.ngo"]
        assert role_counts(db, TODAY)["province_lead"] == 1
    with people.work("fund.admin") as db:
        assert {one.username.split(".")[0] for one in members(db)} == {"fund"}
    made = new_account(people, "fund.new")
    member_id = add(people, "fund.admin", made, "fund_analyst")
    with people.work("fund.admin") as db:
        disable_member(db, people.actor("fund.admin"), member_id, reason="x")


def test_who_may_act_for_whom_on_the_command_line(people: People) -> None:
    assert actor_for(people.settings, "LAMPANG.coordinator").district_codes == ("5206",)
    with pytest.raises(Problem, match="หลายสิทธิ์"):
        actor_for(people.settings, "lampang.both")
    assert actor_for(people.settings, "lampang.both", "phuket").tenant_slug == "phuket"
    for username, tenant in (("nobody", None), ("lampang.lead", "phuket")):
        with pytest.raises(Problem):
            actor_for(people.settings, username, tenant)


def test_the_service_itself_holds_every_permission_in_one_tenant(people: People) -> None:
    system = actor_of_member(people.settings, 52, None)
    assert system
    assert system.permissions == frozenset(Permission)
    assert (system.tenant_slug, system.membership_id, system.national) == ("lampang", None, False)
    assert system.role_name == "ทำโดยโปรแกรม"
    assert actor_of_member(people.settings, 99, None) is None
