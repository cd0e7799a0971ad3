"""Everything that is kept of one person, to be handed to them: on paper, and as a file of files."""
