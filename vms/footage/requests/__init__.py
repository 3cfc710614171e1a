"""Requests for footage: registered, reviewed, searched, closed."""
