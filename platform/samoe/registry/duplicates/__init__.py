"""Two records that may be of one person: finding the pairs, comparing them, and deciding."""
