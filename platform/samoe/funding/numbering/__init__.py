"""Numbers without gaps: for requests, batches and vouchers, per tenant and fiscal year."""
