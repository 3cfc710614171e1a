import hashlib
import re

import pytest

from recorder.simcam.camera import SimCamera
from recorder.simcam.onvif.camera_clock import CameraClock
from recorder.simcam.onvif.http_digest import NONCE_LIFE_US, REALM, HttpDigest
from vms.kernel.clock import ManualClock

PATH = "/onvif/snapshot/profile_main"


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def digest(clock) -> HttpDigest:
    return HttpDigest(CameraClock(clock, SimCamera("cam0")), "admin", "secret")


def nonce_of(digest: HttpDigest) -> str:
    return re.search(r'nonce="(\w+)"', digest.challenges()[0])[1]


def answer(
    nonce: str, *, count: int = 1, algorithm: str = "SHA-256", password: str = "secret", path: str = PATH
) -> str:
    make = {"MD5": hashlib.md5, "SHA-256": hashlib.sha256}[algorithm]

    def h(text: str) -> str:
        return make(text.encode()).hexdigest()

    response = h(f"{h(f'admin:{REALM}:{password}')}:{nonce}:{count:08x}:cn:auth:{h(f'GET:{path}')}")
    return (
        f'Digest username="admin", realm="{REALM}", nonce="{nonce}", uri="{path}", algorithm={algorithm}, '
        f'qop=auth, nc={count:08x}, cnonce="cn", response="{response}"'
    )


@pytest.mark.parametrize("algorithm", ["MD5", "SHA-256"])
def test_a_right_answer_works_once_per_count(digest, algorithm):
    nonce = nonce_of(digest)
    assert digest.is_valid(answer(nonce, algorithm=algorithm), "GET", PATH)
    assert not digest.is_valid(answer(nonce, algorithm=algorithm), "GET", PATH)
    assert digest.is_valid(answer(nonce, count=2, algorithm=algorithm), "GET", PATH)


def test_wrong_answers(clock, digest):
    nonce = nonce_of(digest)
    assert not digest.is_valid(answer(nonce, password="guess"), "GET", PATH)
    assert not digest.is_valid(answer(nonce), "POST", PATH)
    assert not digest.is_valid(answer(nonce), "GET", "/onvif/other")
    assert not digest.is_valid(answer("0" * 32), "GET", PATH)
    clock.advance(NONCE_LIFE_US / 1_000_000 + 1)
    assert not digest.is_valid(answer(nonce), "GET", PATH)


@pytest.mark.parametrize(
    "garbage", [None, "", "Basic YWRtaW46c2VjcmV0", "Digest", "Digest ,,,=", "Digest " + "a" * 5000]
)
def test_garbage(digest, garbage):
    assert not digest.is_valid(garbage, "GET", PATH)
