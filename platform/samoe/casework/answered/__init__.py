"""How many have answered a question, for whoever changes the question."""
