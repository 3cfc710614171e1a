"""Who watches what: gates, open views, the log of it."""
