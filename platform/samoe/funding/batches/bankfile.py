"""The CSV file for the bank, and reading results back from the same columns.

UTF-8 with a byte-order mark, so that spreadsheets read the Thai. Every row carries the seal of its batch. No cell
can run as a formula: one that begins like one gets an apostrophe in front, which reading takes off again.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from samoe.funding.batches.forms import Result
from samoe.funding.batches.models import PaymentBatch
from samoe.funding.batches.queries import Paying, code
from samoe.kit import be_date, satang
from samoe.kit.marking import MARK, made_up
from samoe.kit.numbers import BadNumber
from samoe.kit.problem import Problem, Problems
from samoe.kit.thai import clean

COLUMNS = (
    "รหัสรายการ", "รหัสธนาคาร", "เลขที่บัญชี", "ชื่อบัญชี", "จำนวนเงิน (บาท)", "รหัสปิดผนึก", "ผล", "วันที่", "เหตุผล",
)  # fmt: skip
REFERENCE, AMOUNT, SEAL, OUTCOME, DAY, REASON = (COLUMNS[n] for n in (0, 4, 5, 6, 7, 8))
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "|", "%")
OUTCOMES = {
    **dict.fromkeys(("จ่ายแล้ว", "สำเร็จ", "paid", "success"), "paid"),
    **dict.fromkeys(("ไม่มารับ", "unclaimed"), "unclaimed"),
    **dict.fromkeys(("ตีกลับ", "ไม่สำเร็จ", "bounced", "failed", "returned"), "bounced"),
}
MOST_ROWS = 100_000


@dataclass(frozen=True, slots=True)
class ReadFile:
    """What a result file says: results of lines, and how many rows say nothing yet."""

    results: tuple[Result, ...]
    silent: int


def safe(value: str) -> str:
    """A cell that every spreadsheet shows as the text it is."""
    return f"'{value}" if value.startswith((*DANGEROUS, "'")) else value


def plain(value: str) -> str:
    """The text that was made ``safe``."""
    return value[1:] if value.startswith("'") and len(value) > 1 and value[1] in (*DANGEROUS, "'") else value


def reference(batch: PaymentBatch, line_no: int) -> str:
    """What a line is called outside: batch and line, ``64/0003-0118``."""
    return f"{code(batch.fiscal_year, batch.number)}-{line_no:04}"


def write(batch: PaymentBatch, payments: list[Paying]) -> bytes:
    """The file of a batch, in the order of its lines. The last three columns are for the result. In what is made up
    each line begins by saying so, and no bank takes a file with one column more."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    mark = [MARK] if made_up() else []
    writer.writerow([*mark, *COLUMNS])
    for one in payments:
        amount = satang.baht(one.amount).replace(",", "")
        cells = [
            reference(batch, one.line_no), one.bank_code or "", one.account_no or "",
            one.account_name or one.payee_name, amount, batch.content_hash or "", "", "", "",
        ]  # fmt: skip
        writer.writerow([*mark, *(safe(cell) for cell in cells)])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def read(batch: PaymentBatch, content: bytes) -> ReadFile:
    """The results in a file with our columns, in whatever order. ``Problems`` name the row and what is wrong."""
    rows = list(_rows(content))
    problems: list[Problem] = []
    results: list[Result] = []
    silent = 0
    prefix = f"{code(batch.fiscal_year, batch.number)}-"
    for number, row in enumerate(rows, start=2):
        if not row.get(OUTCOME):
            silent += 1
            continue
        try:
            results.append(_result(row, prefix))
        except Problem as problem:
            problem.row, problem.field = number, "file"
            problems.append(problem)
    if problems:
        raise Problems(problems[:20])
    return ReadFile(tuple(results), silent)


def _rows(content: bytes) -> Iterator[dict[str, str]]:
    text = _decoded(content)
    reader = csv.DictReader(io.StringIO(text, newline=""))
    missing = [name for name in (REFERENCE, OUTCOME, DAY) if name not in (reader.fieldnames or [])]
    if missing:
        raise Problem("ไฟล์นี้ไม่มีคอลัมน์ %(names)s ใช้ไฟล์ที่ดาวน์โหลดจากชุดนี้แล้วกรอกผล", field="file", names=", ".join(missing))
    for number, row in enumerate(reader):
        if number >= MOST_ROWS:
            raise Problem("ไฟล์นี้ยาวเกิน 100,000 แถว แบ่งเป็นหลายไฟล์", field="file")
        yield {name: clean(plain(value or "")) for name, value in row.items() if isinstance(name, str)}


def _decoded(content: bytes) -> str:
    if content[:2] == b"PK" or b"\x00" in content[:1000]:
        raise Problem("ไฟล์ผลต้องเป็น CSV บันทึกไฟล์ Excel เป็น CSV UTF-8 ก่อนนำเข้า", field="file")
    for encoding in ("utf-8-sig", "cp874"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Problem("อ่านตัวอักษรในไฟล์ไม่ได้ บันทึกเป็น CSV UTF-8 แล้วนำเข้าใหม่", field="file")


def _result(row: dict[str, str], prefix: str) -> Result:
    outcome = OUTCOMES.get(row[OUTCOME].lower())
    if outcome is None:
        raise Problem("ผล “%(said)s” ไม่ใช่ จ่ายแล้ว ไม่มารับ หรือ ตีกลับ", said=row[OUTCOME][:40])
    return Result(
        _line(row[REFERENCE], prefix), outcome, _day(row[DAY]), row.get(REASON) or None, _amount(row.get(AMOUNT, "")),
        row.get(SEAL) or None,
    )  # fmt: skip


def _line(said: str, prefix: str) -> int:
    """The line number; 0, which no batch has, for a reference of something else."""
    number = said.removeprefix(prefix)
    return int(number) if said.startswith(prefix) and number.isascii() and number.isdecimal() and len(number) < 9 else 0


def _day(said: str) -> date:
    found = be_date.read(said)
    if found.day is None:
        raise Problem("อ่านวันที่ “%(said)s” ไม่ได้ พิมพ์เช่น 22/3/2564", said=said[:40])
    return found.day


def _amount(said: str) -> int | None:
    if not said:
        return None
    try:
        return satang.parse(said)
    except BadNumber as fault:
        raise Problem("อ่านจำนวนเงิน “%(said)s” ไม่ได้ พิมพ์เช่น 800.00", said=said[:40]) from fault
