"""RTSP as cameras speak it (RFC 2326, RFC 7826 where they do)."""
