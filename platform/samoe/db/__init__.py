"""Tables, engines and migrations. Knows PostgreSQL; knows nothing of provinces or children."""
