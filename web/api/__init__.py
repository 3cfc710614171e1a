"""The API of version 1: one file for each resource."""
