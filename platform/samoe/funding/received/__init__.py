"""What one person has received: the statement on the person's page."""
