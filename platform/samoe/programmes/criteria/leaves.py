"""One comparison of the builder's form: its measure, operator and value."""

from __future__ import annotations

from collections.abc import Mapping

from samoe.kit import satang
from samoe.kit.numbers import BadNumber, parse_int
from samoe.kit.reading import Reading
from samoe.programmes.criteria.choices import SHIFTS, TICKED, Measure, measure_of
from samoe.sdk import Age, Compare, FromSetting, Moment
from samoe.sdk.criteria import FURTHEST, MOMENTS, Value

NO_SUCH = "ไม่มีตัวเลือกนี้ เลือกจากรายการที่มี"


class LeafReader:
    """Reads comparisons from a form. ``tuned`` gathers settings changed in place: value and box, by slug."""

    def __init__(self, reading: Reading, known: Mapping[str, Measure]) -> None:
        self.reading = reading
        self.known = known
        self.tuned: dict[str, tuple[Value, str]] = {}

    def read(self, name: str, before: Compare | Age) -> Compare | Age:
        """The comparison picked at ``name``; the one before, where the form holds none or what it holds is wrong.

        Where another measure was picked, what stands in the box is kept if it fits, else a first value is put in:
        a form without scripts cannot change its boxes before it is sent.
        """
        key = self.reading.sent.text(f"{name}.measure")
        if not key:
            return before
        if key not in self.known:
            self.reading.fault(f"{name}.measure", NO_SUCH)
            return before
        measure, was = self.known[key], measure_of(before, self.known)
        op = self.reading.sent.text(f"{name}.op")
        if op not in [offered for offered, _ in measure.operators(before.op if measure == was else "")]:
            op = measure.first_operator()
        if (measure.type, measure.options) != (was.type, was.options):
            return measure.clause(op, self._first(f"{name}.value", measure, op))
        value = self._value(f"{name}.value", measure, op, before.value)
        if isinstance(before.value, FromSetting) and measure == was and not isinstance(value, tuple | FromSetting):
            self._tune(f"{name}.value", before.value.slug, value)
            return measure.clause(op, before.value)
        return measure.clause(op, value)

    def _tune(self, box: str, slug: str, value: Value) -> None:
        if slug in self.tuned and self.tuned[slug][0] != value:
            self.reading.fault(box, "ค่านี้ใช้ในสองข้อ แต่กรอกไม่ตรงกัน กรอกให้เท่ากัน")
        self.tuned[slug] = (value, box)

    def _first(self, box: str, measure: Measure, op: str) -> Value:
        faults = len(self.reading.problems)
        typed = self._value(box, measure, op, None)
        fits = len(self.reading.problems) == faults
        del self.reading.problems[faults:]
        first = measure.first_value()
        if fits and typed is not None:
            return typed
        return (str(first),) if measure.type == "choice" and op == "in" else first

    def _value(self, box: str, measure: Measure, op: str, before: Value) -> Value:
        if measure.type == "flag":
            return None
        if measure.options:
            ticked = self.reading.some_of(box, [value for value, _ in measure.options])
            if not ticked and not self.reading.faulty(box):
                self.reading.fault(box, "เลือกอย่างน้อยหนึ่งข้อ")
            if not ticked:
                return before
            return tuple(ticked) if op in TICKED else ticked[0]
        if measure.type == "date":
            if moment := self._moment(box, before):
                return moment
            if isinstance(before, Moment) and not self.reading.sent.text(f"{box}_day"):
                return str(measure.first_value())
            day = self.reading.day(box, required="กรอกวันที่")
            return day.isoformat() if day else before
        if measure.type == "text":
            return self.reading.text(box, required="กรอกคำที่ต้องการ") or before
        if op == "in":
            return tuple(self._number(box, measure, word) for word in self.reading.sent.text(box).split()) or before
        return self._number(box, measure, self.reading.sent.text(box))

    def _moment(self, box: str, before: Value) -> Moment | None:
        """The day that a phase or the calendar sets; None where a day is to be typed.

        Where one was just picked, its boxes are not on the page yet: it begins unmoved.
        """
        at = self.reading.sent.text(f"{box}.from")
        if not at:
            return None
        if at not in MOMENTS:
            self.reading.fault(f"{box}.from", NO_SUCH)
            return None
        unit, side = (shift := self.reading.sent.text(f"{box}.shift"))[:-1], shift[-1:]
        if shift not in SHIFTS:
            self.reading.fault(f"{box}.shift", NO_SUCH)
        if not shift or shift not in SHIFTS or not isinstance(before, Moment):
            return Moment(at)
        by = self.reading.whole(f"{box}.by", least=0, most=FURTHEST[unit]) or 0
        moved = {"days": before.days if before.months else 0, unit: -by if side == "-" else by}
        return Moment(at, **moved)

    def _number(self, box: str, measure: Measure, typed: str) -> int:
        try:
            number = satang.parse(typed) if measure.type == "money" else parse_int(typed, least=0)
        except BadNumber as fault:
            fault.field = box
            self.reading.problems.append(fault)
            return 0
        if measure.type == "percent" and number > 100:
            self.reading.fault(box, "ร้อยละต้องไม่เกิน 100")
        return number
