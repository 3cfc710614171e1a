"""Who answers for a person: our own hashes, the institution's directory, its sign-in provider."""
