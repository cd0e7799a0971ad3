"""Who did what, and what each row was before it changed."""

from samoe.audit.events import record

__all__ = ["record"]
