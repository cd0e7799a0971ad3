"""A province's configuration as files: written, compared with the database, and brought in."""
