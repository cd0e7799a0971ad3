"""Money: requests to the fund, what it allocates, the two books, who is entitled, and who was paid.

Sub-rooms, each importing only those before it: ``numbering``, ``ledger``, ``requests``, ``transfers``,
``entitlements``, ``batches``. An entitlement, a payment and a ledger entry are three different things.
"""
