"""Digest and Basic against the examples of the RFCs, with what cameras make of them."""

import re

import pytest

from recorder.rtsp.auth import Signer, strongest

RFC_7616 = 'nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"'
NONCE = "dcd98b7102dd2f0e8b11d0f600bfb0c093"


def fields(value):
    return {key: quoted or bare for key, quoted, bare in re.findall(r'(\w+)=(?:"([^"]*)"|([^\s,]+))', value)}


def test_the_plain_form_of_rfc_2069():
    challenge = strongest([f'Digest realm="testrealm@host.com", nonce="{NONCE}"'])
    value = Signer("Mufasa", "CircleOfLife", challenge).authorization("GET", "/dir/index.html")
    assert fields(value)["response"] == "1949323746fe6a43ef61f9606e7febea"  # RFC 2069 with its known erratum
    assert "algorithm" not in value
    assert "qop" not in value


@pytest.mark.parametrize(
    ("algorithm", "response"),
    [
        ("MD5", "8ca523f5e9506fed4657c9700eebdbec"),
        ("SHA-256", "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"),
    ],
)
def test_the_examples_of_rfc_7616(algorithm, response):
    challenge = strongest(
        [f'Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm={algorithm}, {RFC_7616}']
    )
    signer = Signer("Mufasa", "Circle of Life", challenge)
    signer._cnonce = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ"
    value = fields(signer.authorization("GET", "/dir/index.html"))
    assert value["response"] == response
    assert (value["nc"], value["qop"], value["opaque"]) == (
        "00000001",
        "auth",
        "FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS",
    )
    assert fields(signer.authorization("GET", "/dir/index.html"))["nc"] == "00000002"


@pytest.mark.parametrize(
    ("offers", "scheme", "algorithm"),
    [
        (['Basic realm="a"', 'Digest realm="a", nonce="1"'], "digest", "MD5"),
        (['Digest realm="a", nonce="1"', 'Digest realm="a", nonce="1", algorithm="SHA-256"'], "digest", "SHA-256"),
        (['Digest realm="a", nonce="1", algorithm=sha-256, Basic realm="b"'], "digest", "SHA-256"),
        (['Basic realm="a", Digest realm="b", nonce="2", stale=FALSE'], "digest", "MD5"),
        (['digest realm="a",nonce="1",stale="FALSE"'], "digest", "MD5"),
        (['Digest realm="a", nonce="1", algorithm=SHA-512-256', 'Basic realm="x"'], "basic", "MD5"),
    ],
)
def test_the_strongest_we_can_answer(offers, scheme, algorithm):
    found = strongest(offers)
    assert (found.scheme, found.algorithm) == (scheme, algorithm)


@pytest.mark.parametrize(
    "offers", [[], ["Negotiate"], ['Digest realm="a", nonce="1", algorithm=SHA-512-256'], ["\x00"]]
)
def test_nothing_we_can_answer(offers):
    assert strongest(offers) is None


def test_basic():
    signer = Signer("Aladdin", "open sesame", strongest(['Basic realm="x"']))
    assert signer.authorization("PLAY", "u") == "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="


def test_falling_back_to_the_plain_form_and_taking_the_next_nonce():
    signer = Signer("u", "p", strongest(['Digest realm="r", nonce="1", qop="auth"']))
    assert "cnonce" in signer.authorization("PLAY", "u")
    signer.use_qop = False
    assert "cnonce" not in signer.authorization("PLAY", "u")
    signer.next_nonce('nextnonce="22", qop=auth')
    assert fields(signer.authorization("PLAY", "u"))["nonce"] == "22"


def test_session_algorithms_send_their_cnonce():
    signer = Signer("u", "p", strongest(['Digest realm="r", nonce="1", algorithm=MD5-sess']))
    assert "cnonce" in signer.authorization("PLAY", "u")


def test_quotes_in_a_user_name_stay_inside():
    signer = Signer('a"b', "p", strongest(['Digest realm="r", nonce="1"']))
    assert 'username="a\\"b"' in signer.authorization("PLAY", "u")
