"""The square picture that a telephone reads, as SVG within the page: the key never lies in a file or an address."""

from __future__ import annotations

import segno
from markupsafe import Markup


def picture(address: str, *, as_large_as_its_place: bool = False) -> Markup:
    """Dark on white in both colour schemes: cameras read nothing else reliably. Drawn without any style of its own.

    A picture that is as large as its place says its proportions only: a size of its own would be cut off there.
    """
    drawn = segno.make(address, error="m").svg_inline(
        scale=1 if as_large_as_its_place else 5, border=4, svgclass="qr", lineclass=None, light="#fff",
        omitsize=as_large_as_its_place,
    )  # fmt: skip
    return Markup(drawn)  # noqa: S704 - made of squares by the library; the address is not written in it
