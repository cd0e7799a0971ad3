"""Taking the next number."""

from __future__ import annotations

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from samoe.funding.numbering.models import Counter


def take_next(db: Session, series: str, fiscal_year: int) -> int:
    """The next number of a series, from 1.

    Whoever takes a number holds the series until their transaction ends, so numbers have no gaps and everything
    else done under the same series happens one after the other.
    """
    statement = insert(Counter).values(series=series, fiscal_year=fiscal_year, value=1)
    statement = statement.on_conflict_do_update(
        index_elements=["tenant_id", "series", "fiscal_year"], set_={"value": Counter.value + 1}
    )
    return db.execute(statement.returning(Counter.value)).scalar_one()
