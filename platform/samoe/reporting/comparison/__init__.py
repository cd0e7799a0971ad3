"""The provinces side by side, from the roll-ups: counts and amounts, never persons."""
