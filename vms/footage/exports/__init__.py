"""Packages: ordered, built, taken, given up."""
