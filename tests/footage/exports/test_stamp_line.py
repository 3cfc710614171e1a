"""Asking a time stamp authority over a real socket: whatever it does ends in time, in one sentence."""

import importlib.util
import socket
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest
from pyhanko.keys import load_certs_from_pemder

from vms.footage.bundle.time_stamp import StampAuthority, check_stamp, stamp
from vms.footage.exports.stamp_line import MAX_ANSWER_BYTES, ask
from vms.kernel.errors import VmsError
from vms.kernel.http_line import ServicePlace

_SPEC = importlib.util.spec_from_file_location("real_stamps", Path(__file__).parents[1] / "real_stamps.py")
_real = importlib.util.module_from_spec(_SPEC)
sys.modules["real_stamps"] = _real
_SPEC.loader.exec_module(_real)

pytestmark = [pytest.mark.sockets, pytest.mark.system]
SIGNATURE = b"the signature under a manifest"


@pytest.fixture
def authority(tmp_path):
    with _real.served(tmp_path) as served:
        yield served


@pytest.fixture
def refused(authority):
    """What `stamp` says of the authority as it is now, in at most the time it is given."""

    def refused(behave=None, **place):
        authority.behave = behave
        begun_s = time.monotonic()
        with pytest.raises(VmsError) as err:
            stamp(named(place_of(authority, **place)), SIGNATURE)
        assert time.monotonic() - begun_s < 5
        return err.value.code, err.value.message

    return refused


def place_of(authority, **more):
    return ServicePlace(**{"url": authority.url, "timeout_s": 4.0} | more)


def named(place, roots=tuple):
    return StampAuthority("Deneme", lambda question: ask(place, question), roots)


def test_it_stamps(authority):
    got = stamp(named(place_of(authority)), SIGNATURE)
    assert _real.NAME in got.signer.name
    assert check_stamp(got.answer, SIGNATURE) == (got.at, got.signer)
    assert authority.asked == 1


def test_under_tls_with_a_password_and_roots(tmp_path):
    with _real.served(tmp_path, is_tls=True, wants_sign_in=True) as authority:
        place = place_of(authority, user=_real.USER, password=_real.PASSWORD, ca_file=authority.ca_file)
        assert stamp(named(place, lambda: list(load_certs_from_pemder([authority.responder.root]))), SIGNATURE)
        for other, said in (
            (replace(place, password="another"), "user or password"),
            (replace(place, user=""), "user or password"),
            (replace(place, ca_file=None), "not trusted"),
            (replace(place, ca_file=tmp_path / "none.pem"), "time_stamp_file_unreadable"),
            (replace(place, url=place.url.replace("https", "http")), "time_stamp_unreachable"),
        ):
            with pytest.raises(VmsError, match=said):
                stamp(named(other), SIGNATURE)
        assert _real.PASSWORD not in repr(place)


def test_an_authority_that_leads_to_none_of_the_roots_is_not_believed(authority, tmp_path):
    other = _real.Responder(tmp_path / "other")
    with pytest.raises(VmsError, match="none of the roots"):
        stamp(named(place_of(authority), lambda: list(load_certs_from_pemder([other.root]))), SIGNATURE)


def test_what_is_away_or_silent_is_not_waited_for(authority, refused):
    def silent(_handler, _question):
        authority.is_over.wait(20)

    assert refused(silent, timeout_s=0.3) == (
        "time_stamp_unreachable", "The time stamp authority does not answer in time."
    )  # fmt: skip

    def dripping(handler, _question):
        handler.send_response(200)
        handler.end_headers()
        while not authority.is_over.wait(0.02):
            handler.wfile.write(b"0")

    assert refused(dripping, timeout_s=0.5)[0] == "time_stamp_unreachable"

    def dripping_heads(handler, _question):
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nX: ")
        while not authority.is_over.wait(0.02):
            handler.wfile.write(b"0")

    assert refused(dripping_heads, timeout_s=0.5) == (
        "time_stamp_unreachable", "The time stamp authority does not answer in time."
    )  # fmt: skip
    authority.go_away()
    assert refused() == ("time_stamp_unreachable", "The time stamp authority refuses the connection.")
    assert refused(url="http://no-such-host.invalid/")[0] == "time_stamp_unreachable"


def test_a_name_server_that_is_away_is_not_waited_for(monkeypatch):
    found, looked = threading.Event(), socket.getaddrinfo

    def slow(*asked, **more):
        found.wait(20)
        return looked(*asked, **more)

    monkeypatch.setattr(socket, "getaddrinfo", slow)
    with socket.create_server(("127.0.0.1", 0)) as server:
        begun_s = time.monotonic()
        with pytest.raises(VmsError, match="in time"):
            ask(ServicePlace(url=f"http://127.0.0.1:{server.getsockname()[1]}/", timeout_s=0.3), b"question")
        assert time.monotonic() - begun_s < 5
        found.set()
        server.settimeout(10)
        late, _ = server.accept()
        with late:
            late.settimeout(10)
            assert late.recv(1) == b""  # nobody waits for it any more: it is closed, and nothing was asked


def test_finding_its_name_and_the_answer_have_one_time_together(authority, refused, monkeypatch):
    looked = socket.getaddrinfo

    def slow(*asked, **more):
        authority.is_over.wait(1.5)
        return looked(*asked, **more)

    monkeypatch.setattr(socket, "getaddrinfo", slow)
    begun_s = time.monotonic()
    assert refused(lambda *_: authority.is_over.wait(20), timeout_s=2.0)[1].endswith("does not answer in time.")
    assert time.monotonic() - begun_s < 3.2


def test_tls_that_never_begins_is_not_waited_for():
    with socket.create_server(("127.0.0.1", 0)) as server:
        held = []
        taker = threading.Thread(target=lambda: held.append(server.accept()[0]))
        taker.start()
        url = f"https://127.0.0.1:{server.getsockname()[1]}/"
        with pytest.raises(VmsError, match="in time"):
            ask(ServicePlace(url=url, timeout_s=0.3), b"question")
        taker.join()
        held[0].close()


def test_what_is_no_stamp_is_refused(authority, refused):
    old = stamp(named(place_of(authority)), SIGNATURE).answer
    assert refused(lambda handler, _: _real.answer(handler, old)) == (  # its nonce tells
        "time_stamp_refused", "The time stamp authority gave no time stamp: it answers another question."
    )  # fmt: skip
    authority.behave = None
    other = stamp(named(place_of(authority)), b"another text").answer
    assert refused(lambda handler, _: _real.answer(handler, other))[0] == "time_stamp_refused"
    no = b"\x30\x05\x30\x03\x02\x01\x02"
    assert refused(lambda handler, _: _real.answer(handler, no))[1].endswith("it was refused.")
    for garbage in (b"", b"<html>", b"\x30\x84\xff\xff\xff\xff", bytes(5000)):
        assert refused(lambda handler, _, told=garbage: _real.answer(handler, told))[0] == "time_stamp_refused"
    huge = bytes(MAX_ANSWER_BYTES + 10)
    assert "more than any" in refused(lambda handler, _: _real.answer(handler, huge))[1]
    assert refused(lambda handler, _: handler.wfile.write(b"SSH-2.0-OpenSSH_9.2\r\n"))[0] == "time_stamp_unreachable"
    assert refused(lambda handler, _: _real.answer(handler, b"", 503)) == (
        "time_stamp_refused", "The time stamp authority answers with status 503."
    )  # fmt: skip


def test_nobody_is_followed_elsewhere_or_told_the_address(authority, refused, tmp_path, caplog):
    (tmp_path / "other").mkdir()
    with _real.served(tmp_path / "other") as elsewhere:
        for status in (301, 302, 307, 308):
            code, said = refused(
                lambda handler, _, status=status: _real.answer(handler, b"", status, Location=elsewhere.url),
                url=f"{authority.url}?key=customer-4711",
            )
            assert (code, "elsewhere" in said, "4711" in said) == ("time_stamp_refused", True, False)
        assert elsewhere.asked == 0
    assert "4711" not in caplog.text
    assert "4711" not in repr(place_of(authority, url="http://x/?key=4711"))
