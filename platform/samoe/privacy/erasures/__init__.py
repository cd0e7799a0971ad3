"""Erasing somebody: what would go and what stays, prepared by one person and carried out by another."""
