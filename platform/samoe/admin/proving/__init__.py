"""Showing again who one is, on a page of its own."""
