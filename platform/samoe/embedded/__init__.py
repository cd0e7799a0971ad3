"""The parts a laptop needs: PostgreSQL, an object store, and the supervisor that keeps them running."""
