"""A province's programme: who leads it, its phases and agreements, target groups, targets, partners, committees."""
