"""Enrolments in target groups, and what is decided and done about each."""
