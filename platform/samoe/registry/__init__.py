"""Who is known: persons, what identifies them, where they are, the institutions, and what was consented to."""
