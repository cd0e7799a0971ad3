"""A file that answers a question goes with its answer when two records become one, and comes back with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import select, update

from samoe.casework.models import Enrolment
from samoe.db.table import new_id
from samoe.files.models import Document
from samoe.targetgroups import manifests
from samoe.targetgroups.discovery import catalogue
from tests.factories.province import Province
from tests.unit.casework.conftest import YOUTH
from tests.unit.casework.test_merging import merge, part, suspect
from tests.unit.targetgroups.form import WITH_FILES

BORN = date(2010, 5, 4)


def test_a_merge_takes_the_file_along_and_gives_it_back(lampang: Province, monkeypatch: pytest.MonkeyPatch) -> None:
    shipped = dict(catalogue())
    shipped[YOUTH] = replace(shipped[YOUTH], fields=(*shipped[YOUTH].fields, *WITH_FILES))
    monkeypatch.setattr(manifests, "catalogue", lambda: shipped)
    kept, stays = lampang.enrol(YOUTH, born=BORN)
    gone, twice = lampang.enrol(YOUTH, born=BORN)
    with lampang.work() as db:
        paper = Document(
            id=new_id(), store_key="t/x", file_name="บ้าน.jpg", content_type="image/jpeg", size=1, sha256="x",
            purpose="answer:house", subject_type="enrolment", subject_id=twice,
        )  # fmt: skip
        db.add(paper)
        db.flush()
        document = paper.id
        db.execute(update(Enrolment).where(Enrolment.id == twice).values(answers={"house": str(document)}))

    def belongs() -> tuple[UUID | None, object]:
        with lampang.work() as db:
            answers = db.scalar(select(Enrolment.answers).where(Enrolment.id == stays)) or {}
            return db.scalar(select(Document.subject_id).where(Document.id == document)), answers.get("house")

    made = merge(lampang, suspect(lampang, kept, gone), kept)
    assert belongs() == (stays, str(document))
    part(lampang, made)
    assert belongs() == (twice, None)
