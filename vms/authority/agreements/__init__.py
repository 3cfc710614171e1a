"""Confidentiality agreements."""
