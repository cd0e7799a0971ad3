"""The two books: the fund's and the project's. Double-entry, append-only, impossible to overspend."""
