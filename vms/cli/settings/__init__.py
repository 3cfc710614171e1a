"""The settings of a node: their sections, sources, changes."""
