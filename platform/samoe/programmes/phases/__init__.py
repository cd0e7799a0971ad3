"""Phases: when, which number, after which."""
