"""Files: kept in an object store under keys of our own making, known to the database by their SHA-256."""

from samoe.files.documents import content_of, keep
from samoe.files.store import ObjectMissing, ObjectStore, store_of

__all__ = ["ObjectMissing", "ObjectStore", "content_of", "keep", "store_of"]
