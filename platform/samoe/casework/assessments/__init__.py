"""Assessments with a group's instruments: begun, filled in part by part, finished, certified, compared."""
