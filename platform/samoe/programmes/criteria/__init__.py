"""Criteria: a draft made by picking, and publishing it."""
