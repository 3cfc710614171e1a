"""The footage: volumes, segment files, their index, locks, gaps, integrity."""
