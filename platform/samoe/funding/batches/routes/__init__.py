"""Pages of payment batches: making them, releasing them, and what became of the money."""
