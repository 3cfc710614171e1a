import pytest

from recorder.simcam.messages import MalformedMessageError, Reply, Request, take_message


def test_takes_requests_and_frames_in_their_order_and_waits_for_the_rest():
    buffer = bytearray(
        b"\r\n$\1\0\3abcGET_PARAMETER rtsp://h/cam0 RTSP/1.0\r\nCSeq: 3\r\nContent-Length: 2\r\n\r\nhi$\0"
    )
    assert take_message(buffer) == b"$\1\0\3abc"
    request = take_message(buffer)
    assert (request.method, request.body, request.headers["cseq"]) == ("GET_PARAMETER", b"hi", "3")
    assert take_message(buffer) is None
    assert buffer == b"$\0"


@pytest.mark.parametrize(
    "data", [b"hello\r\n\r\n", b"x" * 20_000, b"PLAY rtsp://h/ RTSP/1.0\r\nContent-Length: 9999999\r\n\r\n"]
)
def test_refuses_what_is_no_rtsp(data):
    with pytest.raises(MalformedMessageError):
        take_message(bytearray(data))


@pytest.mark.parametrize(
    ("uri", "path", "track", "query"),
    [
        ("rtsp://u:p@h:1/cam0/sub/trackID=1?fault=bye", "/cam0/sub", 1, [("fault", "bye")]),
        ("rtsp://h/cam0?fault=loss_p:25&after=3/trackID=0", "/cam0", 0, [("fault", "loss_p:25"), ("after", "3")]),
        ("RTSP://h/cam0/", "/cam0", None, []),
    ],
)
def test_finds_path_track_and_query_wherever_clients_put_them(uri, path, track, query):
    request = Request("SETUP", uri)
    assert (request.path, request.track, request.query) == (path, track, query)


def test_answers_say_who_speaks():
    text = Reply(200, [("Public", "OPTIONS")], b"x").encode("7")
    assert text.startswith(b"RTSP/1.0 200 OK\r\nCSeq: 7\r\nServer: Nazar simulated camera\r\n")
    assert text.endswith(b"Content-Length: 1\r\n\r\nx")
