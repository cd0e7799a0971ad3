"""A group's workbook through the import that everybody uses: opened, mapped, judged, staged, written. What was meant by
each heading and each cell is known, so that whatever is read otherwise is a finding."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from samoe.casework.enrolments.actions import change_answers
from samoe.casework.models import Enrolment
from samoe.demo.scene import Part, Scene
from samoe.demo.subjects import Made
from samoe.identity import Actor
from samoe.intake.batches import actions as intake
from samoe.intake.batches import queries, reading
from samoe.intake.batches.telling import STANDARD_WORDS, reason
from samoe.intake.judging import Plan
from samoe.intake.judging.vocabulary import vocabulary
from samoe.intake.models import ImportRow
from samoe.jobs import Work
from samoe.kit.marking import marking
from samoe.kit.numbers import written_out
from samoe.kit.problem import Problem, Problems
from samoe.kit.thai import clean, squeeze
from samoe.kit.workbooks import XLSX
from samoe.rehearsals.steps.lists import LIST, SCORES, Heading, Listed, listed
from samoe.rehearsals.steps.mess import EMPTY
from samoe.sdk import Manifest
from samoe.tenancy import areas, current

SURVEYED = 60
UNKNOWN_HEADING = "หัวคอลัมน์ “%(heading)s” ของ “%(asked)s” ระบบไม่รู้จัก ต้องเลือกเองทุกครั้งที่นำเข้า แก้คำหัวคอลัมน์ของคำถามนี้"
OTHER_HEADING = "หัวคอลัมน์ “%(heading)s” ของ “%(asked)s” ถูกอ่านเป็น “%(other)s” ใช้คำที่ไม่ซ้ำกัน"
SECOND_HEADING = "หัวคอลัมน์ “%(heading)s” ของ “%(asked)s” ถูกข้าม เพราะมีอีกคอลัมน์ที่ระบบอ่านเป็นเรื่องเดียวกัน"
NO_HEADING = "ไม่มีหัวคอลัมน์ของ %(asked)s ไฟล์นำเข้าจึงตอบคำถามนี้ไม่ได้ การซ้อมกรอกรายคนแทน"
READ_OTHERWISE = "“%(asked)s” อ่านได้ไม่ตรงที่พิมพ์ %(n)s ช่อง เช่น แถวที่ %(line)s พิมพ์ว่า “%(typed)s”"
NEEDED = "เว้น “%(asked)s” ว่างแล้วทั้งแถวนำเข้าไม่ได้ %(n)s แถว เช่น แถวที่ %(line)s ถ้าจะรับไว้ก่อนแล้วถามทีหลัง แก้ให้เป็นข้อสังเกต"
NOT_READ = "“%(asked)s” อ่านไม่ได้ %(n)s ช่อง เช่น แถวที่ %(line)s พิมพ์ว่า “%(typed)s”"
REFUSED = "%(n)s แถวนำเข้าไม่ได้ทั้งที่ข้อมูลถูกต้อง เช่น แถวที่ %(line)s: %(why)s"
TAKEN = "%(what)sถูกรับเข้าทะเบียน ทั้งที่ควรถูกคัดออก"
NOTHING_READ = "เปิดไฟล์ได้ แต่ไม่มีแถวใดนำเข้าได้ ตรวจหัวคอลัมน์และคำถามที่บังคับของกลุ่มนี้"
NOT_ANSWERED = "กรอก %(asked)s ให้ไม่ได้: %(why)s"
IMPORTED = ("ok", "warning")
Counts = dict[str, int]


def take_in(scene: Scene, part: Part, made: Sequence[Made]) -> tuple[Counts, list[Problem]]:
    """Send the workbook and have it written; how it went, and what was read otherwise than meant. Goes on where it was
    left."""
    manifest, officer, as_of = (
        part.group.manifest,
        scene.actor("province_officer", "province_lead"),
        scene.day(SURVEYED),
    )
    work = Work(scene.settings, officer)
    title = f"แบบสำรวจ{manifest.name.th} จังหวัด{areas.name_of(scene.tenant.province_code)}"
    with marking(True):
        lines = listed(manifest, made, title=title, as_of=as_of)
    name = f"{part.slug.replace('_', '-')}.xlsx"
    batch = UUID(
        scene.once(f"list of {part.slug}", officer, _sent, scene, part, intake.SentTable(name, lines.content, XLSX))
    )
    plan = scene.once(f"reading of {part.slug}", officer, _proposed, work, batch)
    found = [*_of_headings(manifest, lines, plan), *_of_wordings(manifest)]
    _confirmed(work, batch, _mended(lines, plan) | {"as_of": as_of.isoformat()})
    counts, of_rows = scene.once(f"what was read of {part.slug}", officer, _held_against, batch, manifest, lines)
    _written(work, batch)
    typed = scene.once(f"typed in {part.slug}", officer, _typed_in, batch, manifest, lines)
    found += [Problem(one["message"], **one["params"]) for one in [*of_rows, *typed]]
    if not counts["subjects"]:
        raise next(iter(found), Problem(NOTHING_READ))
    right = sum(1 for one in _columns(lines, plan) if one[2] == one[1].name)
    return {**counts, "headings": len(lines.headings) + len(lines.scores), "known": right}, found


def _sent(db: Session, actor: Actor, scene: Scene, part: Part, table: intake.SentTable) -> str:
    return str(intake.upload(db, actor, scene.settings, group_slug=part.slug, table=table, options={}).id)


def _proposed(_db: Session, _actor: Actor, work: Work, batch: UUID) -> dict[str, Any]:
    plan: Plan = reading.propose_reading(work, batch)
    return plan.as_json()


def _confirmed(work: Work, batch: UUID, options: dict[str, Any]) -> None:
    """As whoever sends a file confirms how it is read, and orders that it be written."""
    with work.transaction() as db:
        if (state := queries.batch(db, batch).state) == "mapped":
            intake.confirm(db, work.actor, batch, options, job=None)
    if state in {"mapped", "checking"}:
        reading.check(work, batch, whole=False)


def _written(work: Work, batch: UUID) -> None:
    with work.transaction() as db:
        if queries.batch(db, batch).state == "checked":
            intake.order_commit(db, work.actor, batch, job=None)
    intake.commit(work, batch)


def _columns(lines: Listed, plan: Mapping[str, Any]) -> Iterator[tuple[str, Heading, str, bool]]:
    """Each column that was written: its sheet, what it is, what it was read as, and whether it was left out."""
    headings = {LIST: lines.headings, SCORES: lines.scores}
    for sheet in plan["sheets"]:
        for column in sheet["columns"]:
            if column["index"] < len(headings.get(sheet["name"], ())):
                meant = headings[sheet["name"]][column["index"]]
                yield sheet["name"], meant, "" if column["left_out"] else column["field"], column["left_out"]


def _of_headings(manifest: Manifest, lines: Listed, plan: Mapping[str, Any]) -> Iterator[Problem]:
    names = _names(manifest)
    for _, meant, name, left_out in _columns(lines, plan):
        if left_out:
            yield Problem(SECOND_HEADING, heading=meant.text, asked=meant.asked)
        elif not name:
            yield Problem(UNKNOWN_HEADING, heading=meant.text, asked=meant.asked)
        elif name != meant.name:
            yield Problem(OTHER_HEADING, heading=meant.text, asked=meant.asked, other=names.get(name, name))


def _of_wordings(manifest: Manifest) -> Iterator[Problem]:
    """The other wordings of the group's headings, of which the workbook has the first of each question alone."""
    words, names = vocabulary(manifest, {}), _names(manifest)
    for field in manifest.fields:
        for number, column in enumerate(field.columns):
            for place, heading in enumerate(column.headers):
                other = words.field(squeeze(clean(heading)))
                if (number or place) and other != column.name:
                    yield Problem(
                        OTHER_HEADING, heading=heading, asked=field.label.th, other=names.get(other or "", other or "–")
                    )


def _names(manifest: Manifest) -> dict[str, str]:
    own = {column.name: field.label.th for field in manifest.fields for column in field.columns}
    return {**STANDARD_WORDS, **own}


def _mended(lines: Listed, plan: Mapping[str, Any]) -> dict[str, Any]:
    """What somebody would put right before going on: headings read otherwise, as far as each is there once."""
    every = Counter(heading.text for heading in lines.headings)
    wrong = {
        meant.text: meant.name
        for sheet, meant, name, _ in _columns(lines, plan)
        if sheet == LIST and name != meant.name
    }
    columns = {text: name for text, name in wrong.items() if every[text] == 1}
    return {"columns": columns} if columns else {}


def _held_against(
    db: Session, _actor: Actor, batch: UUID, manifest: Manifest, lines: Listed
) -> tuple[Counts, list[dict[str, Any]]]:
    """Every row and cell as staged, against what was meant."""
    r = ImportRow
    asked = select(r.row_no, r.judged_as, r.reasons, r.answers).where(
        r.tenant_id == current().tenant_id, r.batch_id == batch, r.sheet == LIST
    )
    rows = {row.row_no: row for row in db.execute(asked)}
    missed, blank = dict[int, str](), defaultdict[Heading, list[int]](list)
    wrong, lost = defaultdict[Heading, list[int]](list), defaultdict[Heading, list[int]](list)
    compared = 0
    for number, one in lines.of.items():
        row = rows.get(number)
        if row is None or row.judged_as not in IMPORTED:
            left = _left_blank(lines, number, row.reasons) if row is not None else None
            if left is not None:
                blank[left].append(number)
            else:
                missed[number] = ", ".join(reason(code, manifest) for code in row.reasons) if row is not None else ""
            continue
        for heading in lines.headings:
            meant = one.answers.get(heading.field.slug) if heading.field is not None else None
            if heading.field is None or meant is None:
                continue
            compared += 1
            got = (row.answers or {}).get(heading.field.slug)
            if got is None:
                lost[heading].append(number)
            elif got != meant:
                wrong[heading].append(number)
    said = [_cells(READ_OTHERWISE, lines, *found) for found in wrong.items()]
    said += [_cells(NOT_READ, lines, *found) for found in lost.items()]
    said += [
        Problem(NEEDED, asked=heading.asked, n=len(numbers), line=numbers[0]) for heading, numbers in blank.items()
    ]
    if missed:
        first = next(iter(missed))
        said.append(Problem(REFUSED, n=len(missed), line=first, why=missed[first] or "–"))
    said += [
        Problem(TAKEN, what=what)
        for number, what in lines.planted.items()
        if (row := rows.get(number)) is not None and row.judged_as in IMPORTED
    ]
    counts = {
        "subjects": len(lines.of) - len(missed) - sum(map(len, blank.values())), "rows": len(rows), "cells": compared,
        "refused": sum(1 for number in lines.planted if number in rows and rows[number].judged_as not in IMPORTED),
        "doubtful": sum(1 for row in rows.values() if row.judged_as == "warning"),
    }  # fmt: skip
    return counts, [{"message": one.message, "params": _plain(one)} for one in said]


def _left_blank(lines: Listed, number: int, codes: Sequence[str]) -> Heading | None:
    """The column that nobody typed into, for want of which the group takes no row."""
    cells = zip(lines.headings, lines.typed[number], strict=True)
    return next((one for one, cell in cells if cell in EMPTY and one.column and one.column.missing in codes), None)


def _cells(message: str, lines: Listed, heading: Heading, numbers: list[int]) -> Problem:
    cell = lines.typed[numbers[0]][lines.headings.index(heading)]
    return Problem(message, asked=heading.asked, n=len(numbers), line=numbers[0], typed=written_out(cell).strip())


def _typed_in(db: Session, actor: Actor, batch: UUID, manifest: Manifest, lines: Listed) -> list[dict[str, Any]]:
    """Answers to questions that have no heading are typed case by case, as people do."""
    by_file = {heading.field.slug for heading in lines.headings if heading.field is not None}
    if lines.scores and manifest.imports.scores is not None:
        by_file.add(manifest.imports.scores.field)
    asked = [
        field for field in manifest.fields
        if field.slug not in by_file and field.calculate is None
        and any(field.slug in one.answers for one in lines.of.values())
    ]  # fmt: skip
    if not asked:
        return []
    labels = ", ".join(f"“{field.label.th}”" for field in asked)
    said, e, r = [Problem(NO_HEADING, asked=labels)], Enrolment, ImportRow
    rows = db.execute(
        select(r.row_no, e.id, e.row_version)
        .join(e, (e.tenant_id == r.tenant_id) & (e.id == r.enrolment_id))
        .where(r.tenant_id == current().tenant_id, r.batch_id == batch, r.sheet == LIST)
    ).all()
    for row in rows:
        one = lines.of.get(row.row_no)
        answers = {field.slug: one.answers[field.slug] for field in asked if one and field.slug in one.answers}
        if not answers:
            continue
        try:
            change_answers(db, actor, row.id, row.row_version, answers)
        except (Problem, Problems) as problem:
            said.append(Problem(NOT_ANSWERED, asked=labels, why=str(problem)))
            break
    return [{"message": one.message, "params": _plain(one)} for one in said]


def _plain(problem: Problem) -> dict[str, str]:
    return {name: str(value) for name, value in problem.params.items()}
