"""A letter on paper: what is on it comes out again as it was written, letter by letter, and nothing in it is code."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from pathlib import Path

from samoe.files.printing import Letter, letter_pdf

TEMPLATES = Path(__file__).parents[3] / "templates"
HARD = "ที่ น้ำใจ ผู้ใหญ่ ปู่ย่า กตัญญู ฐิติกุล กัญญ์วรา ซื้อ ญี่ปุ่น เครื่องปั้นดินเผา ศูนย์พัฒนาเด็กเล็ก"
LETTER = Letter(
    sender="องค์การบริหารส่วนจังหวัดลำปาง", day="12 กรกฎาคม 2564", subject_label="เรื่อง", subject="แจ้งผลการอนุมัติ",
    paragraphs=("เรียน ผู้ปกครองของเด็กหญิงกัญญ์วรา ฐิติกุล", HARD), closing="ขอแสดงความนับถือ", mark="คัดลอกโดย ธนวัฒน์",
)  # fmt: skip


def read(letter: Letter) -> str:
    made = letter_pdf(TEMPLATES, letter)
    found = subprocess.run(["pdftotext", "-", "-"], input=made, capture_output=True, check=True)
    return "".join(found.stdout.decode().split())


def test_thai_comes_back_as_it_was_written() -> None:
    found = read(LETTER)
    for said in (LETTER.sender, LETTER.day, "เรื่องแจ้งผลการอนุมัติ", *LETTER.paragraphs, LETTER.closing, LETTER.mark):
        assert "".join(said.split()) in found


def test_what_looks_like_code_is_text() -> None:
    name = '#read("/etc/passwd") $x$ *b* \\ "'
    assert "".join(name.split()) in read(replace(LETTER, paragraphs=("เรียน", name)))
