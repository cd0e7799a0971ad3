"""The programme itself, and who leads it."""
