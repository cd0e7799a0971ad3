"""What somebody typed to search for, kept with their session under a short key, so that no address holds a name.

An address is written into logs, histories and headers; what stands in it is known to more people than the page is.
"""

from __future__ import annotations

import re
import secrets
from typing import NamedTuple

from sqlalchemy import text
from sqlalchemy.orm import Session

from samoe.db.table import new_id
from samoe.identity.actor import Actor
from samoe.tenancy import current

LONGEST = 200
MOST = 100
"""So many a session keeps; the oldest go first."""
_KEY = re.compile(r"[A-Za-z0-9_-]{12}")
_HERE = "tenant_id = :tenant and token_hash = :hash"
_KNOWN = text(f"select key from kept_words where {_HERE} and words = :words")  # noqa: S608 - our own words
_KEEP = text(
    "insert into kept_words (tenant_id, id, account_id, token_hash, key, words)"
    " values (:tenant, :id, :account, :hash, :key, :words)"
)
_FEWER = text(
    f"delete from kept_words where {_HERE} and id in"  # noqa: S608 - our own words
    f" (select id from kept_words where {_HERE} order by id desc offset :most)"
)
_WORDS = text(f"select words from kept_words where {_HERE} and key = :key")  # noqa: S608 - our own words


class Words(NamedTuple):
    """What was typed, and the key under which an address may speak of it. Both are empty where nothing was."""

    text: str = ""
    key: str = ""


def keep(db: Session, actor: Actor, session_hash: str, typed: str) -> str:
    """Keep what was typed in a session; the key for the address. The same words have the same key."""
    asked = {"tenant": current().tenant_id, "hash": session_hash, "words": typed[:LONGEST]}
    known: str | None = db.scalar(_KNOWN, asked)
    if known is not None:
        return known
    key = secrets.token_urlsafe(9)
    db.execute(_KEEP, {**asked, "id": new_id(), "account": actor.account_id, "key": key})
    db.execute(_FEWER, {**asked, "most": MOST})
    return key


def kept(db: Session, session_hash: str, key: str) -> Words:
    """What this session kept under a key. A key of another session is as good as one that nobody has."""
    if not _KEY.fullmatch(key):
        return Words()
    found = db.scalar(_WORDS, {"tenant": current().tenant_id, "hash": session_hash, "key": key})
    return Words(found, key) if found else Words()


def forget_old(db: Session) -> int:
    """Drop what sessions of the current tenant left behind that nobody ended; how many words those were."""
    return int(db.scalar(text("select forget_words()")) or 0)
