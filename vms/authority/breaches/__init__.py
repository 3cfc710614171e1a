"""Breaches of confidentiality."""
