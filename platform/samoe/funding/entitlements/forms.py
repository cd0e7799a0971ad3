"""A payee's bank account, as typed."""

from __future__ import annotations

import re
from dataclasses import dataclass

from samoe.kit.reading import Reading, Sent
from samoe.kit.thai import arabic_digits


@dataclass(frozen=True, slots=True)
class PayeeAccountForm:
    bank_code: str
    account_no: str
    account_name: str
    relation: str | None


def read_payee_account(sent: Sent) -> PayeeAccountForm:
    """The bank by its three-digit code, the number with or without dashes."""
    reading = Reading(sent)
    bank = arabic_digits(reading.text("bank_code", required="เลือกธนาคาร"))
    number = re.sub(r"[\s-]", "", arabic_digits(reading.text("account_no", required="กรอกเลขที่บัญชี")))
    name = reading.text("account_name", required="กรอกชื่อบัญชีให้ตรงกับสมุดบัญชี")
    relation = reading.text("relation")
    if bank and not re.fullmatch(r"[0-9]{3}", bank):
        reading.fault("bank_code", "รหัสธนาคารเป็นตัวเลข 3 หลัก เลือกจากรายการ")
    if number and not re.fullmatch(r"[0-9]{10,15}", number):
        reading.fault("account_no", "เลขที่บัญชีเป็นตัวเลข 10 ถึง 15 หลัก ตรวจกับสมุดบัญชี")
    reading.check()
    return PayeeAccountForm(bank, number, name, relation or None)
