"""Target groups made and changed in the browser: a draft, its parts, and publishing it."""
