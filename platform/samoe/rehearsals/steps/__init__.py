"""The steps of a rehearsal, and carrying them out."""
