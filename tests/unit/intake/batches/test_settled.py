"""A file that answers questions on which others hang: settled when it is read, and again over what is stored."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from samoe.casework.models import Enrolment
from samoe.sdk import Column
from samoe.targetgroups import manifests
from samoe.targetgroups.discovery import catalogue
from tests.unit.intake.batches.conftest import Province
from tests.unit.targetgroups.form import FORM

GROUP = "out_of_school"
HEAD = "ที่,เลขประจำตัวประชาชน,ชื่อ,นามสกุล,ตำบล,อำเภอ"
WHO = "1,1529900000019,ฟ้าใส,ทองดี,หัวเวียง,เมืองลำปาง"
COLUMNS = {
    "works": ("ทำงาน", "tick"),
    "wage": ("ค่าจ้าง", "money"),
    "needs": ("ขาด", "choices"),
    "left": ("ออกเมื่อ", "date"),
}


@pytest.fixture(autouse=True)
def longer_form(monkeypatch: pytest.MonkeyPatch) -> None:
    """A shipped group that also asks about work, in columns of its own."""
    shipped = dict(catalogue())
    own = shipped[GROUP]
    names = {field.slug for field in own.fields}
    more = [
        replace(field, columns=(Column(field.slug, (COLUMNS[field.slug][0],), COLUMNS[field.slug][1]),))
        if field.slug in COLUMNS
        else field
        for field in FORM.fields
        if field.slug not in names
    ]
    shipped[GROUP] = replace(own, sections=FORM.sections, fields=(*own.fields, *more))
    monkeypatch.setattr(manifests, "catalogue", lambda: shipped)


def test_what_a_file_says_is_settled_over_what_was_said_before(lampang: Province) -> None:
    def bring(name: str, heads: str, cells: str) -> dict[str, object]:
        lampang.bring_in(name, GROUP, f"{HEAD},{heads}\n{WHO},{cells}\n".encode("utf-8-sig"))
        with lampang.work.transaction() as db:
            return db.execute(select(Enrolment.answers)).scalar_one()

    first = bring("a.csv", "ทำงาน,ค่าจ้าง,ขาด,ออกเมื่อ", '✓,"8,000",อาหาร/รถ,มี.ค. 2563')
    assert (first["wage"], first["wage_year"]) == (800_000, 9_600_000)
    assert (first["needs"], first["left"]) == (["food", "bus"], "2020-03")
    second = bring("b.csv", "ค่าจ้าง", '"9,000"')
    assert (second["wage"], second["wage_year"], second["works"]) == (900_000, 10_800_000, True)
    third = bring("c.csv", "ทำงาน", "0")
    assert third["works"] is False
    assert not {"wage", "wage_year"} & third.keys()
    assert third["needs"] == ["food", "bus"]
