"""Guards at posts, by letter."""
