import pytest
from hypothesis import given
from hypothesis import strategies as st

from recorder.simcam.payload import payloads_of, stap_a

HEADERS = {"h264": bytes((0x65,)), "h265": bytes((0x26, 0x01))}


def rebuilt(payloads, codec):
    """NAL units by RFC 6184 §5.8 and RFC 7798 §4.4.3, written anew from the text."""
    units, parts = [], b""
    for payload in payloads:
        if codec == "h264" and payload[0] & 0x1F == 28:
            header = bytes(((payload[0] & 0xE0) | (payload[1] & 0x1F),))
            flags, body = payload[1], payload[2:]
        elif codec == "h265" and payload[0] >> 1 & 0x3F == 49:
            header = bytes(((payload[0] & 0x81) | (payload[2] & 0x3F) << 1, payload[1]))
            flags, body = payload[2], payload[3:]
        else:
            units.append(payload)
            continue
        if flags & 0x80:
            parts = header
        parts += body
        if flags & 0x40:
            units.append(parts)
    return units


@pytest.mark.parametrize("codec", ["h264", "h265"])
@given(sizes=st.lists(st.integers(2, 9000), min_size=1, max_size=6), limit=st.integers(20, 1500))
def test_fragments_join_to_the_same_units(codec, sizes, limit):
    nals = [HEADERS[codec] + bytes((n * 7 + i) & 0xFF for i in range(size)) for n, size in enumerate(sizes)]
    payloads = payloads_of(nals, codec, limit)
    assert max(map(len, payloads)) <= limit
    assert rebuilt(payloads, codec) == nals


def test_aggregation_packet_has_lengths_and_the_highest_importance():
    assert stap_a([b"\x67ab", b"\x28c"]) == b"\x78\x00\x03\x67ab\x00\x02\x28c"
