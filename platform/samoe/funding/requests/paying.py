"""What a grant may pay for: where its benefit is for failing items of an instrument, those and no others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol
from uuid import UUID

from sqlalchemy.orm import Session

from samoe.casework.assessments.queries import Failing, failing_institutions
from samoe.funding.requests.queries import Recipient
from samoe.kit.problem import Problem, Problems
from samoe.programmes.models import Benefit
from samoe.targetgroups.enabling import enabled

PASSES = "%(name)s: ข้อ %(item)s ไม่อยู่ในข้อที่ไม่ผ่านของผลประเมินล่าสุด เงินสนับสนุนใช้ได้เฉพาะข้อที่ไม่ผ่าน เอาข้อนี้ออกแล้วบันทึกใหม่"
NAME_SOME = "%(name)s: เลือกข้อที่จะใช้เงินปรับปรุงอย่างน้อยหนึ่งข้อ จากข้อที่ไม่ผ่านในผลประเมินล่าสุด"
NOTHING_FAILS = "%(name)s: ผลประเมินล่าสุดไม่มีข้อที่ต้องปรับปรุง จึงยังขอเงินสนับสนุนไม่ได้"
NOT_ASSESSED = "%(name)s: ยังไม่มีผลประเมิน ประเมินก่อนจึงระบุข้อที่จะปรับปรุงได้"


class Asked(Protocol):
    """An institution asked for, with the items that its money is for."""

    @property
    def institution_id(self) -> UUID: ...
    @property
    def items(self) -> Sequence[str]: ...


def failing(db: Session, benefit: Benefit) -> dict[UUID, Failing] | None:
    """What fails at each institution of the benefit's group; None for a benefit that is not for such items."""
    group = next((one for one in enabled(db) if one.slug == benefit.group_slug), None)
    declared = next((one for one in group.manifest.benefits if one.slug == benefit.slug), None) if group else None
    if group is None or declared is None or declared.pays_for is None:
        return None
    return failing_institutions(db, benefit.phase_id, benefit.group_slug, group.manifest, declared.pays_for)


def refuse_what_passes(
    known: Mapping[UUID, Failing] | None, grants: Iterable[Asked], names: Mapping[UUID, Recipient]
) -> None:
    """Raise ``Problems`` for items that do not fail, and for a grant that says nothing of those that do.

    An institution that was never assessed may be asked for without items: nothing is known that could be named.
    """
    if known is None:
        return
    found: list[Problem] = []
    for grant in grants:
        here, name = known.get(grant.institution_id), names[grant.institution_id].name
        field = f"items_{grant.institution_id}"
        if here is None or not here.assessed:
            if grant.items:
                found.append(Problem(NOT_ASSESSED, field=field, name=name))
        elif not here.items:
            found.append(Problem(NOTHING_FAILS, field=field, name=name))
        elif not grant.items:
            found.append(Problem(NAME_SOME, field=field, name=name))
        else:
            passing = [item for item in grant.items if item not in here.items]
            found += [Problem(PASSES, field=field, name=name, item=item) for item in passing]
    if found:
        raise Problems(found)
