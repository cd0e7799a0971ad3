"""From an answer to bytes, with the headers that every answer carries."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, urlsplit

from litestar import Response

from samoe.kit.file_names import shown
from samoe.kit.marking import IN_NAMES, made_up
from samoe.web import cookies
from samoe.web.context import Context
from samoe.web.page import Answer, Done, Download, Page
from samoe.web.templates import render

PRIVATE = {
    "Cache-Control": "private, no-store",
    "Vary": "Cookie, HX-Request, HX-Request-Type",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def policy(nonce: str, provider: str = "") -> str:
    """The content security policy: our own files only, no inline script or style, Trusted Types on.

    ``provider`` is where signing out leads: a form that is redirected there counts as sent there.
    """
    forms = f"'self' {provider}".rstrip()
    return (
        f"default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self'; img-src 'self' data: blob:;"
        f" font-src 'self'; connect-src 'self'; form-action {forms}; frame-ancestors 'none'; base-uri 'none';"
        " manifest-src 'self'; worker-src 'self'; trusted-types htmx samoe; require-trusted-types-for 'script'"
    )


def respond(answer: Answer, context: Context, *, status: int | None = None) -> Response[Any]:
    """Draw the answer. Raises whatever drawing raises: the caller's transaction is then rolled back."""
    headers = {
        **PRIVATE,
        "Content-Security-Policy": policy(context.nonce, _provider(context)),
        "X-Request-Id": context.request_id,
    }
    jar = [cookies.make(context.settings, *cookie) for cookie in context.set_cookies]
    if isinstance(answer, Page):
        if context.flash:
            jar.append(cookies.make(context.settings, cookies.FLASH, "", 0))
        body = render(answer, context)
        code = status or answer.status
        return Response(body, media_type="text/html", status_code=code,
                        headers={**headers, **answer.headers}, cookies=_visit(context, jar))  # fmt: skip
    if isinstance(answer, Download):
        told = IN_NAMES if made_up() and not answer.file_name.startswith(IN_NAMES) else ""
        name = quote(shown(told + answer.file_name), safe="")
        headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
        headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
        return Response(answer.content, media_type=answer.content_type, headers=headers, cookies=jar)
    if isinstance(answer, Done):
        return Response(b"", status_code=200, headers=headers)
    if answer.toast:
        message = quote(answer.toast + ("\n" + answer.undo if answer.undo else ""))
        jar.append(cookies.make(context.settings, cookies.FLASH, message, 60))
    headers["Location"] = quote(answer.location, safe="/?&=%#+:,;@~.-_")
    return Response(b"", status_code=303, headers=headers, cookies=_visit(context, jar))


def _provider(context: Context) -> str:
    issuer = urlsplit(context.settings.oidc_issuer or "")
    return f"{issuer.scheme}://{issuer.netloc}" if issuer.netloc else ""


def _visit(context: Context, jar: list[Any]) -> list[Any]:
    if not context.signed_in:
        jar.append(cookies.make(context.settings, cookies.CSRF, context.csrf_token, cookies.SESSION_SECONDS))
    return jar
