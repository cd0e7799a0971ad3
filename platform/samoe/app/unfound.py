"""Answers for addresses and requests that no page of ours ever sees: unknown paths, wrong methods, huge bodies."""

from __future__ import annotations

import secrets
from typing import Any

from litestar import Request, Response
from litestar.exceptions import HTTPException

from samoe.i18n import use_locale
from samoe.web import cookies
from samoe.web.context import Context
from samoe.web.form import Form
from samoe.web.htmx import Htmx
from samoe.web.page import Page
from samoe.web.respond import respond

PAGES = {404: "errors/404.html", 405: "errors/404.html", 413: "errors/413.html"}


def _answer(request: Request[Any, Any, Any], fault: Exception) -> Response[Any]:
    status = fault.status_code if isinstance(fault, HTTPException) else 500
    context = Context(
        settings=request.app.state.settings, path=request.url.path, query=Form(), form=Form(),
        htmx=Htmx.of(request.headers), locale=cookies.locale_of(request), request_id=secrets.token_hex(8),
        nonce=secrets.token_urlsafe(16), csrf_token=request.cookies.get(cookies.CSRF) or secrets.token_urlsafe(24),
        theme=cookies.theme_of(request),
    )  # fmt: skip
    with use_locale(context.locale):
        page = Page(PAGES.get(status, "errors/500.html"), {"problem": None, "problems": ()}, status=status)
        return respond(page, context)


def exception_handlers() -> dict[Any, Any]:
    """For Litestar: by exception type."""
    return {HTTPException: _answer, Exception: _answer}
