"""What a province gives the fund: its indicators and its people under the fund's rules, as numbers alone."""
