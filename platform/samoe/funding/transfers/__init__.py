"""Money between the fund and a province: instalments out, refunds back, each confirmed by whoever receives it."""
