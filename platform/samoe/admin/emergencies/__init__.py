"""Pages of the fund that open one record for an hour, and of the province that looks at it afterwards."""
