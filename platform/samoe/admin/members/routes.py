"""Members."""

from __future__ import annotations

from uuid import UUID

from samoe.admin.members import actions, forms, queries
from samoe.admin.second_factor.actions import reset
from samoe.i18n import gettext as _
from samoe.identity import Permission, members, second_factor
from samoe.identity.member_list import PAGE, Member, institutions_of, member
from samoe.identity.member_list import members as listed
from samoe.kit import ids
from samoe.kit.problem import NotFound
from samoe.registry.institutions import queries as institutions
from samoe.web import Context, MenuItem, Page, get, post, redirect
from samoe.web.page import Answer

MANAGE = Permission.MEMBER_MANAGE


@get("/members", MANAGE, words=True)
def index(ctx: Context) -> Answer:
    """Everyone, by name; those who are no longer members only when asked for."""
    role, past = ctx.query.text("role"), ctx.query.text("past") == "1"
    found = listed(
        ctx.db, role=role, search=ctx.words.text, today=None if past else ctx.today,
        after=ids.read(ctx.query.text("after")),
    )  # fmt: skip
    more = found[PAGE - 1] if len(found) > PAGE else None
    return Page(
        "admin/members.html",
        {
            "members": found[:PAGE], "more": more, "role": role, "past": past,
            "roles": queries.role_choices(ctx.actor.tenant_kind), "groups": queries.groups_by_slug(ctx.db, ctx.actor),
        },
        block="rows",
    )  # fmt: skip


@get("/members/new", MANAGE)
def new(ctx: Context) -> Answer:
    """The form for one more."""
    return Page(
        "admin/member_new.html",
        {
            "roles": queries.role_choices(ctx.actor.tenant_kind), "districts": queries.districts(ctx.db, ctx.actor),
            "groups": queries.groups_by_slug(ctx.db, ctx.actor),
        },
    )  # fmt: skip


@post("/members/new", MANAGE, again=new)
def add(ctx: Context) -> Answer:
    """One more. A new account's first password is shown on this answer and never again."""
    form = forms.read_member(
        ctx.form,
        [choice.role.slug for choice in queries.role_choices(ctx.actor.tenant_kind)],
        [area.code for area in queries.districts(ctx.db, ctx.actor)],
        list(queries.groups_by_slug(ctx.db, ctx.actor)),
    )
    made = actions.add(ctx.db, ctx.actor, form)
    if made is None:
        return redirect("/members", toast=_("เพิ่มสมาชิกแล้ว"))
    return Page("admin/member_password.html", {"account": made, "fresh": True})


@get("/members/{member_id:uuid}", MANAGE)
def show(ctx: Context, member_id: UUID) -> Answer:
    """One membership, and what may be done with it."""
    kept = _member(ctx, member_id)
    scope = next((c for c in queries.role_choices(ctx.actor.tenant_kind) if c.role.slug == kept.role), None)
    own = institutions_of(ctx.db, member_id)
    names = [institutions.get(ctx.db, one).name for one in own] if own and not ctx.actor.national else []
    return Page(
        "admin/member.html",
        {
            "member": kept, "choice": scope, "institutions": names, "state": kept.state(ctx.today),
            "groups": queries.groups_by_slug(ctx.db, ctx.actor),
            "second_factor": second_factor.is_on(ctx.db, kept.account_id),
        },
    )  # fmt: skip


@post("/members/{member_id:uuid}/end", MANAGE, again=show)
def end(ctx: Context, member_id: UUID) -> Answer:
    """Set, move or take away the last day."""
    ends_on, version = forms.read_end(ctx.form)
    members.end_member(ctx.db, ctx.actor, member_id, ends_on=ends_on, row_version=version)
    return redirect(f"/members/{member_id}", toast=_("บันทึกวันสิ้นสุดแล้ว"))


@post("/members/{member_id:uuid}/disable", MANAGE, again=show)
def disable(ctx: Context, member_id: UUID) -> Answer:
    members.disable_member(ctx.db, ctx.actor, member_id, reason=forms.read_reason(ctx.form))
    return redirect(f"/members/{member_id}", toast=_("ปิดสิทธิ์แล้ว คนนี้ใช้บทบาทนี้ไม่ได้ตั้งแต่นี้"))


@post("/members/{member_id:uuid}/enable", MANAGE, again=show)
def enable(ctx: Context, member_id: UUID) -> Answer:
    members.enable_member(ctx.db, ctx.actor, member_id, reason=forms.read_reason(ctx.form))
    return redirect(f"/members/{member_id}", toast=_("คืนสิทธิ์แล้ว"))


@post("/members/{member_id:uuid}/password", MANAGE, again=show, fresh=True)
def reset_password(ctx: Context, member_id: UUID) -> Answer:
    """A new first password, shown on this answer and never again."""
    made = actions.reset_password(ctx.db, ctx.actor, member_id)
    return Page("admin/member_password.html", {"account": made, "fresh": False})


@post("/members/{member_id:uuid}/second-factor", MANAGE, again=show, fresh=True)
def reset_second_factor(ctx: Context, member_id: UUID) -> Answer:
    """For a member who lost telephone and recovery codes."""
    reset(ctx.db, ctx.actor, member_id)
    return redirect(f"/members/{member_id}", toast=_("ปิดการยืนยันตัวตนสองชั้นของคนนี้แล้ว และออกจากระบบทุกอุปกรณ์ของเขา"))


@get("/members/{member_id:uuid}/institutions", MANAGE)
def reach(ctx: Context, member_id: UUID) -> Answer:
    """Which institutions a member is for, a district at a time."""
    kept, places = _member(ctx, member_id), queries.districts(ctx.db, ctx.actor)
    if not places:
        raise NotFound
    district = ctx.query.text("district") or ctx.form.text("district") or places[0].code
    shown = institutions.listed(ctx.db, district=district, limit=300)
    return Page(
        "admin/member_institutions.html",
        {
            "member": kept, "districts": places, "district": district, "shown": shown,
            "own": institutions_of(ctx.db, member_id),
        },
    )  # fmt: skip


@post("/members/{member_id:uuid}/institutions", MANAGE, again=reach)
def set_reach(ctx: Context, member_id: UUID) -> Answer:
    shown, ticked = forms.read_institutions(ctx.form)
    _member(ctx, member_id)
    for one in ticked:
        institutions.get(ctx.db, one)
    wanted = queries.merged(institutions_of(ctx.db, member_id), shown, ticked)
    members.give_institutions(ctx.db, ctx.actor, member_id, wanted)
    return redirect(f"/members/{member_id}", toast=_("บันทึกสถานศึกษาที่ดูแลแล้ว %(n)s แห่ง", n=len(wanted)))


def _member(ctx: Context, member_id: UUID) -> Member:
    found = member(ctx.db, member_id)
    if found is None:
        raise NotFound
    return found


routes = [index, new, add, show, end, disable, enable, reset_password, reset_second_factor, reach, set_reach]
menu = [MenuItem("สมาชิก", "/members", MANAGE, order=85, part="setup")]
