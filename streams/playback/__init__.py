"""Footage of the archive for players in browsers."""
