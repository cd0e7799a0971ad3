"""National indicators: what each code means, which are in use, and whether a group's indicator answers one rightly.

The list is what is shipped (every ``samoe_*.contracts.toml`` on the import path), with what the fund has added or
retired laid over it.
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from samoe.db.protection import FUND_TENANT
from samoe.i18n import gettext
from samoe.sdk import Indicator, Manifest, Text
from samoe.targetgroups.models import IndicatorContract
from samoe.tenancy.session import working

FILES = "samoe_*.contracts.toml"
LOCAL = "local"
"""The contract of an indicator that only its own province looks at."""
LOCAL_LABEL = "เฉพาะจังหวัดนี้ ไม่ส่ง กสศ."
COUNTING = (
    "enrolments", "decision", "paid_people", "institutions", "subdistricts", "districts", "answer_is", "submissions",
    "surveyed", "target_min", "target_max", "stage",
)  # fmt: skip
"""Measures that count. The least or most of an answer is one person's own and leaves no province."""
SUMMING = ("sum", "paid_total")
KIND_WORDS = {"count": "จำนวน", "share": "ร้อยละ", "mean": "ค่าเฉลี่ย"}
BETTER_WORDS = {"more": "มากกว่าดีกว่า", "less": "น้อยกว่าดีกว่า", "neither": "ไม่บอกว่าดีหรือไม่ดี"}


@dataclass(frozen=True, slots=True)
class Contract:
    """One national indicator. ``row_version`` is 0 for a shipped one that the fund has not touched."""

    code: str
    name: Text
    meaning: Text
    kind: str
    unit: Text | None
    better: str
    active: bool = True
    row_version: int = 0


@dataclass(frozen=True, slots=True)
class ContractFault:
    """What is wrong with the contract of an indicator: which one, and at which key."""

    place: int
    key: str
    message: str


def shipped() -> Mapping[str, Contract]:
    """Every contract that is shipped, by code."""
    return _read(tuple(sys.path))


def contracts(db: Session) -> dict[str, Contract]:
    """Every national indicator, retired ones too, by code."""
    c = IndicatorContract
    rows = db.execute(
        select(c.code, c.name, c.meaning, c.kind, c.unit, c.better, c.active, c.row_version).where(
            c.tenant_id == FUND_TENANT
        )
    )
    kept = {row.code: Contract(
        row.code, Text(**row.name), Text(**row.meaning), row.kind, Text(**row.unit) if row.unit else None, row.better,
        row.active, row.row_version,
    ) for row in rows}  # fmt: skip
    return dict(sorted({**shipped(), **kept}.items()))


def known() -> Mapping[str, Contract]:
    """As ``contracts``, in the transaction under way; outside any, those that are shipped."""
    db = working()
    return shipped() if db is None else contracts(db)


def faults(indicators: Iterable[Any], among: Mapping[str, Contract]) -> Iterator[ContractFault]:
    """What keeps indicators, as plain data in module.toml's keys, from answering the contracts that they name."""
    for place, item in enumerate(indicators):
        code = item.get("contract") if isinstance(item, Mapping) else None
        if not code or code == LOCAL:
            continue
        found = among.get(str(code))
        if found is None:
            yield ContractFault(place, "contract", gettext("ไม่มีตัวชี้วัดกลางรหัส %(code)s", code=code))
        elif not found.active:
            yield ContractFault(place, "contract", gettext("กสศ. เลิกใช้ตัวชี้วัดกลาง %(code)s แล้ว", code=code))
        elif item.get("kind") != found.kind:
            yield ContractFault(
                place, "contract",
                gettext("%(code)s เป็น%(kind)s ตัวชี้วัดนี้ต้องเป็นแบบเดียวกัน", code=code, kind=gettext(KIND_WORDS[found.kind])),
            )  # fmt: skip
        else:
            yield from _measured(place, item)


def answered(manifest: Manifest, among: Mapping[str, Contract]) -> Iterator[Indicator]:
    """The group's indicators that answer a contract in use as it is meant."""
    for one in manifest.indicators:
        measures = {key: {"measure": part.kind} for key, part in (("of", one.of), ("over", one.over)) if part}
        plain = {"contract": one.contract, "kind": one.kind, **measures}
        if one.contract in among and not list(faults([plain], among)):
            yield one


def _measured(place: int, item: Mapping[str, Any]) -> Iterator[ContractFault]:
    may = {"of": SUMMING if item.get("kind") == "mean" else COUNTING, "over": COUNTING}
    for key, measures in may.items():
        table = item.get(key)
        named = table.get("measure") if isinstance(table, Mapping) else None
        if named and named not in measures:
            yield ContractFault(
                place, f"{key}.measure", gettext("ตัวชี้วัดกลางใช้การนับนี้ไม่ได้ เลือกการนับอื่น หรือให้เป็นตัวชี้วัดของจังหวัดเอง")
            )


@lru_cache(maxsize=8)
def _read(path: tuple[str, ...]) -> Mapping[str, Contract]:
    found: dict[str, Contract] = {}
    for entry in path:
        root = Path(entry)
        for file in sorted(root.glob(FILES)) if root.is_dir() else ():
            for row in tomllib.loads(file.read_text(encoding="utf-8"))["contracts"]:
                unit = row.get("unit")
                made = Contract(
                    row["code"], Text(**row["name"]), Text(**row["meaning"]), row["kind"],
                    Text(**unit) if unit else None, row["better"],
                )  # fmt: skip
                found.setdefault(made.code, made)
    return dict(sorted(found.items()))
