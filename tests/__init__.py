"""The whole suite. ``conftest.py`` gives every test a real PostgreSQL with the real schema and roles."""
