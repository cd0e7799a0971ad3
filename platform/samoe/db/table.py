"""The base of every table, and the shapes that keys take.

Every table of a tenant has ``tenant_id`` first in its primary key, foreign keys, unique keys and indexes, so that
a row can never point at another tenant's row and the schema can be distributed by tenant
(docs/decisions/0003-tenant-first-keys.md; kept by tests/unit/db/test_schema_rules.py).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any, ClassVar
from uuid import UUID

import uuid_utils
from sqlalchemy import (
    BigInteger,
    Date,
    DateTime,
    ForeignKeyConstraint,
    Identity,
    Index,
    MetaData,
    PrimaryKeyConstraint,
    SmallInteger,
    Text,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

# A SELECT-free expression: the tenant of this transaction, NULL when none is set (RLS then refuses the row).
CURRENT_TENANT = "nullif(current_setting('app.tenant', true), '')::smallint"

Json = Annotated[dict[str, Any], mapped_column(JSONB)]
Satang = Annotated[int, mapped_column(BigInteger)]
"""An amount of money in whole satang. There is no other way to keep money."""


def new_id() -> UUID:
    """A UUIDv7: public, unguessable enough to be no oracle, and in time order for keyset paging."""
    return UUID(bytes=uuid_utils.uuid7().bytes)


def new_ids(count: int) -> list[str]:
    """As many new ids, in order and already as text, for COPY."""
    return [str(uuid_utils.uuid7()) for _ in range(count)]


_tenant_source: Callable[[], int] | None = None


def set_tenant_source(source: Callable[[], int]) -> None:
    """Tell the ORM where a new row's ``tenant_id`` comes from. Called once, by ``samoe.tenancy``."""
    global _tenant_source
    _tenant_source = source


def _tenant_of_new_row() -> int:
    if _tenant_source is None:
        raise LookupError("no tenant source: import samoe.tenancy before writing tenant rows")
    return _tenant_source()


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        str: Text(),
        datetime: DateTime(timezone=True),
        date: Date(),
        UUID: Uuid(),
        dict[str, Any]: JSONB(),
    }


class TenantTable(Base):
    """A row that belongs to one tenant. ``tenant_id`` is never a parameter: it comes from the current scope."""

    __abstract__ = True

    tenant_id: Mapped[int] = mapped_column(
        SmallInteger, default=_tenant_of_new_row, server_default=text(CURRENT_TENANT), sort_order=-20
    )
    id: Mapped[UUID] = mapped_column(default=new_id, sort_order=-19)

    @declared_attr.directive
    def __table_args__(cls) -> tuple[Any, ...]:  # noqa: N805 - a class-level declaration
        return table_args(cls)

    recorded_at: Mapped[datetime] = mapped_column(server_default=text("now()"), sort_order=90)
    """When the system learned of it; what a report "as known on" a date goes by."""


def table_args(cls: Any) -> tuple[Any, ...]:
    """The primary key, then whatever the class lists in ``rules``, then its protection from ``protect``."""
    rules = tuple(getattr(cls, "rules", ()))
    info = dict(getattr(cls, "protect", {"protect": "tenant"}))
    bulk = [rule for rule in rules if isinstance(rule, BulkReference)]
    info["refers"] = {rule.column: rule.into for rule in bulk}
    info["follows"] = {rule.column for rule in bulk if rule.ondelete == "CASCADE"}
    return (
        PrimaryKeyConstraint("tenant_id", "id"),
        *(rule for rule in rules if not isinstance(rule, BulkReference)),
        *_reference_indexes(cls.__tablename__, rules),
        {"info": info},
    )


def _reference_indexes(table: str, rules: tuple[Any, ...]) -> Iterator[Index]:
    """An index for each reference that no other index serves: without one, deleting the row that is pointed at
    reads the whole tenant (10 s for an undo of 20,000 rows)."""
    served = {"id"} | {rule.info["leads"] for rule in rules if isinstance(rule, Index) and rule.info.get("whole")}
    keys = [list(rule.column_keys)[-1] for rule in rules if isinstance(rule, ForeignKeyConstraint)]
    keys += [rule.column for rule in rules if isinstance(rule, BulkReference) and rule.indexed and rule.into != "areas"]
    for column in keys:
        if column not in served:
            served.add(column)
            yield tenant_index(table, column)


@dataclass(frozen=True, slots=True)
class BulkReference:
    """A reference that holds like a foreign key, checked once a statement and not once a row (0001_references.sql).

    For tables that files fill. ``into`` is ``areas``, or a table of the tenant's. With ``ondelete="CASCADE"`` the row
    goes with what it points at. ``indexed=False`` where what is pointed at is hardly ever deleted: finding what points
    at it then reads the whole tenant.
    """

    column: str
    into: str
    ondelete: str | None = None
    indexed: bool = True


def tenant_fk(column: str, table: str, *, ondelete: str | None = None) -> ForeignKeyConstraint:
    """A foreign key inside the tenant. An id of another tenant fails exactly as an id that does not exist."""
    return ForeignKeyConstraint(["tenant_id", column], [f"{table}.tenant_id", f"{table}.id"], ondelete=ondelete)


def tenant_index(table: str, *columns: str, unique: bool = False, **options: Any) -> Index:
    """An index that leads with the tenant."""
    prefix = "uq" if unique else "ix"
    name = f"{prefix}_{table}_" + "_".join(c.split(" ")[0].strip("()") for c in columns)
    parts = [text(c) if " " in c or "(" in c else c for c in columns]
    condition = str(options.get("postgresql_where", ""))
    # An index of what is not null finds whatever points at a row as well as one of everything.
    info = {"leads": columns[0], "whole": condition in {"", f"{columns[0]} is not null"}}
    return Index(name[:63], "tenant_id", *parts, unique=unique, info=info, **options)


def one_of(column: str, *values: str) -> str:
    """The text of a CHECK for a column of fixed words (PostgreSQL enums are not leak-proof: performance.md B2)."""
    return f"{column} in ({', '.join(repr(v) for v in values)})"


__all__ = [
    "CURRENT_TENANT", "Base", "BigInteger", "BulkReference", "Identity", "Json", "Satang", "TenantTable",
    "new_id", "new_ids", "one_of", "set_tenant_source", "tenant_fk", "tenant_index",
]  # fmt: skip
