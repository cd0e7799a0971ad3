"""How many a phase sets out to reach, per district or for all."""
