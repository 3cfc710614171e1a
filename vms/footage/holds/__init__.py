"""Holds: footage kept without a request, and wishes for it."""
