"""What data subjects ask for: their own data, a correction, erasing, and what else the law gives them."""
