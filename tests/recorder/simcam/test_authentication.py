import hashlib
import re

import pytest

from recorder.simcam.authentication import Gate
from recorder.simcam.messages import Request

URI = "rtsp://h/cam0"
ALGORITHMS = {"MD5": hashlib.md5, "SHA-256": hashlib.sha256}


def gate(*schemes):
    return Gate("admin", "s3cret", schemes)


def signed(challenge, password="s3cret", method="DESCRIBE", uri=URI, qop=True):
    realm, nonce, algorithm = (
        re.search(p, challenge).group(1) for p in (r'realm="([^"]+)', r'nonce="([^"]+)', r"algorithm=([\w-]+)")
    )

    def h(text):
        return ALGORITHMS[algorithm](text.encode()).hexdigest()

    middle = f"{nonce}:00000001:c0ffee:auth" if qop else nonce
    response = h(f"{h(f'admin:{realm}:{password}')}:{middle}:{h(f'{method}:{uri}')}")
    extra = ', qop=auth, nc=00000001, cnonce="c0ffee"' if qop else ""
    header = (
        f'Digest username="admin", realm="{realm}", nonce="{nonce}", uri="{uri}", algorithm={algorithm}, '
        f'response="{response}"{extra}'
    )
    return Request(method, uri, {"authorization": header})


@pytest.mark.parametrize("scheme", ["digest-md5", "digest-sha256"])
@pytest.mark.parametrize("qop", [True, False])
def test_lets_in_who_knows_the_password(scheme, qop):
    door = gate(scheme)
    challenge = door.challenges()[0][1]
    assert door.is_open_to(signed(challenge, qop=qop))
    assert not door.is_open_to(signed(challenge, password="guess", qop=qop))


def test_refuses_a_nonce_it_did_not_give_or_has_forgotten_and_says_stale():
    door = gate("digest-sha256")
    request = signed(door.challenges()[0][1])
    assert not gate("digest-sha256").is_open_to(request)
    door.rotate()
    assert not door.is_open_to(request)
    assert 'stale="TRUE"' in door.challenges(request)[0][1]


def test_refuses_an_answer_made_for_another_address_or_method():
    door = gate("digest-md5")
    request = signed(door.challenges()[0][1])
    assert not door.is_open_to(Request("PLAY", URI, request.headers))
    assert not door.is_open_to(Request("DESCRIBE", URI + "/other", request.headers))


def test_takes_only_the_schemes_it_offers():
    basic = Request("DESCRIBE", URI, {"authorization": "Basic YWRtaW46czNjcmV0"})
    assert gate("basic").is_open_to(basic)
    assert not gate("digest-md5").is_open_to(basic)
    assert not gate("digest-sha256").is_open_to(signed(gate("digest-md5").challenges()[0][1]))


def test_asks_nobody_when_there_is_no_user():
    assert Gate(None, "", ("digest-md5",)).is_open_to(Request("DESCRIBE", URI))
