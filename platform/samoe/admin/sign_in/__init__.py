"""Getting in and out: sign-in, the choice among memberships, a first password of one's own, sign-out."""
