"""What privacy puts on the home page: requests of data subjects with their clock, erasures for a second person."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select

from samoe.i18n import gettext as _
from samoe.identity import Permission
from samoe.privacy.models import Erasure
from samoe.privacy.requests import queries
from samoe.privacy.requests.words import KIND_WORDS
from samoe.tenancy import current
from samoe.web import Context
from samoe.web.today import Task

AT_MOST = 5


def tasks(ctx: Context) -> Iterator[Task]:
    """Those that are due first; the data protection officer's erasures to carry out."""
    if ctx.actor.national or not ctx.actor.scope.whole or Permission.PRIVACY_REQUEST not in ctx.actor.permissions:
        return
    prepared = {
        row.request_id
        for row in ctx.db.execute(
            select(Erasure.request_id).where(
                Erasure.tenant_id == current().tenant_id, Erasure.state == "prepared",
                Erasure.prepared_by != ctx.actor.account_id,
            )
        )
    }  # fmt: skip
    for one in queries.waiting(ctx.db, ctx.today)[:AT_MOST]:
        to_erase = one.request.id in prepared and Permission.PRIVACY_MANAGE in ctx.actor.permissions
        yield Task(
            _("คำขอใช้สิทธิ: %(what)s", what=_(KIND_WORDS[one.request.kind])), _("ข้อมูลส่วนบุคคล"),
            _("ตรวจและลบ") if to_erase else _("เปิดคำขอ"),
            f"/privacy/requests/{one.request.id}" + ("/erasure" if to_erase else ""),
            due=one.request.due_on, more=_("มีผู้เตรียมการลบแล้ว") if to_erase else "",
        )  # fmt: skip
