"""Samoe: one service for the provinces of the area-based education equity programme."""
