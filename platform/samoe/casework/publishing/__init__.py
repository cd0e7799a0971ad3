"""Publishing criteria: what a change does to those decided, and the resolution it needs once people were screened."""
