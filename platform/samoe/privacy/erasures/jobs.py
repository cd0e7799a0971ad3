"""Taking the bytes of erased files out of the store. It may run again: what is gone is gone."""

from __future__ import annotations

from sqlalchemy import func, update

from samoe.files.models import Document
from samoe.files.store import store_of
from samoe.jobs import Work, job
from samoe.privacy.erasures.queries import files_to_remove
from samoe.tenancy import current


@job("privacy.remove_files", retries=20)
def remove_files(work: Work) -> None:
    """Remove each, then note that it is gone: a fault in between removes it once more."""
    remove_all(work)


def remove_all(work: Work) -> int:
    """How many were removed. Each is a transaction of its own."""
    with work.transaction() as db:
        waiting = files_to_remove(db)
    for document_id in waiting:
        with work.transaction() as db:
            document = db.get_one(Document, (current().tenant_id, document_id))
            store_of(work.settings).delete(document.store_key)
            db.execute(
                update(Document)
                .where(Document.tenant_id == current().tenant_id, Document.id == document_id)
                .values(removed_at=func.now())
                .execution_options(synchronize_session=False)
            )
    return len(waiting)
