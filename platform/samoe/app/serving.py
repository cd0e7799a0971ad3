"""The application as a process runs it that does nothing but serve it."""

from __future__ import annotations

import gc

from litestar import Litestar

from samoe.app import create_app as _create_app

NEW_OBJECTS = 10_000
"""So many more objects made than let go before the collector looks at the young ones. A page makes some thousands and
lets go of them all; at Python's own 700 it looked several times while each page was made."""


def create_app() -> Litestar:
    """The application, with the settings of the environment; what stays for good is out of the collector's sight.

    Not for tests, which make many in one process: nothing that is there by now is ever collected.
    """
    made = _create_app()
    gc.collect()
    gc.freeze()
    gc.set_threshold(NEW_OBJECTS, 20, 20)
    return made
