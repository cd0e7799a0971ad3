"""Alembic's entry: one transaction for all revisions, with short lock waits so that a busy table stops us early."""

from alembic import context
from sqlalchemy import create_engine, text

from samoe.db.migrate import lock, modelled, refuse_another_past
from samoe.db.models import metadata

target = metadata()
connectable = create_engine(context.config.attributes["url"], hide_parameters=True)

try:
    with connectable.connect() as connection:
        context.configure(
            connection=connection, target_metadata=target, compare_server_default=False, include_object=modelled
        )
        with context.begin_transaction():
            lock(connection)
            refuse_another_past(connection)
            connection.execute(text("set local lock_timeout = '5s'"))
            context.run_migrations()
finally:
    connectable.dispose()
