"""Letters, requests for footage, holds: how footage is kept for an authority, how it leaves, how it ends."""
