"""Persons: finding them, writing down who they are, and showing an identity number to whoever must see it."""
