"""Working on a draft of a reference rule, and publishing it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import func
from sqlalchemy.orm import Session

from samoe import audit
from samoe.identity import Actor, Permission, require
from samoe.kit.problem import Conflict, Problem
from samoe.programmes.criteria.buttons import first_clause
from samoe.programmes.criteria.forms import PublishForm
from samoe.programmes.criteria.shape import Shape
from samoe.programmes.versions import REFERENCES
from samoe.sdk import Age, All, Compare, FromSetting, Known, Manifest, Node, Not, Some, write_tree
from samoe.sdk.criteria import leaves
from samoe.sdk.rules import check_tree
from samoe.targetgroups import references
from samoe.targetgroups.contracts import contracts
from samoe.targetgroups.manifests import everywhere
from samoe.targetgroups.models import ReferenceRule
from samoe.targetgroups.provinces import having
from samoe.targetgroups.references import Reference
from samoe.tenancy.rows import change

CHANGED_MEANWHILE = "มีผู้แก้ร่างนี้ก่อนคุณ หน้านี้แสดงร่างล่าสุดแล้ว แก้ต่อจากร่างนี้ได้"
TIED = "กลุ่มที่ตอบ %(code)s นับด้วยเกณฑ์อ้างอิงของอีกกลุ่มอยู่แล้ว กลุ่มหนึ่งนับด้วยเกณฑ์เดียวเท่านั้น"
POINTING = "เกณฑ์อ้างอิงใช้ข้อความ พื้นที่ หรือวันที่และจำนวนเงินที่เท่ากับค่าเดียวพอดีไม่ได้ เพราะนับได้ถึงตัวบุคคล ใช้ช่วงหรือตัวเลือกแทน"
MOVED_ON = "แบบของกลุ่มนี้เปลี่ยนไปแล้ว ร่างนี้ใช้กับแบบใหม่ไม่ได้ ทิ้งร่างแล้วเริ่มใหม่"


def start(db: Session, actor: Actor, slug: str) -> Reference:
    """Begin the next version of a group's rule: from the one there is, else from the group's criteria as designed."""
    require(actor, Permission.CONTRACT_MANAGE)
    manifest = everywhere(db).get(slug)
    if manifest is None:
        raise Problem("เลือกกลุ่มเป้าหมาย", field="group")
    mine = [one for one in references.references(db) if one.group_slug == slug]
    if (draft := next((one for one in mine if one.draft), None)) is not None:
        return draft
    if mine and fits(mine[0].tree, manifest):
        tree = mine[0].tree
    elif manifest.criteria is not None:
        tree = literal(manifest.criteria.tree, manifest.values({}))
    else:
        tree = Shape((first_clause(manifest),)).tree
    row = ReferenceRule(
        group_slug=slug, number=REFERENCES.next_number(db, slug), state="draft", rule=write_tree(tree),
        fields=references.questions(tree, manifest), contract=mine[0].contract if mine else None,
    )  # fmt: skip
    db.add(row)
    db.flush()
    audit.record(db, actor, "drafted", "reference_rule", row.id, group=slug, number=row.number)
    return references.reference(db, row.id)


def save(db: Session, actor: Actor, draft: Reference, manifest: Manifest, tree: Node, seen: int) -> Reference:
    """Keep what was picked. ``Conflict`` if somebody else changed the draft since it was shown."""
    require(actor, Permission.CONTRACT_MANAGE)
    REFERENCES.must_be_draft(draft)
    if not fits(tree, manifest):
        raise Problem(MOVED_ON)
    if draft.row_version != seen:
        raise Conflict(CHANGED_MEANWHILE)
    rule = write_tree(tree)
    if rule != draft.rule:
        change(
            db, ReferenceRule, draft.id, seen, rule=rule, fields=references.questions(tree, manifest),
            recorded_at=func.now(),
        )  # fmt: skip
    return references.reference(db, draft.id)


def tie(db: Session, actor: Actor, draft: Reference, code: str, seen: int) -> None:
    """Count groups of other names by the rule, too: those that answer a national indicator. No code unties."""
    require(actor, Permission.CONTRACT_MANAGE)
    REFERENCES.must_be_draft(draft)
    if code and not ((found := contracts(db).get(code)) and found.active):
        raise Problem("เลือกตัวชี้วัดกลางที่ใช้อยู่", field="contract")
    if code and _tied_elsewhere(db, draft.group_slug, code):
        raise Problem(TIED, field="contract", code=code)
    if draft.row_version != seen:
        raise Conflict(CHANGED_MEANWHILE)
    change(db, ReferenceRule, draft.id, seen, contract=code or None, recorded_at=func.now())


def publish(db: Session, actor: Actor, draft: Reference, manifest: Manifest, form: PublishForm, seen: int) -> None:
    """Put the draft in force from a day on, for good, with the questions as its group asks them now."""
    require(actor, Permission.CONTRACT_MANAGE)
    REFERENCES.must_be_draft(draft)
    if not fits(draft.tree, manifest):
        raise Problem(MOVED_ON)
    if points(draft.tree, manifest):
        raise Problem(POINTING)
    if form.effective_on is None:
        raise Problem("กรอกวันที่เริ่มใช้แบบนี้", field="effective_on")
    if draft.contract and _tied_elsewhere(db, draft.group_slug, draft.contract):
        raise Problem(TIED, code=draft.contract)
    asked = references.questions(draft.tree, manifest)
    REFERENCES.publish(db, actor, draft, draft.group_slug, form, seen, fields=asked)


def discard(db: Session, actor: Actor, draft: Reference) -> None:
    """Throw the draft away; what is in force stays."""
    require(actor, Permission.CONTRACT_MANAGE)
    REFERENCES.discard(db, actor, draft, draft.group_slug)


def drawn_on(db: Session, found: Reference) -> Manifest:
    """The group with the questions of the rule, as some province still has it. ``Problem`` where none does.

    Two provinces may call different groups by one name: the one that the rule speaks of is meant.
    """
    manifest = next((one for one in _named(db, found.group_slug) if fits(found.tree, one)), None)
    if manifest is None:
        raise Problem(MOVED_ON)
    return manifest


def fits(tree: Node, manifest: Manifest) -> bool:
    """Whether every part of the rule speaks of what the group asks, and of no setting that a province may tune."""
    return not list(check_tree(tree, {field.slug: field for field in manifest.measured}, {}, "rule"))


def points(tree: Node, manifest: Manifest) -> bool:
    """Whether the rule could pick out one person, so that whether anybody is counted tells that the province knows
    them: by words, by a place, by one day or one amount."""
    kinds = {field.slug: field.kind for field in manifest.measured}
    return any(
        kinds[leaf.field] in ("text", "area")
        or (kinds[leaf.field] in ("date", "money") and leaf.op in ("=", "!=", "in"))
        for leaf in leaves(tree)
        if isinstance(leaf, Compare)
    )


def literal(node: Node, settings: Mapping[str, Any]) -> Node:
    """The rule with the values that settings hold put in their place: nobody tunes a reference."""
    if isinstance(node, All | Some):
        return replace(node, clauses=tuple(literal(clause, settings) for clause in node.clauses))
    if isinstance(node, Not):
        return Not(literal(node.clause, settings))
    if isinstance(node, Known):
        fields = tuple(item if isinstance(item, str) else _held(item, settings) for item in node.fields)
        return Known(fields, literal(node.then, settings))
    if isinstance(node, Age):
        return replace(node, value=settings[node.value.slug]) if isinstance(node.value, FromSetting) else node
    return _held(node, settings)


def _held(leaf: Compare, settings: Mapping[str, Any]) -> Compare:
    return replace(leaf, value=settings[leaf.value.slug]) if isinstance(leaf.value, FromSetting) else leaf


def _named(db: Session, slug: str) -> Iterator[Manifest]:
    if (latest := everywhere(db).get(slug)) is not None:
        yield latest
    yield from (groups[slug] for groups in having(db).values() if slug in groups)


def _tied_elsewhere(db: Session, slug: str, code: str) -> bool:
    """Whether the latest published rule of another group is tied to the indicator."""
    latest: dict[str, Reference] = {}
    for one in references.references(db):
        if not one.draft:
            latest.setdefault(one.group_slug, one)
    return any(one.contract == code for other, one in latest.items() if other != slug)
