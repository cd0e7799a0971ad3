"""Screening: how many qualify, a decision with its reasons for each, and exceptions by resolution."""
