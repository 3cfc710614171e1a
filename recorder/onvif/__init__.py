"""ONVIF, the client side: finding cameras, asking them for their streams."""
