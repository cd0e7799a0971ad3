"""A letter of a draft as it would be read by whom it is for: written to somebody who is made up."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy.orm import Session

from samoe.files.printing import Letter
from samoe.i18n import gettext, use_locale
from samoe.kit import be_format
from samoe.programmes.designs.bodies import Body, Item, items
from samoe.programmes.phases.queries import current_phase
from samoe.programmes.programme.queries import lead_on
from samoe.targetgroups.letters import BLANK, filled
from samoe.tenancy import areas, current

NOBODY = {
    "person": {"th": "เด็กหญิงสมมติ ตัวอย่าง", "en": "Miss Sample Person"},
    "institution": {"th": "ศูนย์พัฒนาเด็กเล็กตัวอย่าง", "en": "Sample Centre"},
}


def samples(db: Session, body: Body, item: Item, today: date) -> list[Letter]:
    """The letter in each language that it has a text in, with the words that say that nobody is meant."""
    texts = item.get("text") if isinstance(item.get("text"), Mapping) else {}
    said = [side for side in ("th", "en") if texts and str(texts.get(side) or "").strip()]
    return [_sample(db, body, item, side, today) for side in said]


def _sample(db: Session, body: Body, item: Item, side: str, today: date) -> Letter:
    values = _values(db, body, side, today)
    with use_locale(side):
        return Letter(
            values["lead_organisation"] or BLANK, values["today"], gettext("เรื่อง"), _of(item.get("label"), side),
            filled(str(item["text"][side]), values).paragraphs, gettext("ขอแสดงความนับถือ"),
            gettext("ตัวอย่าง ไม่มีใครในนี้มีตัวตนจริง"), side,
        )  # fmt: skip


def _values(db: Session, body: Body, side: str, today: date) -> Mapping[str, str]:
    province, phase, lead = f"{current().tenant_id:02}", current_phase(db, today), lead_on(db, today)
    stage = next(iter(items(body, "stages")), {})
    district = next(iter(areas.districts(province)), None)
    return {
        "name": NOBODY["institution" if body.get("subject") == "institution" else "person"][side],
        "group": _of(body.get("name"), side),
        "stage": _of(stage.get("label"), side),
        "phase": str(phase.number) if phase else "1",
        "district": district.of(side) if district else "",
        "province": areas.name_of(province, side),
        "lead_organisation": (lead.name_en if side == "en" else lead.name_th) if lead else "",
        "today": be_format.long(today, side),
    }


def _of(words: object, side: str) -> str:
    return str(words.get(side, "")) if isinstance(words, Mapping) else ""
