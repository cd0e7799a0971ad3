"""The first page: what needs this person today, then numbers, then detail. Its content comes from the rooms."""
