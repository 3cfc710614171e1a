"""The ONVIF device of a simulated camera: SOAP 1.2 over HTTP, one service per file."""
