"""The people whom all tests know by name: two provinces and the fund, with one member for each role.

Names are invented. ``lampang.coordinator`` has แจ้ห่ม (5206); ``lampang.ngo`` has แม่เมาะ (5202) and งาว (5205) for the
out-of-school group; ``phuket.ngo`` has ถลาง (8303). ``lampang.both`` is a member in both provinces.
"""

from __future__ import annotations

from dataclasses import dataclass

PASSWORD = "เสมอภาค-lotus-river-42"
"""Everyone's. Tests of passwords make their own accounts."""


@dataclass(frozen=True)
class Part:
    """Who somebody is in one tenant."""

    name: str
    tenant: str
    role: str
    districts: tuple[str, ...] | None = None
    groups: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Place:
    """A tenant of the cast."""

    id: int
    slug: str
    kind: str
    th: str
    en: str
    province_code: str | None = None
    groups: tuple[str, ...] = ()


OUT_OF_SCHOOL = "out_of_school"
PLACES = (
    Place(1, "fund", "fund", "กองทุนเพื่อความเสมอภาคทางการศึกษา", "Equitable Education Fund"),
    Place(
        52, "lampang", "province", "ลำปาง", "Lampang", "52",
        ("early_childhood", "centre_development", OUT_OF_SCHOOL, "special_needs"),
    ),
    Place(
        83, "phuket", "province", "ภูเก็ต", "Phuket", "83",
        ("early_childhood", "centre_development", "at_risk_students"),
    ),
)  # fmt: skip
LAMPANG, PHUKET, FUND = 52, 83, 1

PARTS = {
    "lampang.lead": Part("ธนวัฒน์ ปินตา", "lampang", "province_lead"),
    "lampang.lead2": Part("อำไพ ศรีนวล", "lampang", "province_lead"),
    "lampang.officer": Part("อรุณี ปัญญาวงค์", "lampang", "province_officer"),
    "lampang.finance": Part("วิไลพร ใจมา", "lampang", "finance_officer"),
    "lampang.finance2": Part("สมพร เตชะกุล", "lampang", "finance_officer"),
    "lampang.signatory": Part("ประเสริฐ วงศ์คำ", "lampang", "signatory"),
    "lampang.signatory2": Part("สุรีย์ ก้อนแก้ว", "lampang", "signatory"),
    "lampang.agency": Part("กัลยา สุริยะ", "lampang", "agency_officer", groups=(OUT_OF_SCHOOL,)),
    "lampang.lao": Part("นิคม จันทร์ตา", "lampang", "lao_officer"),
    "lampang.coordinator": Part("มาลี คำแสน", "lampang", "district_coordinator", districts=("5206",)),
    "lampang.ngo": Part("ศิริพร ยาวิชัย", "lampang", "partner_manager", ("5202", "5205"), (OUT_OF_SCHOOL,)),
    "lampang.centre": Part("จันทร์เพ็ญ มูลเมือง", "lampang", "centre_head"),
    "lampang.teacher": Part("ดวงใจ แก้วมณี", "lampang", "field_worker"),
    "lampang.governor": Part("อนันต์ ศรีวิชัย", "lampang", "committee_viewer"),
    "lampang.auditor": Part("เกษม อินทรสูต", "lampang", "auditor"),
    "lampang.dpo": Part("รัตนา ไชยวงค์", "lampang", "dpo"),
    "lampang.both": Part("พรทิพย์ สองเมือง", "lampang", "committee_viewer"),
    "phuket.lead": Part("ชนิดา ณ ถลาง", "phuket", "province_lead"),
    "phuket.officer": Part("สมชาย ชลธาร", "phuket", "province_officer"),
    "phuket.ngo": Part("สุดารัตน์ รักษ์ทะเล", "phuket", "partner_manager", ("8303",)),
    "fund.analyst": Part("พิมพ์ชนก เลิศวิทยา", "fund", "fund_analyst"),
    "fund.reviewer": Part("ณัฐพล วัฒนกิจ", "fund", "fund_reviewer"),
    "fund.approver": Part("ศุภชัย เมธากุล", "fund", "fund_approver"),
    "fund.finance": Part("อัญชลี พงศ์ไพบูลย์", "fund", "fund_finance"),
    "fund.admin": Part("วรวุฒิ ธำรงค์", "fund", "fund_admin"),
    "fund.operator": Part("ปกรณ์ สายชล", "fund", "operator"),
}
SECOND_PARTS = {"lampang.both": Part("พรทิพย์ สองเมือง", "phuket", "committee_viewer")}
"""Further memberships of the same accounts."""
