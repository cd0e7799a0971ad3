"""Whether anybody reaches what is not theirs: every route, every role, ids from everywhere, and guards taken away."""
