"""A write form is carried out once, however often it is sent: a double click or a retry gets the first answer."""

from __future__ import annotations

import hashlib

from sqlalchemy import text

from samoe.db.table import new_id
from samoe.kit.problem import Problem
from samoe.web.context import Context
from samoe.web.page import Answer, Redirect

FIELD = "_once"
_CLAIM = text(
    "insert into idempotency_keys (id, actor_id, key, request_hash) values (:id, :actor, :key, :hash)"
    " on conflict do nothing"
)
_EARLIER = text("select request_hash, location from idempotency_keys where actor_id = :actor and key = :key")
_KEEP = text("update idempotency_keys set location = :location where actor_id = :actor and key = :key")


def key_of(context: Context) -> str | None:
    """The key that the form carries, if it carries one."""
    return context.form.text(FIELD)[:64] or None


def _hash(context: Context) -> str:
    made = hashlib.sha256(context.path.encode())
    for name, values in sorted(context.form.values.items()):
        if not name.startswith("_"):
            made.update(repr((name, values)).encode())
    for name, files in sorted(context.form.files.items()):
        made.update(repr((name, [hashlib.sha256(f.content).hexdigest() for f in files])).encode())
    return made.hexdigest()


def claim(context: Context, key: str) -> Redirect | None:
    """None for the first sender; for any later one, where the first was sent.

    A second sender waits in the database until the first is done. Raises ``Problem`` when the same key comes with
    other content.
    """
    asked = {"actor": context.actor.membership_id, "key": key}
    wanted = _hash(context)
    if context.db.execute(_CLAIM, {**asked, "id": new_id(), "hash": wanted}).rowcount == 1:  # type: ignore[attr-defined]
        return None
    earlier = context.db.execute(_EARLIER, asked).one()
    if earlier.request_hash != wanted:
        raise Problem("แบบฟอร์มนี้ถูกส่งไปแล้วด้วยข้อมูลอื่น เปิดหน้านี้ใหม่แล้วกรอกอีกครั้ง")
    return Redirect(earlier.location or context.path)


def keep(context: Context, key: str, answer: Answer) -> None:
    """Remember where the sender was sent."""
    if isinstance(answer, Redirect):
        values = {"location": answer.location, "actor": context.actor.membership_id, "key": key}
        context.db.execute(_KEEP, values)
