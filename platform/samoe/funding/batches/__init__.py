"""Paying: batches that are made, checked and signed by three persons, their results, and their evidence."""
