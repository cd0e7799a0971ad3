"""What members of a group may receive in a phase."""
