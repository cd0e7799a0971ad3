"""What published versions of a group have promised: the type of each question and the options that answers may have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from samoe.kit.problem import Problem
from samoe.programmes.designs.bodies import Body, Item, items
from samoe.targetgroups import group_versions

OTHER_TYPE = "คำถามนี้อยู่ในฉบับที่ประกาศใช้แล้ว คำตอบเดิมเก็บเป็นชนิดเดิม จึงเปลี่ยนชนิดไม่ได้ เพิ่มคำถามใหม่แทน แล้วเอาข้อนี้ออก"
OTHER_LIST = "ตัวเลือกของคำถามนี้อยู่ในฉบับที่ประกาศใช้แล้ว เปลี่ยนรายการทั้งชุดไม่ได้ เพิ่มคำถามใหม่แทน แล้วเอาข้อนี้ออก"
OTHER_UNIT = "คำตอบเดิมของคำถามนี้เก็บเป็นอย่างเดิม จึงเปลี่ยนว่าต่อเดือน ต่อปี หรือได้ผลเป็นอะไรไม่ได้ เพิ่มคำถามใหม่แทน แล้วเอาข้อนี้ออก"
UNITS = {"period": None, "gives": "number"}
"""What an answer that is stored means, beside its type: another period makes another amount of it. With what holds
where nothing is said."""

SENSITIVE = "คำถามนี้เคยประกาศว่าเป็นข้อมูลอ่อนไหว คนตอบไว้ตามนั้น จึงเปิดให้ทุกคนที่เห็นรายการอ่านไม่ได้ เพิ่มคำถามใหม่แทน"


@dataclass(frozen=True, slots=True)
class Published:
    """Questions of published versions by slug, as the latest of them says; ``options`` are those of all versions, and
    ``sensitive`` what was sensitive in any: who answered it was told so."""

    fields: Mapping[str, Item]
    options: Mapping[str, Mapping[str, Item]]
    sensitive: frozenset[str] = frozenset()

    @classmethod
    def of(cls, bodies: Iterable[Mapping[str, Any]]) -> Published:
        """Of the bodies of all published versions, the newest first."""
        fields: dict[str, Item] = {}
        options: dict[str, dict[str, Item]] = {}
        sensitive: set[str] = set()
        for body in bodies:
            for field in items(body, "fields"):
                slug = str(field.get("slug"))
                fields.setdefault(slug, field)
                if field.get("sensitive"):
                    sensitive.add(slug)
                for option in field.get("options") or ():
                    options.setdefault(slug, {}).setdefault(str(option.get("value")), option)
        return cls(fields, options, frozenset(sensitive))

    def faults(self, item: Mapping[str, Any]) -> Iterator[Problem]:
        """What a question as it is now says otherwise than was promised."""
        before = self.fields.get(str(item.get("slug")))
        if before is None:
            return
        if self._was_sensitive(item) and not item.get("sensitive"):
            yield Problem(SENSITIVE, field="sensitive")
        if item.get("type") != before.get("type"):
            yield Problem(OTHER_TYPE, field="type")
        elif other := next((k for k, v in UNITS.items() if (item.get(k) or v) != (before.get(k) or v)), None):
            yield Problem(OTHER_UNIT, field=other)
        elif item.get("codelist") != before.get("codelist"):
            yield Problem(OTHER_LIST, field="codelist")
        elif not item.get("codelist"):
            yield from self._lost(item)

    def _was_sensitive(self, item: Mapping[str, Any]) -> bool:
        return str(item.get("slug")) in self.sensitive and item.get("type") != "national_id"

    def _lost(self, item: Mapping[str, Any]) -> Iterator[Problem]:
        now = {str(option.get("value")) for option in item.get("options") or ()}
        for value, option in self.options.get(str(item.get("slug")), {}).items():
            if value not in now:
                label = (option.get("label") or {}).get("th", value)
                yield Problem(
                    "ตัวเลือก “%(label)s” เคยประกาศใช้ เอาออกไม่ได้ ทำเครื่องหมายเลิกใช้แทน", field="options", label=label
                )

    def whole(self, body: Body) -> Body:
        """A body in which every option that was ever published is there: those that it lacks, retired."""
        return (
            {**body, "fields": [self._with_retired(field) for field in items(body, "fields")]}
            if body.get("fields")
            else body
        )

    def _with_retired(self, field: Item) -> Item:
        known = self.options.get(str(field.get("slug")), {})
        now = list(field.get("options") or ())
        lost = known.keys() - {str(option.get("value")) for option in now}
        if not lost or field.get("codelist"):
            return field
        return {**field, "options": [*now, *({**known[value], "retired": True} for value in known if value in lost)]}


def promised_by(db: Session, slug: str) -> Published:
    """Of one group."""
    return Published.of(one.body for one in group_versions.versions(db, slug) if not one.draft)
