"""Hostile requests over real sockets: refused, with the server alive afterwards."""

import asyncio

import pytest

from recorder.simcam.camera import SimCamera
from recorder.simcam.onvif.device import OnvifDevice
from recorder.simcam.onvif.http_front import MAX_REQUEST_BYTES
from vms.kernel.clock import SystemClock

pytestmark = pytest.mark.sockets
SERVICE = "/onvif/device_service"
GOOD = (
    b'<e:Envelope xmlns:e="http://www.w3.org/2003/05/soap-envelope"><e:Body>'
    b'<%s xmlns="http://www.onvif.org/ver10/device/wsdl"/></e:Body></e:Envelope>'
)


def post(body: bytes, path: str = SERVICE) -> bytes:
    return b"POST %s HTTP/1.1\r\nHost: c\r\nContent-Length: %d\r\n\r\n%s" % (path.encode(), len(body), body)


async def talk(port: int, data: bytes) -> bytes:
    """Everything the server says until it closes; the client closes its own side first."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(data)
        writer.write_eof()
        async with asyncio.timeout(15):
            return await reader.read()
    except ConnectionResetError:
        return b""
    finally:
        writer.close()


def conversations(*requests: bytes) -> list[bytes]:
    """Answers to the requests, one line each; at last the server must still tell the time."""

    async def run() -> list[bytes]:
        device = OnvifDevice(SimCamera("cam0", user="admin", password="secret"), SystemClock())
        await device.start()
        try:
            answers = [await talk(device.port, request) for request in requests]
            alive = await talk(device.port, post(GOOD % b"GetSystemDateAndTime"))
        finally:
            await device.stop()
        assert alive.startswith(b"HTTP/1.1 200"), alive
        assert b"UTCDateTime" in alive
        return answers

    return asyncio.run(run())


def test_who_shows_no_credentials_is_challenged():
    (answer,) = conversations(post(GOOD % b"GetDeviceInformation"))
    head, body = answer.split(b"\r\n\r\n", 1)
    assert head.startswith(b"HTTP/1.1 401")
    assert head.count(b"www-authenticate: Digest") == 2
    assert b"ter:NotAuthorized" in body


def test_an_unknown_operation_tells_a_stranger_nothing():
    (answer,) = conversations(post(GOOD % b"FormatDisk"))
    assert answer.startswith(b"HTTP/1.1 401")


def padded(size: int) -> bytes:
    """A call anybody may make, made long by blanks that mean nothing."""
    call = GOOD % b"GetSystemDateAndTime"
    return call.replace(b"<e:Body>", b"<e:Body>" + b" " * (size - len(call)))


def test_a_request_may_be_this_long_but_not_a_byte_longer():
    (longest, longer) = conversations(post(padded(MAX_REQUEST_BYTES)), post(padded(MAX_REQUEST_BYTES + 1)))
    assert longest.startswith(b"HTTP/1.1 200")
    assert longer.startswith(b"HTTP/1.1 413")


def test_much_too_long_requests_are_cut():
    """The server hangs up in the middle of it, so that its answer may get lost: it must not be a yes."""
    chunk = padded(0xFFFF)
    answers = conversations(
        post(padded(1_000_000)),
        b"POST %s HTTP/1.1\r\nHost: c\r\nTransfer-Encoding: chunked\r\n\r\n" % SERVICE.encode()
        + b"ffff\r\n"
        + chunk
        + b"\r\n"
        + b"ffff\r\n"
        + b" " * 0xFFFF
        + b"\r\n0\r\n\r\n",
        b"POST %s HTTP/1.1\r\nHost: c\r\nX: %s\r\nContent-Length: 0\r\n\r\n" % (SERVICE.encode(), b"a" * 200_000),
    )
    assert not any(b" 200 " in answer[:20] for answer in answers)


@pytest.mark.parametrize(
    ("request_bytes", "status"),
    [
        (post(b"\x00" * 100), b"400"),
        (post(b'<!DOCTYPE e [<!ENTITY x SYSTEM "file:///etc/passwd">]><e>&x;</e>'), b"400"),
        (post(GOOD % b"GetHostname", "/onvif/other_service"), b"404"),
        (post(GOOD % b"GetHostname", "/onvif/../../etc/passwd"), b"404"),
        (b"GET /onvif/device_service HTTP/1.1\r\nHost: c\r\n\r\n", b"405"),
        (b"GET /onvif/snapshot/profile_main HTTP/1.1\r\nHost: c\r\n\r\n", b"401"),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc" * 50, b"400"),
    ],
    ids=["zeros", "xxe", "no_service", "climbing", "get", "snapshot", "tls"],
)
def test_garbage_is_refused(request_bytes, status):
    (answer,) = conversations(request_bytes)
    assert answer.startswith(b"HTTP/1.1 " + status), answer[:200]
    assert b"root:" not in answer


def test_a_body_that_never_comes_does_not_hold_others_up():
    (answer,) = conversations(b"POST %s HTTP/1.1\r\nHost: c\r\nContent-Length: 500\r\n\r\n<e" % SERVICE.encode())
    assert b"200 OK" not in answer
