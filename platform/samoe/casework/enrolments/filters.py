"""The caseload's filters: read from the address, put back into it, and said in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Protocol
from urllib.parse import urlencode

from samoe.i18n import current_locale, gettext, pick
from samoe.identity.kept_words import Words
from samoe.kit import ids
from samoe.sdk import Manifest
from samoe.tenancy import areas

DECISIONS: Mapping[str, str] = {
    "qualifies": "ผ่านเกณฑ์", "does_not": "ไม่ผ่านเกณฑ์", "unknown": "ข้อมูลไม่พอตัดสิน", "none": "ยังไม่คัดกรอง",
}  # fmt: skip
SORTS = ("", "name", "due")
NOTHING_TYPED = Words()
NOBODY = "none"
NOWHERE = "none"
"""Those of whom no district is known: only who reaches the whole province sees them (catalogue D-04)."""


class Query(Protocol):
    """The parameters of an address."""

    def text(self, name: str) -> str: ...


@dataclass(frozen=True, slots=True)
class Filters:
    """What the list is narrowed to. Empty is everything; a value that makes no sense is ignored."""

    q: str = ""
    """What was typed; it never stands in an address."""
    w: str = ""
    """The key that stands there in its place."""
    status: str = ""
    district: str = ""
    decision: str = ""
    worker: str = ""
    due: str = ""
    phase: str = ""
    carried: str = ""
    sort: str = ""
    after: str = ""

    @classmethod
    def read(cls, query: Query, manifest: Manifest, words: Words = NOTHING_TYPED) -> Filters:
        """From the address and what was typed; what the group does not know is left out."""
        given = {one.name: query.text(one.name) for one in fields(cls)} | {"q": words.text, "w": words.key}
        stages = {stage.slug for stage in manifest.stages}
        given["status"] = given["status"] if given["status"] in stages else ""
        given["decision"] = given["decision"] if given["decision"] in DECISIONS else ""
        given["district"] = given["district"] if given["district"] == NOWHERE or areas.find(given["district"]) else ""
        given["worker"] = given["worker"] if given["worker"] == NOBODY or ids.read(given["worker"]) else ""
        given["due"] = given["due"] if given["due"] in ("week", "late") else ""
        given["phase"] = given["phase"] if given["phase"].isascii() and given["phase"].isdecimal() else ""
        given["sort"] = given["sort"] if given["sort"] in SORTS else ""
        return cls(**given)

    @property
    def narrowed(self) -> bool:
        """Whether anything but the order and the page is asked for."""
        return replace(self, sort="", after="", phase="") != Filters()

    @property
    def view(self) -> str:
        """The standing view that these filters are, if they are one."""
        if self.due == "week":
            return "due"
        if self.worker == NOBODY:
            return "nobody"
        return self.decision if self.decision in ("qualifies", "unknown") else ""

    def address(self, path: str, **change: str) -> str:
        """The page with these filters, some changed. A changed filter begins at the first page."""
        asked = replace(self, **({"after": ""} | change), q="")
        kept = {one.name: value for one in fields(asked) if (value := getattr(asked, one.name))}
        return f"{path}?{urlencode(kept)}" if kept else path

    def chips(self, manifest: Manifest, path: str, workers: Mapping[str, str]) -> list[tuple[str, str]]:
        """Each filter in plain words with the address that takes it away."""
        words: dict[str, str] = {}
        if self.status:
            label = manifest.stage(self.status).label
            words["status"] = pick(label.th, label.en)
        if self.district:
            name = areas.name_of(self.district, current_locale())
            words["district"] = (
                gettext("ไม่ระบุอำเภอ") if self.district == NOWHERE else gettext("อำเภอ%(name)s", name=name)
            )
        if self.decision:
            words["decision"] = gettext(DECISIONS[self.decision])
        if self.worker:
            name = workers.get(self.worker, "")
            words["worker"] = gettext("ยังไม่มีผู้ดูแล") if self.worker == NOBODY else gettext("ผู้ดูแล %(name)s", name=name)
        if self.due:
            words["due"] = gettext("ครบกำหนดภายใน 7 วัน") if self.due == "week" else gettext("เกินกำหนด")
        if self.carried:
            words["carried"] = gettext("ยกมาจากระยะก่อน")
        if self.q:
            words["w"] = f"“{self.q}”"
        return [(text, self.address(path, **{name: ""})) for name, text in words.items()]
