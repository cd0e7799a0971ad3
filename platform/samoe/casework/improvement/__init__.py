"""Improvement plans: what is done about the items that an assessment found failing."""
