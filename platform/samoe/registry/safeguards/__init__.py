"""What must be on file before the record of a single person is shown to the fund."""
