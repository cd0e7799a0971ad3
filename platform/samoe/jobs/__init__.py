"""Work done after the answer: queued in the business transaction, carried out by a worker in the same scope."""

from samoe.jobs.registry import Job, Work, job
from samoe.jobs.sending import enqueue, withdraw

__all__ = ["Job", "Work", "enqueue", "job", "withdraw"]
