"""Cameras made of software that speak the true protocols."""
