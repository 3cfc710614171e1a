"""Letters that come in: official ones, and what citizens apply for."""
