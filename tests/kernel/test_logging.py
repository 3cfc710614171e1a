import io
import logging

import pytest

from vms.kernel.logging import Redactor, redactor, set_up_logging

SECRET = "rtsp://viewer:s3cret@cam-host.example:554/live?token=abc"


@pytest.fixture
def log_lines():
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    stream = io.StringIO()
    set_up_logging("test", stream=stream)
    yield stream.getvalue
    root.handlers[:] = before
    root.setLevel(level)


@pytest.mark.proves("C-4")
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"cannot open {SECRET}", "cannot open rtsp://***"),
        (f"'{SECRET}' and RTSPS://other/x.", "'rtsp://***' and RTSPS://***"),
        ("password=hunter2 user=bob", "password=*** user=bob"),
        ('nonce="abc def", realm="x"', 'nonce=***, realm="x"'),
        ("Authorization: Digest", "Authorization: ***"),
        ("the password is wrong", "the password is wrong"),
    ],
)
def test_addresses_and_secrets_are_blanked(text, expected):
    assert Redactor().redact(text) == expected


@pytest.mark.proves("C-4")
def test_known_secrets_are_blanked_wherever_they_stand():
    hiding = Redactor()
    hiding.hide("cam-host.example", "s3cret", None, "", "ab")
    assert hiding.redact("cam-host.example said s3cret about tables") == "*** said *** about tables"


@pytest.mark.proves("C-4")
def test_arguments_and_tracebacks_are_blanked_too(log_lines):
    log = logging.getLogger("test")
    try:
        raise ConnectionError(SECRET)  # noqa: TRY301
    except ConnectionError:
        log.exception("could not reach %s", SECRET, stack_info=True)
    assert "could not reach rtsp://***" in log_lines()
    assert "ConnectionError: rtsp://***" in log_lines()
    for part in ("viewer", "s3cret", "cam-host", "abc"):
        assert part not in log_lines().replace("tests/", "")
    assert isinstance(redactor, Redactor)
