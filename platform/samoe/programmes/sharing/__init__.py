"""Groups that provinces offer to each other: the gallery, the fund's mark, adopting, and the original's changes."""
