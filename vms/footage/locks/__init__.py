"""Locks in the volumes: ordered, told, compared."""
