"""Target groups in a phase: what their register is and where they work."""
