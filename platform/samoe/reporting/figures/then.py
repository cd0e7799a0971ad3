"""Tables as they were known at a moment, put together again from the rows of now and what they were before.

Row history is read whole, whatever the reader's districts: only for members who see all of their tenant.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import aliased

from samoe.db.table import TenantTable
from samoe.tenancy import current


def as_known(table: type[TenantTable], moment: datetime) -> Any:
    """The table with the rows, and their values, that were known at a moment; rows taken away since are there again.

    What a row was at the moment is what the first change after it replaced.
    """
    made, name = table.__table__, table.__tablename__
    statement = text(
        f"""
        select r.* from (
            select distinct on (row_id) before from row_history
             where tenant_id = :tenant and table_name = '{name}' and recorded_at > :moment
             order by row_id, recorded_at, id) h
          cross join lateral jsonb_populate_record(null::{name}, h.before) r
         where r.recorded_at <= :moment
        union all
        select t.* from {name} t
         where t.tenant_id = :tenant and t.recorded_at <= :moment and not exists (
            select 1 from row_history x where x.tenant_id = :tenant and x.table_name = '{name}'
               and x.row_id = t.id::text and x.recorded_at > :moment)
        """  # noqa: S608 - the name of one of our own tables
    ).bindparams(tenant=current().tenant_id, moment=moment)
    return aliased(table, statement.columns(*made.columns).subquery(f"{name}_then"))
