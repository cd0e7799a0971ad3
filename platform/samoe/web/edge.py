"""One request, one transaction: from cookies and form to a committed answer.

The order is the safety: session → actor and scope → second factor set up → cross-site check → permission → fresh proof
→ handler → render → still the same rights → commit.
Rendering happens before the commit, so that a page that cannot be drawn changes nothing.
"""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager

import anyio.to_thread
from litestar import Request, Response
from litestar.enums import RequestEncodingType
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from samoe.db.refused import rule_of
from samoe.i18n import use_locale
from samoe.identity import Actor, require
from samoe.identity.sessions import actor_of, hash_token, request_session
from samoe.identity.sign_in import provider_of
from samoe.identity.unchanged import Changed, Ended, refuse_if_over
from samoe.kit.problem import Conflict, NotFound, Problem, Problems
from samoe.settings import Settings
from samoe.tenancy import tenant_session, use
from samoe.tenancy.session import working_on
from samoe.web import cookies, crossite, failures, once, proof
from samoe.web.context import Context
from samoe.web.form import Form, read
from samoe.web.htmx import Htmx
from samoe.web.page import Answer
from samoe.web.peer import peer_of
from samoe.web.respond import PRIVATE, respond
from samoe.web.route import Route

log = logging.getLogger("samoe.web")
SLOTS = anyio.CapacityLimiter(6)
"""Requests at work at once in one process; the rest wait in order. They share one interpreter: with sixteen of them
every answer of the database waited for the turns of all others (32 readers got 23 pages a second; with six, 65)."""

ON_THE_FORM = frozenset({409, 422, 429})
"""What is told on the form itself, with what was typed: it can be mended, somebody was first, or one must wait."""

A_MOMENT = 0.25
"""Seconds. A page that was made this quickly is as if asked for before whatever changed meanwhile; asking again for
each would cost every page a question to the database. Who writes, and who reads for longer, is looked at again."""
CHANGED = "สิทธิ์ของคุณเพิ่งเปลี่ยนระหว่างที่ทำรายการนี้ จึงยังไม่ได้บันทึก ตรวจแล้วส่งอีกครั้ง"
THERE_ALREADY = "23505"
"""What the database says to the second of two who add the same thing at one moment."""
SECOND = "มีผู้บันทึกสิ่งเดียวกันก่อนคุณเพียงครู่เดียว จึงไม่ได้บันทึกซ้ำ เปิดหน้านี้ใหม่เพื่อดูค่าล่าสุด"


async def answer(request: Request, route: Route) -> Response:  # type: ignore[type-arg]
    """Read what must be awaited, then do the rest in one thread."""
    form = Form()
    if route.writes and request.content_type[0] in {RequestEncodingType.URL_ENCODED, RequestEncodingType.MULTI_PART}:
        form = await read(await request.form())
    return await anyio.to_thread.run_sync(_answer, request, route, form, limiter=SLOTS)


def _context(request: Request, form: Form) -> Context:  # type: ignore[type-arg]
    settings: Settings = request.app.state.settings
    query = Form()
    for name, value in request.query_params.multi_items():
        query.add(name, str(value))
    token = request.cookies.get(cookies.session_name(settings))
    host = request.client.host if request.client else ""
    return Context(
        settings=settings, path=request.url.path, query=query, form=form, htmx=Htmx.of(request.headers),
        locale=cookies.locale_of(request), request_id=secrets.token_hex(8), nonce=secrets.token_urlsafe(16),
        csrf_token=request.cookies.get(cookies.CSRF) or secrets.token_urlsafe(24),
        session_hash=hash_token(token) if token else None,
        peer=peer_of(host, request.headers.get("x-forwarded-for", ""), settings),
        user_agent=request.headers.get("user-agent", "")[:200], came_from=request.headers.get("referer", "")[:500],
        cookies=request.cookies, flash=request.cookies.get(cookies.FLASH), theme=cookies.theme_of(request),
    )  # fmt: skip


def _answer(request: Request, route: Route, form: Form) -> Response:  # type: ignore[type-arg]
    context = _context(request, form)
    with use_locale(context.locale):
        try:
            return _carry_out(request, route, context)
        except Ended:
            return failures.sign_in_first(context, request)
        except (Problem, Problems) as fault:
            if route.machine:
                return Response(b"", status_code=400, headers=PRIVATE)
            again = route.again
            if again is None or fault.status not in ON_THE_FORM:
                return failures.of(fault, context)
            context.problems = fault.problems if isinstance(fault, Problems) else (fault,)
            return _show_again(request, route, context, fault.status)
        except Exception as fault:
            return failures.of(fault, context)


def _carry_out(request: Request, route: Route, context: Context) -> Response:  # type: ignore[type-arg]
    try:
        return _once_more_if_changed(request, route, context)
    except IntegrityError as fault:
        if getattr(fault.orig, "sqlstate", None) != THERE_ALREADY:
            raise
        log.warning("request %s came second: %s", context.request_id, rule_of(fault))
        raise Conflict(SECOND) from None


def _once_more_if_changed(request: Request, route: Route, context: Context) -> Response:  # type: ignore[type-arg]
    try:
        return _in_one_transaction(request, route, context)
    except proof.Unproved as unproved:
        proof.take(context, unproved)
    except Changed:
        if route.writes:
            raise Conflict(CHANGED) from None
    try:
        return _in_one_transaction(request, route, context)
    except Changed:
        raise Conflict(CHANGED) from None


def _in_one_transaction(request: Request, route: Route, context: Context) -> Response:  # type: ignore[type-arg]
    with _transaction(context, writes=route.writes) as actor:
        if not context.renewal_due:
            return _under(actor, request, route, context)
    # Asked between two transactions: none of ours stays open while another site thinks.
    provider_of(context.settings).renew(context.session_hash or "")
    with _transaction(context, writes=route.writes) as actor:
        return _under(actor, request, route, context)


def _under(actor: Actor | None, request: Request, route: Route, context: Context) -> Response:  # type: ignore[type-arg]
    if route.slips and not context.settings.slips:
        raise NotFound
    if actor is None and not route.public:
        return failures.sign_in_first(context, request)
    with use_locale(context.locale):
        if proof.must_set_up(context, early=route.early or route.public):
            return failures.second_factor_first(context)
        if route.writes and not route.machine:
            crossite.refuse_foreign(request, context)
        if route.permission is not None:
            require(context.actor, route.permission)
        if route.account:
            proof.refuse_pin(context)
        if route.fresh:
            proof.demand(context)
        key = once.key_of(context) if route.writes and actor is not None else None
        if key and (earlier := once.claim(context, key)) is not None:
            return respond(earlier, context)
        result = route.handler(context, **request.path_params)
        if key:
            once.keep(context, key, result)
        return respond(result, context)


def _show_again(request: Request, route: Route, context: Context, status: int) -> Response:  # type: ignore[type-arg]
    try:
        with _transaction(context), use_locale(context.locale):
            page: Answer = route.again(context, **route.places_of_again(request.path_params))  # type: ignore[misc]
            return respond(page, context, status=status)
    except Exception as fault:
        return failures.of(fault, context)


@contextmanager
def _transaction(context: Context, *, writes: bool = False) -> Iterator[Actor | None]:
    """Open the transaction that this request lives in, with the scope of its session in force; commit it if that
    is still as it was."""
    context._db, context._actor = None, None
    if context.session_hash is None:
        yield None
        return
    began = time.monotonic()
    with request_session(context.settings) as session:
        found = actor_of(session, context.session_hash)
        if found is not None and found.who.by_pin and not context.settings.slips:
            found = None  # this way of signing in was turned off: nothing that began with it goes on
        if found is not None:
            context.locale, context.csrf_token, context.renewal_due = found.locale, found.csrf_token, found.renew
        if found is not None and not found.who.national:
            with use(found.who.scope), working_on(session):
                yield _enter(context, session, found.who)
                _leave(context, session, found.who, began=began, writes=writes)
            return
    if found is None:
        yield None
        return
    with tenant_session(found.who.scope, context.settings) as national:
        yield _enter(context, national, found.who)
        _leave(context, national, found.who, began=began, writes=writes)


def _leave(context: Context, session: Session, actor: Actor, *, began: float, writes: bool) -> None:
    session.flush()  # the tenant of new rows is known here; the commit comes after
    if writes or time.monotonic() - began > A_MOMENT:
        refuse_if_over(session, actor, session_hash=context.session_hash, writes=writes)


def _enter(context: Context, session: Session, actor: Actor) -> Actor:
    context._db, context._actor = session, actor
    return actor
