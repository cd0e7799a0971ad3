"""What everyone may set for themselves: language, look, password, sessions, and under which membership they act."""
