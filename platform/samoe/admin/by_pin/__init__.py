"""Getting in with a slip and a PIN: binding a telephone, choosing who one is on it, changing over to a colleague."""
