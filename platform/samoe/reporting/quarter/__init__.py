"""The report of a quarter, by district: on screen, as Excel, and as it was issued."""
