"""The one door for what is typed to search a list, so that it never stands in an address."""
