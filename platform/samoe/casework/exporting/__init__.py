"""The list of a group as a file: marked, noted, and with no more of each person than the list itself shows."""
