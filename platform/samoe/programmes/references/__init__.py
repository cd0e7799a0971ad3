"""The fund's own rule for a group: picked, published with a day, and never changed afterwards."""
