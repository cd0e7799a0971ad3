"""``make bench``: the product against a hand-written floor, in turn, in one run; ratios decide, not milliseconds."""
