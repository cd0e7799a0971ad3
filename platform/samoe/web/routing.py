"""The decorators that make a plain function a page. A page names its permission or says that it is public."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from litestar import Request, Response
from litestar.handlers import HTTPRouteHandler

from samoe.identity import Permission
from samoe.identity.permissions import FRESH
from samoe.web.context import Context
from samoe.web.page import Answer

Handler = Callable[..., Answer]

SMALL_BODY = 1_000_000
LARGE_BODY = 64_000_000


@dataclass(frozen=True, slots=True)
class Route:
    """What the edge needs to know of a page. ``again`` renders the form once more when what was sent has problems.

    ``fresh`` writes need someone who showed a short while ago who they are; ``early`` pages open before a second
    factor that must be there has been set up. ``account`` pages concern the whole account, not one membership: whoever
    came in with a PIN does not open them. ``slips`` pages are there only where members may sign in with slips
    (``Settings.slips``).
    """

    handler: Handler
    permission: Permission | None
    public: bool
    again: Handler | None
    writes: bool
    machine: bool = False
    """Another program sends this and proves itself by a signature: no page of ours, so no token of ours."""
    fresh: bool = False
    early: bool = False
    account: bool = False
    slips: bool = False

    def places_of_again(self, places: Mapping[str, Any]) -> dict[str, Any]:
        """Those places of the address that the page of the form has: a list's form may name one of its rows."""
        taken = inspect.signature(self.again).parameters if self.again else {}
        return {name: value for name, value in places.items() if name in taken}


def _make(method: Literal["GET", "POST"], path: str, route: Route, max_body: int) -> Callable[..., Any]:
    async def endpoint(request: Request[Any, Any, Any]) -> Response[Any]:
        from samoe.web.edge import answer

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
