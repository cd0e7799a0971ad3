"""Whatever went wrong, as a page that says what happened and what to do, and a log line without personal data."""

from __future__ import annotations

import logging
from typing import Any
from urllib.parse import quote

from litestar import Request, Response
from sqlalchemy.exc import TimeoutError as NoConnection

from samoe.audit import record
from samoe.i18n import use_locale
from samoe.identity import Refused
from samoe.identity.proof import elsewhere
from samoe.kit.faults import told
from samoe.kit.problem import Problem, Problems
from samoe.tenancy import tenant_session
from samoe.web.context import Context
from samoe.web.crossite import Expired, Foreign
from samoe.web.page import Page, Redirect
from samoe.web.proof import NOT_CARRIED, PROVE, ByPin, Unproved
from samoe.web.proof import page as proof_page
from samoe.web.respond import respond

log = logging.getLogger("samoe.web")
SECOND_FACTOR = "/account/second-factor"


def of(fault: BaseException, context: Context) -> Response[Any]:
    """The page for an exception."""
    with use_locale(context.locale):
        return respond(_page(fault, context), context)


def _page(fault: BaseException, context: Context) -> Page:
    if isinstance(fault, Problems):
        return Page("errors/problem.html", {"problems": fault.problems}, status=422)
    if isinstance(fault, Problem):
        name = {404: "errors/404.html", 409: "errors/409.html"}.get(fault.status, "errors/problem.html")
        return Page(name, {"problems": (fault,), "problem": fault}, status=fault.status)
    if isinstance(fault, Refused):
        _write_refusal(fault, context)
        return Page("errors/403.html", {"permission": fault.permission}, status=403)
    if isinstance(fault, Expired):
        typed = [(n, v) for n, vs in context.form.values.items() if n not in NOT_CARRIED for v in vs]
        return Page("errors/expired.html", {"typed": typed, "action": context.path}, status=403)
    if isinstance(fault, ByPin):
        return Page("errors/by_pin.html", status=403)
    if isinstance(fault, Unproved):
        return proof_page(fault, context)
    if isinstance(fault, Foreign):
        return Page("errors/403.html", {"permission": None}, status=403)
    if isinstance(fault, NoConnection):
        return Page("errors/503.html", status=503, headers={"Retry-After": "5"})
    log.error("request %s failed: %s\n%s", context.request_id, type(fault).__name__, told(fault))
    return Page("errors/500.html", status=500)


def _write_refusal(fault: Refused, context: Context) -> None:
    """In a transaction of its own: the one of the request was rolled back."""
    if not context.signed_in:
        return
    actor = context.actor
    with tenant_session(actor.scope, context.settings) as session:
        record(session, actor, "refused", "page", None, permission=fault.permission.value, path=context.path)


def sign_in_first(context: Context, request: Request[Any, Any, Any]) -> Response[Any]:
    """Nobody is signed in: ask, and come back here. What was typed in a form is kept on the page that says so."""
    if request.method == "POST":
        return of(Expired(), context)
    here = context.path + (f"?{request.url.query}" if request.url.query else "")
    if context.htmx.request:
        page = Page("errors/signed_out.html", status=401, headers={"HX-Redirect": f"/sign-in?next={quote(here)}"})
        return respond(page, context)
    return respond(Redirect(f"/sign-in?next={quote(here, safe='')}"), context)


def second_factor_first(context: Context) -> Response[Any]:
    """This role needs a second factor and none was shown: nothing else opens before it is set up, or shown there."""
    there = f"{PROVE}?next={quote(context.path, safe='')}" if elsewhere(context.settings) else SECOND_FACTOR
    if context.htmx.request:
        page = Page("errors/signed_out.html", status=403, headers={"HX-Redirect": there})
        return respond(page, context)
    return respond(Redirect(there), context)
