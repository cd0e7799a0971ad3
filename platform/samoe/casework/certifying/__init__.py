"""Certified lists: by the centre, the local organisation and the working group."""
