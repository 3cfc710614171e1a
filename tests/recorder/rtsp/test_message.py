"""Headers as cameras write them."""

import pytest

from recorder.rtsp import message
from recorder.rtsp.message import Request, Response


@pytest.mark.parametrize(
    ("head", "cseq"),
    [
        (b"RTSP/1.0 200 OK\r\nCSeq: 3", 3),
        (b"RTSP/1.0 200 OK\r\ncseq:3  ", 3),
        (b"RTSP/1.0 200 OK\r\nCseq : 3", 3),
        (b"RTSP/1.0 200 OK\nCSEQ: 3", 3),
        (b"RTSP/1.1 200\r\nCSeq: 3", 3),
        (b"RTSP/1.0 200 OK\r\nDate: x", None),
        (b"RTSP/1.0 200 OK\r\nCSeq: none", None),
        (b"RTSP/1.0 200 OK\r\nno colon here\r\n: no name\r\nCSeq: 3", 3),
        (b"\r\nRTSP/1.0 200 OK\r\nCSeq: 3", 3),
    ],
)
def test_the_number_is_found_however_it_is_written(head, cseq):
    response = message.parse(head)
    assert isinstance(response, Response)
    assert (response.status, response.cseq) == (200, cseq)


def test_values_that_go_on_in_the_next_line():
    response = message.parse(b"RTSP/1.0 200 OK\r\nPublic: OPTIONS,\r\n DESCRIBE\r\nX: 1")
    assert response.headers.get("public") == "OPTIONS, DESCRIBE"


def test_every_line_of_one_name_is_kept():
    response = message.parse(b"RTSP/1.0 401 x\r\nWWW-Authenticate: Basic realm=a\r\nwww-authenticate: Digest b=c")
    assert response.headers.all("WWW-Authenticate") == ["Basic realm=a", "Digest b=c"]


def test_requests_of_the_camera():
    request = message.parse(b"SET_PARAMETER rtsp://x/ RTSP/1.0\r\nCSeq: 9", b"body")
    assert isinstance(request, Request)
    assert (request.method, request.headers.get("CSeq"), request.body) == ("SET_PARAMETER", "9", b"body")


@pytest.mark.parametrize("head", [b"", b"HTTP/1.1 200 OK", b"RTSP/1.0 OK", b"\xff\xfe\x00", b"PLAY"])
def test_what_is_no_message(head):
    assert message.parse(head) is None


@pytest.mark.parametrize(
    ("value", "length"), [(b"12", 12), (b" 12 ", 12), (b"-1", 0), (b"x", 0), (b"9" * 400, 9_999_999_999)]
)
def test_body_length(value, length):
    assert message.body_length(b"RTSP/1.0 200 OK\r\nContent-Length:" + value) == length


def test_a_request_has_the_spelling_cameras_look_for():
    text = message.format_request("PLAY", "rtsp://h/", 1, [("Session", "7")])
    assert text == b"PLAY rtsp://h/ RTSP/1.0\r\nCSeq: 1\r\nSession: 7\r\n\r\n"
