"""Agreements of a phase with the fund."""
