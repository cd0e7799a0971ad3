"""One's own second factor, and showing again who one is."""
