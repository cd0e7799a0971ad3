"""A batch from its making to its settlement."""

from samoe.funding.batches.actions.making import discard, make_batch, remove_payment
from samoe.funding.batches.actions.releasing import check, make_void, note_download, note_printing, send, sign
from samoe.funding.batches.actions.settling import attach_evidence, record_results, settle

__all__ = [
    "attach_evidence", "check", "discard", "make_batch", "make_void", "note_download", "note_printing",
    "record_results", "remove_payment", "send", "settle", "sign",
]  # fmt: skip
