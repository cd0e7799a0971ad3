"""Signing in without e-mail: a printed slip binds a telephone, and from then on a PIN opens it.

For members who reach their own cases only. Why this way: docs/decisions/0034-a-slip-a-telephone-and-a-pin.md.
"""
