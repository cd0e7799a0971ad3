"""What the law on personal data asks for: what is kept and why, requests of those concerned, erasing, retention."""
