"""Setting a phase up as another one was."""
