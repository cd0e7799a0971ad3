"""Setting a phase up as a list of tasks, and putting it in force."""
