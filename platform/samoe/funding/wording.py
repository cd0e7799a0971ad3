"""Words of the money pages: states, accounts, kinds of posting. Thai here; the catalogue has the English."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

from samoe.i18n import gettext, pick
from samoe.sdk import Benefit
from samoe.targetgroups.manifests import known

REQUEST: Mapping[str, str] = {
    "draft": "ร่าง",
    "submitted": "ส่งแล้ว รอ กสศ. รับตรวจ",
    "in_review": "กสศ. กำลังตรวจสอบและกลั่นกรอง",
    "asked": "กสศ. ถามกลับ รอจังหวัดตอบ",
    "answered": "จังหวัดตอบแล้ว รอ กสศ. ตรวจต่อ",
    "recommended": "เสนอแล้ว รออนุมัติ",
    "approved": "อนุมัติเต็มจำนวน",
    "partly_approved": "อนุมัติบางส่วน",
    "refused": "ไม่อนุมัติ",
    "withdrawn": "ถอนคำขอแล้ว",
}
VERDICT: Mapping[str, str] = {"verify": "ควรอนุมัติ", "ask": "ถาม", "refuse": "ไม่ควร"}
BATCH: Mapping[str, str] = {
    "draft": "ร่าง รอตรวจ",
    "checked": "ตรวจแล้ว รอลงนาม",
    "signed": "ลงนามแล้ว รอส่งเงิน",
    "sent": "ส่งเงินแล้ว รอผล",
    "settled": "ปิดชุดแล้ว",
    "void": "ยกเลิก",
}
PAYMENT: Mapping[str, str] = {
    "listed": "อยู่ในชุด",
    "sent": "รอผล",
    "paid": "จ่ายแล้ว",
    "unclaimed": "ไม่มารับ",
    "bounced": "ตีกลับ",
    "void": "ยกเลิก",
}
METHOD: Mapping[str, str] = {"bank": "โอนผ่านธนาคาร", "cash": "เงินสด ลงชื่อรับ", "goods": "สิ่งของ ลงชื่อรับ"}
TRANSFER: Mapping[str, str] = {"sent": "โอนแล้ว รอยืนยันรับ", "received": "ยืนยันรับแล้ว"}
EVIDENCE: Mapping[str, str] = {
    "signed_list": "บัญชีลงชื่อรับเงิน",
    "bank_receipt": "หลักฐานการโอนของธนาคาร",
    "receipt": "ใบเสร็จรับเงินหรือใบสำคัญรับเงิน",
    "certificate": "ใบรับรองการจ่ายเงิน",
}
ACCOUNT: Mapping[str, str] = {
    "pot_source": "งบประมาณที่กองทุนได้รับ",
    "pot": "เงินกองทุนคงเหลือ",
    "committed": "ผูกพันกับข้อตกลง รอโอน",
    "transferred": "โอนให้จังหวัดแล้ว",
    "refund_received": "รับคืนเงินเหลือจ่าย",
    "fund_source": "เงินที่ได้รับจาก กสศ.",
    "interest_source": "ดอกเบี้ยรับ",
    "co_funding_source": "เงินสมทบ",
    "cash": "เงินสดโครงการ",
    "reserved": "กันวงเงินแล้ว รอลงนาม",
    "advance": "เงินยืมทดรองค้างใช้",
    "in_transit": "อยู่ระหว่างโอนผ่านธนาคาร",
    "paid": "จ่ายแล้ว",
    "unclaimed": "ไม่ได้จ่าย รอคืนเข้าโครงการ",
    "refunded": "ส่งคืนเงินเหลือจ่ายแล้ว",
}
POSTING: Mapping[str, str] = {
    "pot": "รับงบประมาณ",
    "commit": "ผูกพันงบประมาณตามคำขอ",
    "instalment": "โอนงวดเงิน",
    "refund": "ส่งคืนเงินเหลือจ่าย",
    "receipt": "รับงวดเงิน",
    "interest": "รับดอกเบี้ย",
    "co_funding": "รับเงินสมทบ",
    "reserve": "กันวงเงินตามชุดเบิกจ่าย",
    "release": "ปล่อยเงินตามลายมือชื่อ",
    "pay": "จ่ายถึงผู้รับ",
    "bounce": "จ่ายไม่ได้",
    "return": "คืนเข้าเงินสดโครงการ",
    "reversal": "กลับรายการ",
}
PAYEE: Mapping[str, str] = {
    "self": "ผู้มีสิทธิ",
    "guardian": "ผู้ปกครอง",
    "institution": "สถานศึกษา",
    "supervising_agency": "หน่วยงานต้นสังกัด",
    "partner": "หน่วยงานภาคี",
}
BANKS: Mapping[str, str] = {
    "002": "ธนาคารกรุงเทพ",
    "004": "ธนาคารกสิกรไทย",
    "006": "ธนาคารกรุงไทย",
    "011": "ธนาคารทหารไทยธนชาต",
    "014": "ธนาคารไทยพาณิชย์",
    "025": "ธนาคารกรุงศรีอยุธยา",
    "030": "ธนาคารออมสิน",
    "034": "ธ.ก.ส.",
}
"""Codes of the Bank of Thailand for the banks that payees of the programme use."""


class Counted(Protocol):
    @property
    def group_slug(self) -> str: ...
    @property
    def subject(self) -> str: ...
    @property
    def count(self) -> int: ...


def options(words: Mapping[str, str]) -> list[tuple[str, str]]:
    """Pairs of value and word for a list to choose from, in the language of the moment."""
    return [(value, gettext(word)) for value, word in words.items()]


def group(slug: str) -> str:
    """The name of a target group; its slug where its module is not installed here."""
    manifest = known(slug)
    return pick(manifest.name.th, manifest.name.en) if manifest else slug


def benefit(group_slug: str, slug: str) -> str:
    """The name of a group's benefit."""
    declared = _declared(group_slug, slug)
    return pick(declared.label.th, declared.label.en) if declared else slug


def given(group_slug: str, slug: str) -> str:
    """What a benefit in kind gives to each; empty for money, and where the group has given it up."""
    declared = _declared(group_slug, slug)
    return pick(declared.gives.th, declared.gives.en) if declared and declared.gives else ""


def _declared(group_slug: str, slug: str) -> Benefit | None:
    manifest = known(group_slug)
    return next((one for one in manifest.benefits if one.slug == slug), None) if manifest else None


def unit(subject: str) -> str:
    """What is counted."""
    return gettext("แห่ง") if subject == "institution" else gettext("คน")


def title(parts: Iterable[Counted]) -> str:
    """What a request asks for: each group with its count."""
    said = [f"{group(part.group_slug)} {part.count:,} {unit(part.subject)}" for part in parts]
    return " · ".join(said) or gettext("ยังไม่มีบรรทัด")


def code(fiscal_year: int | None, number: int | None) -> str:
    """What people call a request: ``64/003``; a draft has no number yet."""
    return gettext("ร่าง") if number is None or fiscal_year is None else f"{fiscal_year % 100:02}/{number:03}"


def seal(content_hash: str | None) -> str:
    """The first characters of a seal, in fours, as people compare them."""
    return "" if not content_hash else " ".join(content_hash[at : at + 4] for at in (0, 4, 8))
