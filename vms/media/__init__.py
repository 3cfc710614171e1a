"""Bytes only: parameter sets, access units, fragmented MP4, the wire format of the tap."""
