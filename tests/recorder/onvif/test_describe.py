"""The real client against the real simulated device, over real sockets."""

import socket
import threading

import pytest

from recorder.onvif.choice import choose_streams
from recorder.onvif.describe import describe
from recorder.simcam.camera import SimStream
from vms.kernel.errors import VmsError

pytestmark = pytest.mark.sockets
DAY_US = 86_400 * 1_000_000


def test_a_camera_says_who_it_is_and_what_it_sends(running):
    found = describe(running.address, "operator", "correct horse")
    assert (found.manufacturer, found.model, found.serial) == ("Nazar", "Simulated camera", "A1B2C3")
    assert found.has_media2
    assert [(p.codec, p.width, p.height, p.fps, p.bitrate_kbps) for p in found.profiles] == [
        ("h265", 1920, 1080, 25.0, 4000),
        ("h264", 640, 360, 10.0, 500),
    ]
    assert [p.stream_uri for p in found.profiles] == ["rtsp://127.0.0.1:8554/cam0", "rtsp://127.0.0.1:8554/cam0/sub"]
    choice = choose_streams(found)
    assert (choice.main.name, choice.sub.name) == ("main", "sub")


def test_streams_carry_the_host_that_was_reached(start, camera):
    running = start(camera, host="0.0.0.0")
    found = describe(f"http://localhost:{running.device.port}", "operator", "correct horse")
    assert found.profiles[0].stream_uri == "rtsp://localhost:8554/cam0"


def test_a_wrong_password_is_named(running):
    with pytest.raises(VmsError) as caught:
        describe(running.address, "operator", "wrong")
    assert caught.value.code == "onvif_wrong_password"


def test_no_credentials_are_a_wrong_password_too(running):
    with pytest.raises(VmsError) as caught:
        describe(running.address, "", "")
    assert caught.value.code == "onvif_wrong_password"


def test_a_camera_without_user_lets_everybody_in(start, camera):
    camera.user = None
    assert describe(start(camera).address, "", "").serial == "A1B2C3"


@pytest.mark.parametrize("offset_us", [3 * DAY_US, -400 * DAY_US])
def test_a_camera_with_a_wrong_clock_can_be_asked(running, offset_us):
    running.camera.clock_offset_us = offset_us
    found = describe(running.address, "operator", "correct horse")
    assert abs(found.clock_offset_us - offset_us) < 1_500_000


def test_without_media2_the_older_service_is_used(running, monkeypatch):
    from recorder.onvif import describe as module

    addresses = module.service_addresses
    monkeypatch.setattr(
        module,
        "service_addresses",
        lambda client: {name: at for name, at in addresses(client).items() if name != module.MEDIA2},
    )
    found = describe(running.address, "operator", "correct horse")
    assert not found.has_media2
    assert [(p.codec, p.width, p.stream_uri) for p in found.profiles] == [
        ("h264", 640, "rtsp://127.0.0.1:8554/cam0/sub")  # the older service has no word for H.265
    ]


def test_a_clip_tells_its_own_size(start, camera):
    camera.streams = (SimStream("main", "h264", 352, 288, fps=12),)
    found = describe(start(camera).address, "operator", "correct horse")
    assert [(p.width, p.height, p.fps) for p in found.profiles] == [(352, 288, 12.0)]


def test_nobody_there(running):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound, not listening: connections are refused
        with pytest.raises(VmsError) as caught:
            describe(f"127.0.0.1:{taken.getsockname()[1]}", "operator", "correct horse")
    assert caught.value.code == "onvif_unreachable"
    assert "127.0.0.1" not in str(caught.value)


ENDLESS = b"HTTP/1.1 200 OK\r\nContent-Type: application/soap+xml\r\n\r\n"
BOMB = (
    b'<!DOCTYPE a [<!ENTITY b "'
    + b"x" * 1000
    + b'"><!ENTITY c "'
    + b"&b;" * 1000
    + b'">]><a>'
    + b"&c;" * 1000
    + b"</a>"
)


def _answer(body: bytes) -> bytes:
    return b"HTTP/1.1 200 OK\r\nContent-Type: application/soap+xml\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body)


class Hostile:
    """A server that says one thing to everybody, again and again if asked to."""

    def __init__(self, first: bytes, again: bytes = b"", pause_s: float = 0.0) -> None:
        self._first, self._again, self._pause_s = first, again, pause_s
        self._closing = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.address = f"127.0.0.1:{self._listener.getsockname()[1]}"
        self._thread = threading.Thread(target=self._serve)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_exc):
        self._closing.set()
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join(10)

    def _serve(self) -> None:
        while not self._closing.is_set():
            try:
                line, _ = self._listener.accept()
            except OSError:
                return
            with line:
                try:
                    line.recv(65536)
                    line.sendall(self._first)
                    while self._again and not self._closing.wait(self._pause_s):
                        line.sendall(self._again)
                except OSError:
                    continue


@pytest.mark.parametrize(
    ("first", "again", "pause_s", "code"),
    [
        (_answer(b"not xml at all"), b"", 0.0, "onvif_unsupported"),
        (_answer(b"<html><body>Login</body></html>"), b"", 0.0, "onvif_unsupported"),
        (_answer(BOMB), b"", 0.0, "onvif_unsupported"),
        (ENDLESS, b"<" * 65536, 0.0, "onvif_unsupported"),
        (ENDLESS, b"<", 0.05, "onvif_unreachable"),
        (b"HTTP/1.1 200 OK\r\n", b"X-Drip: drop\r\n", 0.05, "onvif_unreachable"),
        (b"SSH-2.0-OpenSSH_9.2\r\n", b"", 0.0, "onvif_unreachable"),
        (
            b"HTTP/1.1 302 Found\r\nLocation: http://192.0.2.77/\r\nContent-Length: 0\r\n\r\n",
            b"",
            0.0,
            "onvif_unsupported",
        ),
    ],
    ids=["garbage", "html", "entity_bomb", "endless", "drips_body", "drips_headers", "ssh", "redirect"],
)
@pytest.mark.timeout(20)
def test_hostile_servers_end_as_an_error_in_time(first, again, pause_s, code):
    with Hostile(first, again, pause_s) as server, pytest.raises(VmsError) as caught:
        describe(server.address, "operator", "correct horse", timeout_s=1.0)
    assert caught.value.code == code
