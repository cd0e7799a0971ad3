"""The fund's page of national indicators."""

from __future__ import annotations

from samoe.i18n import gettext as _
from samoe.identity import Permission
from samoe.programmes.contracts import actions, forms
from samoe.programmes.seen import version_seen
from samoe.targetgroups.contracts import BETTER_WORDS, KIND_WORDS, contracts
from samoe.web import Context, MenuItem, Page, Redirect, get, post, redirect

MANAGE = Permission.CONTRACT_MANAGE


@get("/contracts", MANAGE)
def national_indicators(ctx: Context) -> Page:
    """Every code: those in use, then those retired."""
    found = list(contracts(ctx.db).values())
    data = {
        "used": [one for one in found if one.active], "retired": [one for one in found if not one.active],
        "kinds": KIND_WORDS, "better": BETTER_WORDS,
    }  # fmt: skip
    return Page("programmes/contracts/list.html", data)


@get("/contracts/new", MANAGE)
def new_indicator(_ctx: Context) -> Page:
    """Add one."""
    data = {
        "kinds": [(key, _(word)) for key, word in KIND_WORDS.items()],
        "better": [(key, _(word)) for key, word in BETTER_WORDS.items()],
    }
    return Page("programmes/contracts/new.html", data)


@post("/contracts/new", MANAGE, again=new_indicator)
def add_indicator(ctx: Context) -> Redirect:
    """Add it."""
    form = forms.read_contract(ctx.form)
    actions.add(ctx.db, ctx.actor, form)
    return redirect("/contracts", _("เพิ่มตัวชี้วัดกลาง %(code)s แล้ว", code=form.code))


@post("/contracts/{code:str}/retire", MANAGE, again=national_indicators)
def retire_indicator(ctx: Context, code: str) -> Redirect:
    """No group may answer it from now on."""
    actions.use(ctx.db, ctx.actor, code, active=False, seen=version_seen(ctx.form))
    return redirect("/contracts", _("เลิกใช้ %(code)s แล้ว", code=code))


@post("/contracts/{code:str}/restore", MANAGE, again=national_indicators)
def restore_indicator(ctx: Context, code: str) -> Redirect:
    """Use it again."""
    actions.use(ctx.db, ctx.actor, code, active=True, seen=version_seen(ctx.form))
    return redirect("/contracts", _("กลับมาใช้ %(code)s แล้ว", code=code))


routes = [national_indicators, new_indicator, add_indicator, retire_indicator, restore_indicator]
menu = [MenuItem("ตัวชี้วัดกลาง", "/contracts", MANAGE, order=82, national=True)]
