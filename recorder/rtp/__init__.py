"""RTP and RTCP: packets in, access units out (RFC 3550, RFC 6184, RFC 7798)."""
