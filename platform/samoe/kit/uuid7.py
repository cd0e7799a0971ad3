"""Public ids: time-ordered UUIDs, made in the application because PostgreSQL before 18 cannot."""

from uuid import UUID

import uuid_utils


def uuid7() -> UUID:
    """A new id that sorts after every earlier one made on this machine."""
    return UUID(bytes=uuid_utils.uuid7().bytes)
