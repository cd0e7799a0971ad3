"""The decorators that make a plain function a page. A page names its permission or says that it is public."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Literal

from litestar import Request, Response
from litestar.handlers import HTTPRouteHandler

from samoe.identity import Permission
from samoe.identity.permissions import FRESH
from samoe.web.context import Context
from samoe.web.edge import answer
from samoe.web.route import Handler, Route

SMALL_BODY = 1_000_000
LARGE_BODY = 64_000_000


def _make(method: Literal["GET", "POST"], path: str, route: Route, max_body: int) -> Callable[..., Any]:
    async def endpoint(request: Request[Any, Any, Any]) -> Response[Any]:
        return await answer(request, route)

    endpoint.__name__ = getattr(route.handler, "__name__", "page")
    endpoint.__doc__ = route.handler.__doc__
    made = HTTPRouteHandler(
        path, http_method=method, status_code=200, opt={"route": route}, request_max_body_size=max_body
    )(endpoint)
    route.handler.litestar = made  # type: ignore[attr-defined]
    return route.handler


_PLACE = re.compile(r"\{\w+:\w+\}")
_SEARCHED: set[re.Pattern[str]] = set()


def searched(path: str) -> bool:
    """Whether there is a list at this path that takes words to search for."""
    return any(pattern.fullmatch(path) for pattern in _SEARCHED)


def get(
    path: str,
    permission: Permission | None = None,
    *,
    public: bool = False,
    early: bool = False,
    words: bool = False,
    account: bool = False,
    slips: bool = False,
) -> Callable[[Handler], Handler]:
    """A page to read. ``path`` may hold typed places: ``/people/{person_id:uuid}``.

    ``words``: the page is a list that can be searched. Its form posts what is typed to ``/words`` and the page reads
    ``ctx.words``.
    """
    _check(permission, public=public)
    if words:
        _SEARCHED.add(re.compile(_PLACE.sub(r"[\\w-]+", path), re.ASCII))
    return lambda handler: _make(
        "GET",
        path,
        Route(handler, permission, public, None, writes=False, early=early, account=account, slips=slips),
        SMALL_BODY,
    )


def post(
    path: str,
    permission: Permission | None = None,
    *,
    public: bool = False,
    again: Handler | None = None,
    large: bool = False,
    machine: bool = False,
    fresh: bool = False,
    early: bool = False,
    account: bool = False,
    slips: bool = False,
) -> Callable[[Handler], Handler]:
    """A write. On a ``Problem`` the page ``again`` is shown with what was typed and status 422.

    A permission that lets money go (``FRESH``) makes the write ``fresh`` by itself.
    """
    _check(permission, public=public)
    if machine and not public:
        raise TypeError("another program has no session and so no permission")
    body = LARGE_BODY if large else SMALL_BODY
    anew = fresh or permission in FRESH
    return lambda handler: _make(
        "POST",
        path,
        Route(
            handler,
            permission,
            public,
            again,
            writes=True,
            machine=machine,
            fresh=anew,
            early=early,
            account=account,
            slips=slips,
        ),
        body,
    )


def _check(permission: Permission | None, *, public: bool) -> None:
    if (permission is None) == (not public):
        raise TypeError("a page names its permission, or is public; not both, not neither")


def handlers(pages: list[Handler]) -> list[HTTPRouteHandler]:
    """The Litestar handlers behind a room's ``routes`` list."""
    return [page.litestar for page in pages]  # type: ignore[attr-defined]


__all__ = ["Context", "Handler", "Route", "get", "handlers", "post", "searched"]
