"""Entities as the API shows them."""
