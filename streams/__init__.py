"""Live and playback endpoints for browsers."""
