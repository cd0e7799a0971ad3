"""A judged file as one JSON object, for the command line and for comparing."""

from collections.abc import Collection, Mapping
from typing import Any

from samoe.intake.judging.areas import Areas
from samoe.intake.judging.digests import identifiers
from samoe.intake.judging.judge import Judged
from samoe.intake.judging.judged import CLASSES, JudgedSheet
from samoe.intake.judging.totals import Totals, centres, levels
from samoe.sdk import Manifest
from samoe.targetgroups.criteria import Circumstances


def as_json(
    judged: Judged,
    manifest: Manifest,
    areas: Areas,
    under: Circumstances,
    elsewhere: Mapping[str, Collection[str]] | None = None,
) -> dict[str, Any]:
    """Classes, reasons, totals and rows, with what else is known of the file: ``summary_of`` and ``details_of``."""
    return summary_of(judged, manifest, areas, under) | details_of(judged, manifest, elsewhere or {})


def summary_of(judged: Judged, manifest: Manifest, areas: Areas, under: Circumstances) -> dict[str, Any]:
    """What is counted over a file.

    ``under`` are the circumstances in which the group's criteria are asked: settings and dates.
    """
    totals = Totals(judged, manifest, areas, under)
    report: dict[str, Any] = {
        "classes": judged.classes,
        "reasons": judged.reasons,
        "totals": totals.total,
        "districts": totals.districts,
        "distinct_centres": centres(judged),
        "ignored_rows": judged.ignored_rows,
        "sheets": [sheet.name for sheet in judged.sheets],
        "fill_down": list(judged.plan.fill_down),
        "district_from_sheet_name": judged.plan.district_from_sheet_name,
        "as_of": judged.plan.as_of.isoformat() if judged.plan.as_of else None,
        "unmapped": list(judged.plan.unmapped),
        "unread": judged.unread,
    }
    if found := levels(judged, manifest):
        report["levels"] = found
    return report


def details_of(judged: Judged, manifest: Manifest, elsewhere: Mapping[str, Collection[str]]) -> dict[str, Any]:
    """Every row, and digests of the people, for comparing files.

    ``elsewhere`` holds identifiers that are imported from other files, by a name for each: one person may be in
    several target groups, which is no fault.
    """
    report: dict[str, Any] = {}
    if manifest.subject == "person":
        report["identifiers"] = identifiers(judged)
        report["also_in"] = _also_in(judged, elsewhere)
    report["rows"] = {sheet.name: rows_of(sheet, elsewhere) for sheet in judged.sheets}
    return report


def rows_of(sheet: JudgedSheet, elsewhere: Mapping[str, Collection[str]]) -> list[list[Any]]:
    """Row number, class, reasons, and for some rows a table of ``of``, ``suggest`` or ``also_in``."""
    rows: list[list[Any]] = []
    known = sheet.part("identifier")
    for place, number in enumerate(sheet.numbers):
        status = sheet.status[place]
        row: list[Any] = [number, CLASSES[status], list(sheet.reasons.get(place, ()))]
        extra = dict(sheet.extras.get(place, {}))
        names = _names(known[place], elsewhere) if status <= 1 else []
        if names:
            extra["also_in"] = names[0] if len(names) == 1 else names
        if extra:
            row.append(extra)
        rows.append(row)
    return rows


def _also_in(judged: Judged, elsewhere: Mapping[str, Collection[str]]) -> dict[str, int]:
    counts = dict.fromkeys(elsewhere, 0)
    for sheet in judged.sheets:
        known = sheet.part("identifier")
        for place in sheet.imported():
            for name in _names(known[place], elsewhere):
                counts[name] += 1
    return {name: count for name, count in counts.items() if count}


def _names(identifier: str | None, elsewhere: Mapping[str, Collection[str]]) -> list[str]:
    return [name for name, known in elsewhere.items() if identifier in known] if identifier else []
