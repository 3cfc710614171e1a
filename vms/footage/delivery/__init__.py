"""Footage handed over, then its copies destroyed."""
