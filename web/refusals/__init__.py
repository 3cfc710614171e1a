"""The sentences of refusals in Turkish, by code."""
