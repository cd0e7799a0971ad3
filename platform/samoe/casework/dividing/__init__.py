"""Dividing a target by how many people of the group each district has."""
