"""Members."""

from __future__ import annotations

from uuid import UUID

from samoe.admin.members import actions, forms, queries
from samoe.admin.members.jobs import tell_directory
from samoe.admin.second_factor.actions import reset
from samoe.i18n import gettext as _
from samoe.identity import Permission, members, second_factor
from samoe.identity.directory.standing import Standing, standings
from samoe.identity.member_list import PAGE, Member, institutions_of, member
from samoe.identity.member_list import members as listed
from samoe.identity.proof import elsewhere
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
    standing: dict[UUID, Standing] = {}
    found = listed(
        ctx.db, role=role, search=ctx.words.text, today=None if past else ctx.today,
        after=ids.read(ctx.query.text("after")),
    )  # fmt: skip
    more = found[PAGE - 1] if len(found) > PAGE else None
    if ctx.settings.keeps_directory:
        standing = standings(ctx.db, ctx.actor, [one.id for one in found[:PAGE]])
    return Page(
        "admin/members.html",
        {
            "members": found[:PAGE], "more": more, "role": role, "past": past, "standing": standing,
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
            "groups": queries.groups_by_slug(ctx.db, ctx.actor), "elsewhere": elsewhere(ctx.settings),
            "invites": ctx.settings.keeps_directory,
        },
    )  # fmt: skip


@post("/members/new", MANAGE, again=new)
def add(ctx: Context) -> Answer:
    """One more: invited by letter where people sign in elsewhere.

    Else a new account's first password is shown on this answer and never again.
    """
    form = forms.read_member(ctx.form, *_choices(ctx))
    added = actions.add(ctx.db, ctx.actor, form, elsewhere=elsewhere(ctx.settings))
    if ctx.settings.keeps_directory:
        tell_directory(ctx.db, ctx.actor, added.member_id, letter=form.account == forms.NEW)
        said = _("เพิ่มสมาชิกแล้ว ระบบกำลังส่งอีเมลเชิญ") if form.account == forms.NEW else _("เพิ่มสมาชิกแล้ว")
        return redirect(f"/members/{added.member_id}", toast=said)
    if added.account is None:
        return redirect("/members", toast=_("เพิ่มสมาชิกแล้ว"))
    return Page("admin/member_password.html", {"account": added.account, "fresh": True})


def _choices(ctx: Context) -> tuple[list[str], list[str], list[str]]:
    """Roles, districts and target groups that may be given here."""
    return (
        [choice.role.slug for choice in queries.role_choices(ctx.actor.tenant_kind)],
        [area.code for area in queries.districts(ctx.db, ctx.actor)],
        list(queries.groups_by_slug(ctx.db, ctx.actor)),
    )


@get("/members/{member_id:uuid}", MANAGE)
def show(ctx: Context, member_id: UUID) -> Answer:
    """One membership, and what may be done with it."""
    kept = _member(ctx, member_id)
    roles = queries.role_choices(ctx.actor.tenant_kind)
    scope = next((c for c in roles if c.role.slug == kept.role), None)
    own = institutions_of(ctx.db, member_id)
    names = [institutions.get(ctx.db, one).name for one in own] if own and not ctx.actor.national else []
    return Page(
        "admin/member.html",
        {
            "member": kept, "choice": scope, "institutions": names, "state": kept.state(ctx.today),
            "groups": queries.groups_by_slug(ctx.db, ctx.actor), "roles": roles,
            "districts": queries.districts(ctx.db, ctx.actor), "elsewhere": elsewhere(ctx.settings),
            "second_factor": second_factor.is_on(ctx.db, kept.account_id), "invites": ctx.settings.keeps_directory,
            "standing": _standing(ctx, member_id), "faults": queries.FAULT_WORDS,
        },
    )  # fmt: skip


def _standing(ctx: Context, member_id: UUID) -> Standing | None:
    """How the member stands in the directory; None where there is none, or nobody was told of them."""
    return standings(ctx.db, ctx.actor, [member_id]).get(member_id) if ctx.settings.keeps_directory else None


def _follow(ctx: Context, member_id: UUID, *, letter: bool = False, reset: bool = False) -> None:
    if ctx.settings.keeps_directory:
        tell_directory(ctx.db, ctx.actor, member_id, letter=letter, reset=reset)


@post("/members/{member_id:uuid}/role", MANAGE, again=show)
def change_role(ctx: Context, member_id: UUID) -> Answer:
    """Another role and reach."""
    role, reach, version = forms.read_role(ctx.form, *_choices(ctx))
    members.change_role(ctx.db, ctx.actor, member_id, role=role, reach=reach, row_version=version)
    _follow(ctx, member_id)
    return redirect(f"/members/{member_id}", toast=_("เปลี่ยนบทบาทแล้ว มีผลตั้งแต่หน้าถัดไปที่คนนี้เปิด"))


@post("/members/{member_id:uuid}/end", MANAGE, again=show)
def end(ctx: Context, member_id: UUID) -> Answer:
    """Set, move or take away the last day."""
    ends_on, version = forms.read_end(ctx.form)
    members.end_member(ctx.db, ctx.actor, member_id, ends_on=ends_on, row_version=version)
    _follow(ctx, member_id)
    return redirect(f"/members/{member_id}", toast=_("บันทึกวันสิ้นสุดแล้ว"))


@post("/members/{member_id:uuid}/disable", MANAGE, again=show)
def disable(ctx: Context, member_id: UUID) -> Answer:
    members.disable_member(ctx.db, ctx.actor, member_id, reason=forms.read_reason(ctx.form))
    _follow(ctx, member_id)
    return redirect(f"/members/{member_id}", toast=_("ปิดสิทธิ์แล้ว คนนี้ใช้บทบาทนี้ไม่ได้ตั้งแต่นี้"))


@post("/members/{member_id:uuid}/enable", MANAGE, again=show)
def enable(ctx: Context, member_id: UUID) -> Answer:
    members.enable_member(ctx.db, ctx.actor, member_id, reason=forms.read_reason(ctx.form))
    _follow(ctx, member_id)
    return redirect(f"/members/{member_id}", toast=_("คืนสิทธิ์แล้ว"))


@post("/members/{member_id:uuid}/password", MANAGE, again=show, fresh=True)
def reset_password(ctx: Context, member_id: UUID) -> Answer:
    """A new first password, shown on this answer and never again. Not where passwords are kept elsewhere."""
    if elsewhere(ctx.settings):
        raise NotFound
    made = actions.reset_password(ctx.db, ctx.actor, member_id)
    return Page("admin/member_password.html", {"account": made, "fresh": False})


@post("/members/{member_id:uuid}/second-factor", MANAGE, again=show, fresh=True)
def reset_second_factor(ctx: Context, member_id: UUID) -> Answer:
    """For a member who lost telephone and recovery codes."""
    if ctx.settings.keeps_directory:
        actions.order_new_factor(ctx.db, ctx.actor, member_id)
        _follow(ctx, member_id, reset=True)
        said = _("สั่งตั้งการยืนยันสองชั้นใหม่แล้ว คนนี้ออกจากระบบทุกอุปกรณ์ และจะตั้งใหม่ตอนเข้าสู่ระบบครั้งหน้า")
        return redirect(f"/members/{member_id}", toast=said)
    if elsewhere(ctx.settings):
        raise NotFound
    reset(ctx.db, ctx.actor, member_id)
    return redirect(f"/members/{member_id}", toast=_("ปิดการยืนยันตัวตนสองชั้นของคนนี้แล้ว และออกจากระบบทุกอุปกรณ์ของเขา"))


@post("/members/{member_id:uuid}/invite", MANAGE, again=show)
def invite_again(ctx: Context, member_id: UUID) -> Answer:
    """One more letter, with a link under which the person sets a password."""
    kept = _member(ctx, member_id)
    if not ctx.settings.keeps_directory:
        raise NotFound
    actions.order_letter(ctx.db, ctx.actor, kept.id, _standing(ctx, member_id))
    _follow(ctx, member_id, letter=True)
    return redirect(f"/members/{member_id}", toast=_("สั่งส่งอีเมลแล้ว ดูผลได้ที่หน้านี้"))


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


routes = [
    index, new, add, show, change_role, end, disable, enable, reset_password, reset_second_factor, invite_again, reach,
    set_reach,
]  # fmt: skip
menu = [MenuItem("สมาชิก", "/members", MANAGE, order=85, part="setup")]
