"""One file for each side."""
