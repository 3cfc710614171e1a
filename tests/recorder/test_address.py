"""Camera addresses with their secrets."""

import logging

import pytest

from recorder.address import CameraAddress
from vms.kernel.errors import VmsError
from vms.kernel.logging import redactor


@pytest.mark.parametrize(
    ("text", "url", "host", "port", "username", "password"),
    [
        ("rtsp://cam.example/a?b=1", "rtsp://cam.example/a?b=1", "cam.example", 554, None, None),
        ("rtsp://u:p@cam:8554/a", "rtsp://cam:8554/a", "cam", 8554, "u", "p"),
        ("RTSP://u:p@cam", "rtsp://cam", "cam", 554, "u", "p"),
        ("rtsp://u:p%40ss%3A@cam/a", "rtsp://cam/a", "cam", 554, "u", "p@ss:"),
        ("rtsp://u:p@ss:w@cam/a", "rtsp://cam/a", "cam", 554, "u", "p@ss:w"),
        ("rtsp://u@cam/a", "rtsp://cam/a", "cam", 554, "u", ""),
        ("rtsp://u:p@[fe80::1]:99/a", "rtsp://[fe80::1]:99/a", "fe80::1", 99, "u", "p"),
        ("rtsps://cam/a", "rtsps://cam/a", "cam", 322, None, None),
    ],
)
def test_taken_apart(text, url, host, port, username, password):
    address = CameraAddress.parse(text)
    assert (address.url, address.host, address.port) == (url, host, port)
    assert (address.username, address.password) == (username, password)
    assert address.is_tls == text.lower().startswith("rtsps")


@pytest.mark.parametrize(
    "text",
    ["", "http://cam/", "rtsp:cam", "rtsp://", "rtsp://u:p@/x", "rtsp://cam:0/", "rtsp://cam:99999/",
     "rtsp://c/\r\nX: y",
     "rtsp://ca m/"],
)  # fmt: skip
def test_refused_without_repeating_it(text):
    with pytest.raises(VmsError) as caught:
        CameraAddress.parse(text)
    assert caught.value.code == "camera_address_invalid"
    assert "u:p" not in str(caught.value)


def test_no_secret_in_repr_or_log():
    address = CameraAddress.parse("rtsp://wachmann:hunter2%21@kamera-17.example/strasse")
    record = logging.LogRecord("x", 20, "f", 1, "failed: %s %s %r", (address.host, "hunter2!", address), None)
    redactor.filter(record)
    for secret in ("wachmann", "hunter2", "kamera-17", "strasse"):
        assert secret not in repr(address)
        assert secret not in record.getMessage()
