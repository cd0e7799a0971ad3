"""Whatever is written into the audit trail can be read there, in both languages."""

import ast
from pathlib import Path

import samoe
from samoe.admin.trail.words import SUBJECTS, VERBS, deed, details
from samoe.i18n import use_locale

ROOT = Path(samoe.__file__).parent


def recorded() -> set[tuple[str, str]]:
    """The (verb, subject) of every call of ``record`` in the rooms that names them outright."""
    found = set()
    for path in ROOT.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or len(node.args) < 4:
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            verb, subject = node.args[2:4]
            if name == "record" and isinstance(verb, ast.Constant) and isinstance(subject, ast.Constant):
                found.add((str(verb.value), str(subject.value)))
    return found


def test_every_deed_has_words() -> None:
    deeds = recorded()
    assert len(deeds) > 50
    assert {verb for verb, _ in deeds} - set(VERBS) == set()
    assert {subject for _, subject in deeds} - set(SUBJECTS) == set()


def test_words_are_there_in_both_languages() -> None:
    for words in (VERBS, SUBJECTS):
        assert all(word.th and word.en and not word.th.isascii() and word.en.isascii() for word in words.values())


def test_a_deed_reads_as_a_sentence() -> None:
    assert deed("submitted", "request") == "ยื่นคำขอ"
    assert deed("signed_in", "session") == "เข้าสู่ระบบ"
    assert deed("never_heard_of", "thing") == "never_heard_ofthing"
    with use_locale("en"):
        assert deed("submitted", "request") == "Submitted request"


def test_details_say_what_a_reader_understands_and_leave_out_the_rest() -> None:
    kept = {
        "rows": 5197, "districts": ["5202", "5205"], "ends_on": None, "failed_before": 0, "seal": "ab12",
        "total": 164000000, "to": "520601", "origin": "01a20042-68eb-772a-b514-548017631e9c", "ends": 1,
        "role": "auditor",
    }  # fmt: skip
    assert details(kept) == [
        ("แถว", "5,197"), ("อำเภอ", "แม่เมาะ · งาว"), ("รวมเงิน (บาท)", "1,640,000"), ("ไป", "แจ้ห่ม"),
        ("บทบาท", "ผู้สอบบัญชีและผู้ตรวจสอบภายใน"),
    ]  # fmt: skip
    assert details({"ends_on": "2022-01-14"}) == [("สิ้นสุด", "14 ม.ค. 2565")]
    assert details(None) == []
