"""Engines: one pool per database role and process."""

from __future__ import annotations

from functools import cache

from sqlalchemy import Engine, create_engine, make_url, text

POOL = 8
OVERFLOW = 8
WAIT_SECONDS = 5
"""A request that finds no connection in this time is answered 503: a bounded queue, not a pile-up."""


class UnsafeDatabaseRole(RuntimeError):
    """The application was pointed at a database role that row-level security would not bind."""


@cache
def engine(url: str) -> Engine:
    """The engine for a database URL; the same object for the same URL in a process.

    Bound parameters never appear in exceptions or logs (``hide_parameters``): they hold children's data. An address
    with ``?prepared=off`` is one of a pooler in transaction mode that knows no prepared statements (PgBouncer before
    1.21): the statement prepared on one connection would be asked for on another.
    """
    address = make_url(url)
    arguments = {"prepare_threshold": None} if address.query.get("prepared") == "off" else {}
    return create_engine(
        address.difference_update_query(["prepared"]), pool_size=POOL, max_overflow=OVERFLOW,
        pool_timeout=WAIT_SECONDS, pool_pre_ping=False, pool_recycle=1800, hide_parameters=True,
        connect_args=arguments,
    )  # fmt: skip


def refuse_unsafe_role(url: str) -> None:
    """Raise ``UnsafeDatabaseRole`` if the role could read past row-level security."""
    query = text(
        "select r.rolsuper or r.rolbypassrls as bypasses,"
        " (select count(*) from pg_class c where c.relowner = r.oid and c.relnamespace = 'public'::regnamespace)"
        " from pg_roles r where r.rolname = current_user"
    )
    with engine(url).connect() as connection:
        bypasses, owned = connection.execute(query).one()
    if bypasses or owned:
        raise UnsafeDatabaseRole(
            "The database role of the application is a superuser, bypasses row-level security or owns tables."
            " Use the role samoe_app (`samoe db url --role app`)."
        )
