"""Which phase a page is about: the one in its address (``?phase=2``), else that of today."""

from __future__ import annotations

from samoe.kit.problem import NotFound
from samoe.programmes.phases.queries import PhaseDays, current_phase, phase_numbered
from samoe.web import Context

NONE_YET = "ยังไม่มีระยะ เปิดระยะที่หน้าโครงการก่อน"


def asked_phase(ctx: Context) -> PhaseDays:
    """The phase, or ``NotFound``. A form carries the number of the phase it was shown for."""
    number = ctx.form.text("phase") or ctx.query.text("phase")
    if number.isascii() and number.isdecimal():
        return phase_numbered(ctx.db, int(number[:4]))
    found = current_phase(ctx.db, ctx.today)
    if found is None:
        raise NotFound(NONE_YET)
    return found
