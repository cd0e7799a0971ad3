"""What a change of criteria means in money: against the budget that is left, and for those entitled already."""
