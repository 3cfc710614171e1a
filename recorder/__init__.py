"""The engine that talks to cameras: RTSP in, segments out, a live tap on the side."""
