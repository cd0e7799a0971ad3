"""Offering and recommending, as typed."""

from __future__ import annotations

from samoe.kit.reading import Reading, Sent


def read_offering(sent: Sent) -> str:
    """For whom the group may be useful, in a sentence."""
    return _sentence(sent, "useful_for", "บอกสั้น ๆ ว่าแบบนี้น่าจะมีประโยชน์กับจังหวัดแบบใด")


def read_recommending(sent: Sent) -> str:
    """Why the fund recommends it."""
    return _sentence(sent, "reason", "บอกเหตุผลที่ กสศ. แนะนำแบบนี้ ทุกจังหวัดจะเห็นข้อความนี้")


def _sentence(sent: Sent, name: str, required: str) -> str:
    reading = Reading(sent)
    typed = reading.text(name, required=required, longest=1000)
    reading.check()
    return typed
