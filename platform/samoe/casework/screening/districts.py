"""Answers by district, with the districts' names."""

from __future__ import annotations

from collections.abc import Mapping

from samoe.casework.screening.queries import Answers
from samoe.i18n import gettext
from samoe.tenancy import areas


def named(by_district: Mapping[str | None, Answers], locale: str) -> list[tuple[str, str, Answers]]:
    """Code, name and answers of each district, in the order of codes; those without one first."""
    nowhere = gettext("ไม่ระบุอำเภอ")
    rows = [(code or "", areas.name_of(code, locale) or nowhere, one) for code, one in by_district.items()]
    return sorted(rows, key=lambda row: row[0])
