"""Enrolments: who is in which target group, their list, and the page of one person."""
