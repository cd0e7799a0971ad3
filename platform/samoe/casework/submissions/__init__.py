"""Whether an institution's data for a phase and group are there."""
