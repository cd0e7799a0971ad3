"""Closing a phase: what stands against it, in the money and in the cases, and carrying on what is open."""
