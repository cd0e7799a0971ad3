"""Rehearsing a whole phase with made-up people, in a tenant of its own that is thrown away afterwards."""
