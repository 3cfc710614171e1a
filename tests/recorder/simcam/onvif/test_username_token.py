import base64
import hashlib

import pytest

from recorder.simcam.camera import SimCamera
from recorder.simcam.onvif.camera_clock import CameraClock
from recorder.simcam.onvif.username_token import WINDOW_US, UsernameTokens
from recorder.simcam.onvif.xml_writer import el
from vms.kernel.clock import ManualClock, iso

DIGEST = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-username-token-profile-1.0#PasswordDigest"


def header(created_us: int, nonce: bytes = b"0123456789abcdef", password: str = "secret", user: str = "admin", **extra):
    created = extra.get("created", iso(created_us))
    digest = base64.b64encode(hashlib.sha1(nonce + created.encode() + password.encode()).digest()).decode()
    token = el(
        "wsse:UsernameToken",
        el("wsse:Username", user),
        el("wsse:Password", digest, Type=extra.get("type", DIGEST)),
        el("wsse:Nonce", extra.get("encoded", base64.b64encode(nonce).decode())),
        el("wsu:Created", created),
    )
    return el("s:Header", el("wsse:Security", token))


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def camera() -> SimCamera:
    return SimCamera("cam0", user="admin", password="secret")


@pytest.fixture
def tokens(clock, camera) -> UsernameTokens:
    return UsernameTokens(CameraClock(clock, camera), "admin", "secret")


def test_the_example_of_the_specification():
    # ONVIF Application Programmer's Guide §6.1.1.3: nonce, date, password and the digest they must give.
    nonce = base64.b64decode("LKqI6G/AikKCQrN0zqZFlg==")
    digest = hashlib.sha1(nonce + b"2010-09-16T07:50:45Z" + b"userpassword").digest()
    assert base64.b64encode(digest) == b"tuOSpGlFlIXsozq4HFNeeGeFLEI="


def test_a_right_token_works_once(clock, tokens):
    assert tokens.is_valid(header(clock.now_us()))
    assert not tokens.is_valid(header(clock.now_us()))
    assert tokens.is_valid(header(clock.now_us(), nonce=b"another nonce 16"))


def test_time_is_the_cameras(clock, camera, tokens):
    camera.clock_offset_us = 3_600_000_000
    assert not tokens.is_valid(header(clock.now_us(), nonce=b"1"))
    assert tokens.is_valid(header(clock.now_us() + camera.clock_offset_us, nonce=b"2"))


def test_old_and_early_tokens_are_refused(clock, tokens):
    assert not tokens.is_valid(header(clock.now_us() - WINDOW_US - 1, nonce=b"1"))
    assert not tokens.is_valid(header(clock.now_us() + WINDOW_US + 1, nonce=b"2"))
    assert tokens.is_valid(header(clock.now_us() - WINDOW_US, nonce=b"3"))


def test_a_replay_stays_refused_as_long_as_its_time_is_accepted(clock, tokens):
    early = header(clock.now_us() + WINDOW_US)
    assert tokens.is_valid(early)
    clock.advance(2 * WINDOW_US / 1_000_000)
    assert tokens.is_valid(header(clock.now_us(), nonce=b"another"))  # cleans up what is too old
    assert not tokens.is_valid(early)


@pytest.mark.parametrize(
    "wrong",
    [
        {"password": "guess"},
        {"user": "root"},
        {"type": DIGEST.replace("Digest", "Text")},
        {"encoded": "not base64!"},
        {"created": "yesterday"},
        {"created": "2025" * 100},
    ],
)
def test_wrong_tokens(clock, tokens, wrong):
    assert not tokens.is_valid(header(clock.now_us(), **wrong))


def test_no_token(tokens):
    assert not tokens.is_valid(None)
    assert not tokens.is_valid(el("s:Header"))
