"""A node's processes with what they share."""
