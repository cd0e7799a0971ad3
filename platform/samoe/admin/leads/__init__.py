"""The fund opens a province by naming its first lead."""
