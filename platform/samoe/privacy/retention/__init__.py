"""Letting go what is over its time: answers, persons, files, sessions, notices. Daily, in small steps."""
