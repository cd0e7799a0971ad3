"""The audit trail to read: who did what, when, and why."""
