"""Numbers that provinces have released: what the fund reads, and what a province sees of its own."""
