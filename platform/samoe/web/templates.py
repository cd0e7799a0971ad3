"""The one Jinja environment, and drawing a page or one block of it."""

from __future__ import annotations

import hashlib
import logging
import secrets
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlencode

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, FunctionLoader, StrictUndefined, pass_context
from jinja2.loaders import split_template_path
from jinja2.runtime import Context as JinjaContext
from jinja2_fragments import render_block
from markupsafe import Markup

from samoe.i18n import current_locale, gettext, ngettext, pick
from samoe.kit import be_format, names, national_id, satang
from samoe.kit.clock import BANGKOK
from samoe.kit.thai import clean
from samoe.sdk import Panel
from samoe.targetgroups.discovery import modules
from samoe.web.context import Context
from samoe.web.crossite import FIELD as CSRF_FIELD
from samoe.web.menu import menu_parts
from samoe.web.once import FIELD as ONCE_FIELD
from samoe.web.page import Page


@cache
def environment(root: Path) -> Environment:
    """Autoescaped, strict about undefined names, with Thai as the language of the source."""
    made = Environment(
        loader=ChoiceLoader([FileSystemLoader(root / "templates"), FunctionLoader(_of_a_module)]), autoescape=True,
        undefined=StrictUndefined, extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    made.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]
    made.globals.update(
        _=gettext, pick=pick, locale=current_locale, csrf_field=_csrf_field, once_field=_once_field,
        static=_static(root), fixed=_fixed(made), url=_url,
    )  # fmt: skip
    made.filters.update(
        be_date=_be_date, be_date_long=_be_date_long, be_month=_be_month, moment=_moment, baht=_baht, number=_number,
        mask_id=_mask_id, mask_name=_mask_name,
    )  # fmt: skip
    made.globals["drawn"] = _panel(made)
    made.globals["ui"] = made.get_template("components/ui.html").module
    return made


def _of_a_module(name: str) -> tuple[str, str, None] | None:
    """A template of an installed module, wherever it was installed to: ``samoe_<slug>/…`` under its ``templates``."""
    parts = split_template_path(name)
    for module in modules():
        file = module.folder.joinpath("templates", *parts)
        if parts and parts[0] == module.folder.name and file.is_file():
            return file.read_text(encoding="utf-8"), str(file), None
    return None


def _fixed(made: Environment) -> Any:
    @cache
    def fixed(name: str) -> Markup:
        """A part that is the same on every page, whoever asks and in whatever language: drawn once in a process."""
        return Markup(made.get_template(name).render())  # noqa: S704 (drawn with autoescape)

    return fixed


def _panel(made: Environment) -> Any:
    def drawn(panel: Panel) -> Markup:
        """A part of a page that a module makes, from its own data and nothing else; a fault in it stays in it."""
        try:
            return Markup(made.get_template(panel.template).render(**panel.data))  # noqa: S704 (drawn with autoescape)
        except Exception:
            logging.getLogger("samoe.modules").exception("the template %s failed", panel.template)
            return Markup("<p>{}</p>").format(gettext("แสดงส่วนนี้ไม่ได้ แจ้งผู้ดูแลระบบ"))

    return drawn


def render(page: Page, context: Context) -> str:
    """Draw a page, or only its block where the request asks for a part and the page names one."""
    made = environment(context.settings.root)
    actor = context.actor if context.signed_in else None
    data = {
        "ctx": context, "actor": actor, "nonce": context.nonce,
        "menu": menu_parts(actor, context.path, slips=context.settings.slips),
        "toast": _toast(context), "path": context.path, **page.data,
    }  # fmt: skip
    if page.block and context.htmx.partial:
        return render_block(made, page.template, page.block, **data)
    return made.get_template(page.template).render(**data)


def _toast(context: Context) -> dict[str, str | None] | None:
    if not context.flash:
        return None
    text, _, undo = unquote(context.flash).partition("\n")
    return {"text": text, "undo": undo or None}


@pass_context
def _csrf_field(context: JinjaContext) -> Markup:
    token = context["ctx"].csrf_token
    return Markup('<input type="hidden" name="{}" value="{}">').format(CSRF_FIELD, token)


def _once_field() -> Markup:
    return Markup('<input type="hidden" name="{}" value="{}">').format(ONCE_FIELD, secrets.token_urlsafe(16))


def _static(root: Path) -> Any:
    @cache
    def address(name: str) -> str:
        """The address of a static file, with its content in the query so that browsers may keep it for a year."""
        content = (root / "templates" / "static" / name).read_bytes()
        return f"/static/{name}?v={hashlib.sha256(content).hexdigest()[:12]}"

    return address


def _url(path: str, **query: object) -> str:
    kept = {name: value for name, value in query.items() if value not in (None, "")}
    return f"{path}?{urlencode(kept, doseq=True)}" if kept else path


def _be_date(day: Any) -> str:
    return "" if day is None else be_format.short(day, current_locale())


def _be_month(day: Any) -> str:
    return be_format.short(day, current_locale(), "month") if day else ""


def _be_date_long(day: Any) -> str:
    return "" if day is None else be_format.long(day, current_locale())


def _moment(at: Any) -> str:
    """A point in time as a clock in Thailand shows it."""
    if at is None:
        return ""
    here = at.astimezone(BANGKOK)
    day = be_format.short(here.date(), current_locale())
    return gettext("%(day)s เวลา %(time)s น.", day=day, time=here.strftime("%H:%M"))


def _baht(amount: int | None) -> str:
    return gettext("ไม่มีข้อมูล") if amount is None else satang.baht(amount)


def _number(value: float | None) -> str:
    if value is None:
        return gettext("ไม่มีข้อมูล")
    return f"{value:,}" if isinstance(value, int) else f"{value:,.1f}"


def _mask_name(whole: str | None) -> str:
    """A full name, title included, as those see it who may not see persons."""
    name = names.split_full_name(clean(whole or ""))
    return names.masked(name.title, name.first, name.last)


def _mask_id(value: str | None) -> str:
    if not value:
        return ""
    return national_id.masked(value)
