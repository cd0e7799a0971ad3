"""Institutions: centres, schools and providers, and who supervises them."""
