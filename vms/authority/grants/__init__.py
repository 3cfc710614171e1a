"""Viewing grants: by Olur, with an end."""
