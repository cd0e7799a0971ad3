"""``make bench``: the product against a hand-written floor, interleaved in one run; ratios, not milliseconds, decide."""
