"""Why somebody can or cannot see a record, and who looked at it."""
