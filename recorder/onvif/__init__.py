"""Asks cameras over ONVIF who they are."""
