"""Alembic's scripts for the control database, shipped with the program."""
