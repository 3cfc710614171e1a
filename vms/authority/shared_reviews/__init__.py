"""The six-monthly review of shared accounts."""
