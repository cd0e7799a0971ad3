"""Committees, their seats and who holds them, and their resolutions."""
