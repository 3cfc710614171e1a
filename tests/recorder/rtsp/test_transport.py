"""Transport and Session headers of real cameras."""

import pytest

from recorder.rtsp.transport import Session, Transport, parse_session, parse_transport


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("RTP/AVP/TCP;unicast;interleaved=0-1;ssrc=1234ABCD", Transport((0, 1), None, 0x1234ABCD)),
        ("RTP/AVP/TCP;unicast;interleaved=10-11", Transport((10, 11))),
        ("RTP/AVP/TCP;unicast;interleaved=0", Transport((0, 1))),
        ("RTP/AVP;unicast;interleaved=0-1", Transport((0, 1))),
        ("ssrc=0A;interleaved=2-3;RTP/AVP/TCP", Transport((2, 3), None, 10)),
        ("RTP/AVP/TCP;interleaved=0-1;ssrc= 4 5 6", Transport((0, 1), None, 0x456)),
        ("RTP/AVP/TCP;interleaved=0-1;ssrc=2890844526", Transport((0, 1), None, 2890844526)),
        ("RTP/AVP/TCP;interleaved=0-1;ssrc=zzz", Transport((0, 1))),
        ("RTP/AVP;unicast;client_port=5000-5001;server_port=6000-6001", Transport(None, (6000, 6001))),
        ("RTP/AVP;server_port=6000", Transport(None, (6000, 6001))),
        ("RTP/AVP/TCP;interleaved=999-1000", Transport()),
        ("", Transport()),
    ],
)
def test_transport(value, expected):
    assert parse_transport(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("12345678", Session("12345678", None)),
        (" 12345678 ; timeout = 120", Session("12345678", 120)),
        ("1;timeout=0", Session("1", None)),
        ("1;timeout=sixty", Session("1", None)),
        ("1;x=y;TIMEOUT=5", Session("1", 5)),
        ("", None),
        (";timeout=5", None),
        ("a b", None),
    ],
)
def test_session(value, expected):
    assert parse_session(value) == expected
