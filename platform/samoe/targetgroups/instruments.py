"""An instrument in one go, all its items on one sheet: for trying it out. What it comes to is what a sitting would."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from random import Random
from typing import Any

from samoe.i18n import pick
from samoe.kit.numbers import read_decimal
from samoe.kit.reading import Reading
from samoe.kit.thai import clean
from samoe.sdk import Field, Scale, Text
from samoe.sdk.scale_items import ScaleGroup
from samoe.targetgroups.reading import YES
from samoe.targetgroups.showing import result_words

DOES_NOT_APPLY = "-"
LOWEST_AT = (0.0, 0.03, 0.12, 0.5)
"""How often a made-up item has the lowest mark: results of every level come about."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing on the sheet. With ``options`` it is chosen, else a number is typed, of ``most`` at the most."""

    name: str
    label: str
    typed: str
    options: tuple[tuple[str, str], ...] = ()
    most: int = 0


@dataclass(frozen=True, slots=True)
class Sheet:
    """The sheet of one instrument; ``done`` where it was assessed, ``missing`` items are still to be marked."""

    name: str
    label: str
    done: bool
    said: str
    missing: int
    groups: tuple[tuple[str, tuple[Mark, ...]], ...]


def sitting(scale: Scale, facts: Mapping[str, Any], name: str, reading: Reading) -> dict[str, Any] | None:
    """The result of a sheet as it was sent; None where it was not assessed, or not every item is marked."""
    if reading.sent.text(f"{name}.done") != YES:
        return None
    marks = dict(_marks(scale, facts, name, reading))
    if any(code not in marks for code in scale.asked(facts)):
        return None
    bands = {code: reading.one_of(f"{name}.{code}.band", [one.code for one in scale.levels]) for code in _codes(scale)}
    return scale.result({code: marks.get(code) for code in scale.items}, facts, bands)


def sheet(
    field: Field, scale: Scale, facts: Mapping[str, Any], name: str, result: Any, reading: Reading | None = None
) -> Sheet:
    """The sheet filled with a result, or with what was sent where the form comes back."""
    known = result if isinstance(result, Mapping) else {}
    done = bool(known) if reading is None else reading.sent.text(f"{name}.done") == YES
    typed = dict(_typed(scale, known, name)) if reading is None else {}

    def stands(box: str) -> str:
        return typed.get(box, "") if reading is None else reading.sent.text(box)

    groups = tuple(_groups(scale, facts, name, stands))
    missing = sum(1 for code in scale.asked(facts) if not stands(f"{name}.{code}")) if done else 0
    return Sheet(name, _said(field.label), done, result_words(scale, known), missing, groups)


def drawn(random: Random, scale: Scale, facts: Mapping[str, Any]) -> dict[str, Any]:
    """A made-up result."""
    asked, often = set(scale.asked(facts)), random.choice(LOWEST_AT)
    levels = [level.code for level in scale.levels]
    if scale.kind == "totals":
        totals = {part.code: random.randint(0, part.most) for part in scale.parts if not part.adds}
        bands = {part.code: random.choice(levels) for part in scale.parts if scale.needs_band(part.code, facts)}
        return scale.result(totals, facts, bands)
    others = [score.value for score in scale.scores if score.value != scale.lowest] or [scale.lowest]
    marks = {
        code: (scale.lowest if random.random() < often else random.choice(others)) if code in asked else None
        for code in scale.items
    }
    return scale.result(marks, facts)


def _marks(scale: Scale, facts: Mapping[str, Any], name: str, reading: Reading) -> Iterator[tuple[str, int | None]]:
    """The items that are marked, or said not to apply."""
    if scale.kind == "totals":
        for part in scale.parts:
            total = None if part.adds else reading.whole(f"{name}.{part.code}", least=0, most=part.most)
            if total is not None:
                yield part.code, total
        return
    for group in scale.asked_groups(facts):
        for code in group.items:
            typed = clean(reading.sent.text(f"{name}.{code}"))
            if typed == DOES_NOT_APPLY and group.optional:
                yield code, None
            elif typed and group.shares:
                share = read_decimal(typed)
                if share is None or not 0 <= share <= 100:
                    reading.fault(f"{name}.{code}", "กรอกร้อยละของเด็กที่สมวัย ตั้งแต่ 0 ถึง 100")
                else:
                    yield code, group.mark_of(share)
            elif typed in {str(score.value) for score in scale.scores}:
                yield code, int(typed)


def _groups(scale: Scale, facts: Mapping[str, Any], name: str, stands: Any) -> Iterator[tuple[str, tuple[Mark, ...]]]:
    if scale.kind == "totals":
        yield "", tuple(_parts(scale, facts, name, stands))
        return
    marks = tuple((str(score.value), f"{score.value} {_said(score.label)}") for score in scale.scores)
    for group in scale.asked_groups(facts):
        options = () if group.shares else (*marks, *_not_applicable(group))
        yield (
            f"{group.code} {_said(group.label)}".strip(),
            tuple(
                Mark(f"{name}.{code}", _item(group, code), stands(f"{name}.{code}"), options, 100)
                for code in group.items
            ),
        )


def _parts(scale: Scale, facts: Mapping[str, Any], name: str, stands: Any) -> Iterator[Mark]:
    levels = tuple((level.code, _said(level.label)) for level in scale.levels)
    for part in scale.parts:
        at = f"{name}.{part.code}"
        if not part.adds:
            yield Mark(at, _said(part.label), stands(at), most=part.most)
        if scale.needs_band(part.code, facts):
            yield Mark(f"{at}.band", _said(part.label), stands(f"{at}.band"), levels)


def _typed(scale: Scale, result: Mapping[str, Any], name: str) -> Iterator[tuple[str, str]]:
    """A result as it would have been typed."""
    shares = {code: group.shares for group in scale.groups for code in group.items}
    for code, mark in (result.get("scores") or {}).items():
        if mark is None:
            yield f"{name}.{code}", DOES_NOT_APPLY if code in scale.optional_items else ""
        elif shares.get(code):
            least = next((share.least for share in shares[code] if share.value == mark), 0)
            yield f"{name}.{code}", f"{Decimal(least):f}"
        else:
            yield f"{name}.{code}", str(mark)
    for code, band in (result.get("bands") or {}).items():
        yield f"{name}.{code}.band", str(band)


def _codes(scale: Scale) -> Iterator[str]:
    return (part.code for part in scale.parts)


def _not_applicable(group: ScaleGroup) -> tuple[tuple[str, str], ...]:
    return ((DOES_NOT_APPLY, pick("ไม่เกี่ยวข้อง", "Does not apply")),) if group.optional else ()


def _item(group: ScaleGroup, code: str) -> str:
    return f"{code} {_said(group.wording(code))}".strip()


def _said(words: Text | None) -> str:
    return pick(words.th, words.en) if words else ""
