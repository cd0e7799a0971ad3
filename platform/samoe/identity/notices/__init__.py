"""Telling members what happened to things of theirs, in the transaction in which it happened."""
