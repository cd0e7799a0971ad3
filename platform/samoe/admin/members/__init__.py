"""The members of a tenant: who is what, where, and until when."""
