"""Holds: data that must be kept for now, whatever the schedule or a request says."""
