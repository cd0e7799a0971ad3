"""Making two records of one person one, and two again (docs/decisions/0020-two-records-of-one-person.md)."""
