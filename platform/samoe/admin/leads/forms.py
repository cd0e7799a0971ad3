"""The first lead of a province, as typed by the fund."""

from __future__ import annotations

from dataclasses import dataclass

from samoe.admin.members.forms import KNOWN, NEW
from samoe.kit.reading import Reading, Sent


@dataclass(frozen=True, slots=True)
class LeadForm:
    """``account`` says whether the account is to be made or is there."""

    account: str
    username: str
    name: str
    position: str


def read_lead(sent: Sent) -> LeadForm:
    reading = Reading(sent)
    form = LeadForm(
        account=reading.one_of("account", (NEW, KNOWN), required="เลือกว่าเป็นบัญชีใหม่หรือมีบัญชีอยู่แล้ว") or NEW,
        username=reading.text("username", required="ใส่ชื่อบัญชี", longest=64),
        name=reading.text("name", required="ใส่ชื่อและนามสกุล", longest=120),
        position=reading.text("position", longest=200),
    )
    reading.check()
    return form
