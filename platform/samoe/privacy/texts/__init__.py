"""The desk where wordings of consent are written and published."""
