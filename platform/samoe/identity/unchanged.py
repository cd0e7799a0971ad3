"""Whether whoever began a request or a step of a job may still finish it.

Rights are read when work begins. What ends or changes while it runs (sign-out, a disabled member, another role,
a closed account) must count for it too, so they are looked at again just before the commit. Whoever writes holds the
membership from then to the commit: taking it away waits those milliseconds, and what comes after it finds it gone.
"""

from __future__ import annotations

from sqlalchemy import text
from sqlalchemy.orm import Session

from samoe.identity.actor import Actor

# xmin is another after every change of the row, by whomever and however. The own transaction may end its own session
# (signing out); a session that only got a new token meanwhile has not ended.
_NOW = (
    "select exists (select from sessions s where s.token_hash = :hash and s.ended_at is not null"
    " and s.xmin is distinct from pg_current_xact_id_if_assigned()::xid) as ended,"
    " exists (select from accounts a where a.id = :account and a.disabled_at is not null) as closed,"
    " (select m.xmin::text from memberships m where m.tenant_id = :tenant and m.id = :member{hold}) as given,"
    " exists (select from memberships m where m.tenant_id = :tenant and m.id = :member and m.disabled_at is null)"
    " as member"
)
_LOOK, _HOLD = text(_NOW.format(hold="")), text(_NOW.format(hold=" for share"))


class Ended(Exception):
    """The session, the membership or the account came to an end while the work was under way."""


class Changed(Exception):
    """The membership is another by now: role, districts, groups, institutions or dates."""


def refuse_if_over(db: Session, actor: Actor, *, session_hash: str | None = None, writes: bool) -> None:
    """Raise ``Ended`` or ``Changed`` unless the actor is still what they were when the work began.

    To be called last in the transaction, within the actor's scope. The service itself has nothing that could end.
    """
    if actor.membership_id is None:
        return
    bound = {
        "hash": session_hash, "account": actor.account_id, "tenant": actor.tenant_id, "member": actor.membership_id,
    }  # fmt: skip
    now = db.execute(_HOLD if writes else _LOOK, bound).one()
    if now.ended or now.closed or not now.member:
        raise Ended
    if actor.given is not None and now.given != actor.given:
        raise Changed
