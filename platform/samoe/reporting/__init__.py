"""Numbers and where they come from: figures, reports, and the comparison of provinces."""
