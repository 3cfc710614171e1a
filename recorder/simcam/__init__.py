"""A camera made of software: real RTSP, real pictures, faults on command."""

PRODUCT = "Nazar simulated camera"
"""What every protocol answers when asked who speaks (Server, User-Agent, ONVIF model)."""
