"""Letters of a group, printed for one case."""
