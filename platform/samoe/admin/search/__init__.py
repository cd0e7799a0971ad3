"""The one box that finds persons, institutions and pages: what the searcher may see, and nothing more."""
