"""Pages of requests: the province's and the fund's."""
