"""Bringing data in: files and forms, staged and judged first, committed whole, and undone exactly."""
