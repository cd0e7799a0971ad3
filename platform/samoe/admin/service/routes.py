"""Health, styleguide and help: open to everybody, and about nobody."""

from __future__ import annotations

from samoe.admin.service.queries import database_answers
from samoe.kit.problem import NotFound
from samoe.web import Context, Page, get
from samoe.web.page import Answer

LAYOUTS = ("phone", "print", "question", "sign_in", "caseload", "person", "inbox")


@get("/healthz", public=True)
def healthz(ctx: Context) -> Answer:
    """For whoever watches the service: 200 while the database answers, 503 or 500 otherwise."""
    return Page("admin/healthz.html", status=200 if database_answers(ctx.settings) else 503)


@get("/styleguide", public=True)
def styleguide(ctx: Context) -> Answer:  # noqa: ARG001 - every page takes the request
    """Every component with sample data."""
    return Page("styleguide/index.html")


@get("/styleguide/{part:str}", public=True)
def styleguide_part(ctx: Context, part: str) -> Answer:  # noqa: ARG001 - every page takes the request
    """The layouts, each as a page uses it."""
    if part not in LAYOUTS:
        raise NotFound
    return Page(f"styleguide/{part}.html")


@get("/help", public=True)
def help_page(ctx: Context) -> Answer:  # noqa: ARG001 - every page takes the request
    """What to do when stuck."""
    return Page("admin/help.html")


routes = [healthz, styleguide, styleguide_part, help_page]
