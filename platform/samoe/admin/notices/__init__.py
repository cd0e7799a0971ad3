"""What waits for somebody, and what happened to things of theirs."""
