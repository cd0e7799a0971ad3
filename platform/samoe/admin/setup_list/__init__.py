"""What a province, or the fund, still lacks before it can do its work."""
