"""Foundations every room stands on: clock, errors, ids, spans, settings, database, logging."""
