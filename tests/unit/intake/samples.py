"""The sample workbooks with their known answers, and small workbooks made of rows."""

import csv
import json
from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from samoe.intake.judging import Areas, Judged, JudgedRow, Options, judge
from samoe.intake.reading import Cell, Sheet, Workbook
from samoe.sdk import Manifest
from samoe.targetgroups.criteria import Circumstances
from samoe.targetgroups.discovery import catalogue

WORKBOOKS = Path(__file__).parents[2] / "workbooks"
FILES = Path(__file__).parent / "files"
AS_OF = date(2021, 3, 31)
GROUPS = {
    "ecd": "early_childhood",
    "done": "early_childhood",
    "oos": "out_of_school",
    "special": "special_needs",
    "risk": "at_risk_students",
    "grant": "centre_development",
    "status": "centre_development",
}
GRANT = {"grant": (7_000_00, 25_000_00)}

PERSON_HEADER = ["ที่", "เลขประจำตัวประชาชน", "ชื่อ - สกุล", "วันเดือนปีเกิด", "ตำบล", "อำเภอ"]


@cache
def areas(province: str = "52") -> Areas:
    with (WORKBOOKS / "areas.csv").open(encoding="utf-8-sig") as file:
        rows = [row for row in csv.DictReader(file) if row["province_code"] == province]
    districts = {row["district_code"]: row["district_th"] for row in rows}
    subdistricts = {row["subdistrict_code"]: row["subdistrict_th"] for row in rows}
    return Areas(province, rows[0]["province_th"], districts, subdistricts)


def manifest(slug: str = "out_of_school") -> Manifest:
    return catalogue()[slug]


def under(group: Manifest) -> Circumstances:
    return Circumstances(group, AS_OF, None, group.values({}))


@cache
def truth(name: str) -> dict[str, Any]:
    known: dict[str, Any] = json.loads((WORKBOOKS / f"{name}.truth.json").read_text(encoding="utf-8"))
    return known


def workbook(*sheets: tuple[str, Sequence[Sequence[Cell]]]) -> Workbook:
    return Workbook("xlsx", tuple(_sheet(name, rows) for name, rows in sheets))


def _sheet(name: str, rows: Sequence[Sequence[Cell]]) -> Sheet:
    return Sheet(name, source=lambda: iter([list(row) for row in rows]))


def judged(*sheets: tuple[str, Sequence[Sequence[Cell]]], group: str = "out_of_school", **options: Any) -> Judged:
    """Sheets of rows, judged as of the day of the samples unless the options say otherwise."""
    said = Options(**{"as_of": AS_OF, "bounds": GRANT, **options})
    return judge(workbook(*sheets), manifest(group), areas(), said)


def rows(*data: Sequence[Cell], header: Sequence[Cell] = PERSON_HEADER, **more: Any) -> list[JudgedRow]:
    """Rows of one sheet under a header, judged."""
    return list(judged(("ก", [header, *data]), **more).sheets[0].rows())


def person(
    identifier: Cell = "1520197266715",
    name: Cell = "ด.ญ.สมมติ ตัวอย่าง",
    birth: Cell = "1/2/2550",
    subdistrict: Cell = "เวียงเหนือ",
    district: Cell = "เมือง",
) -> list[Cell]:
    """A row for ``PERSON_HEADER``, right in every cell unless said otherwise."""
    return [1.0, identifier, name, birth, subdistrict, district]
