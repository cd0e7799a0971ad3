"""Partner organisations and where they work."""
