"""Requests to the fund: lines, review, questions, recommendation, and what is allocated."""
