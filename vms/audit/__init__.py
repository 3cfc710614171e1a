"""Who did what, when, from where, on what basis: append-only, hash-chained."""
