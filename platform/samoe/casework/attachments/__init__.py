"""Photographs and papers that answer a question of a case."""
