"""Numbered records on paper: PDF, verification code, signature."""
