"""Cameras as people registered them, with the streams and the retention they were given."""
