"""A page as the edge knows it."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from samoe.identity import Permission
from samoe.web.page import Answer

Handler = Callable[..., Answer]


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
