"""The square picture that a telephone reads, as SVG within the page: the key never lies in a file or an address."""

from __future__ import annotations

import segno
from markupsafe import Markup


def picture(address: str) -> Markup:
    """Dark on white in both colour schemes: cameras read nothing else reliably. Drawn without any style of its own.

    It says its proportions and no size: the page's styles make it as large as it is needed, and never cut it.
    """
    drawn = segno.make(address, error="m").svg_inline(
        border=4, svgclass="qr", lineclass=None, light="#fff", omitsize=True
    )
    return Markup(drawn)  # noqa: S704 - made of squares by the library; the address is not written in it
