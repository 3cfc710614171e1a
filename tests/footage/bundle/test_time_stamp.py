"""Time stamps of an authority that knows nothing of us: OpenSSL's."""

import importlib.util
from dataclasses import replace
from pathlib import Path

import pytest

from vms.footage.bundle.signature import SignatureBrokenError
from vms.footage.bundle.time_stamp import StampAuthority, check_stamp, stamp
from vms.footage.bundle.verdict import Code, StampState
from vms.footage.bundle.verify import verify
from vms.kernel.errors import Kind, VmsError

pytestmark = pytest.mark.system


_SPEC = importlib.util.spec_from_file_location("stamps_of_bundles", Path(__file__).parents[1] / "real_stamps.py")
_real = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(_real)

NAME = "Deneme ZDS"


@pytest.fixture
def responder(tmp_path):
    return _real.Responder(tmp_path / "tsa")


@pytest.fixture
def ask(responder):
    return StampAuthority(NAME, responder)


def test_a_package_with_a_time_stamp(recorded, order_for, build_package, keys, ask, responder):
    package = build_package(order_for(recorded), with_keys=replace(keys, stamps=ask))
    assert package.manifest["time_stamp"] == {"state": "requested", "authority": NAME}
    report = verify(package.unpacked)
    assert (report.problems, report.notes, report.stamp) == ([], [], StampState.PROVEN)
    assert report.stamped_at == package.built.stamped_at is not None
    assert _real.NAME in report.stamper.name
    _real.run(
        "openssl", "ts", "-verify", "-data", package.folder / "manifest.p7s", "-in", package.folder / "manifest.tsr",
        "-CAfile", responder.root,
    )  # fmt: skip
    (package.folder / "manifest.tsr").write_bytes(stamp(ask, b"another signature").answer)
    assert {problem.code for problem in verify(package.unpacked).problems} == {Code.CHANGED}


def test_an_authority_that_does_not_answer_costs_the_stamp_and_not_the_package(
    recorded, order_for, build_package, keys, caplog
):
    asked = []

    def away(question):
        asked.append(question)
        raise VmsError(Kind.UNAVAILABLE, "time_stamp_unreachable", "The time stamp authority is away.")

    package = build_package(order_for(recorded), with_keys=replace(keys, stamps=StampAuthority(NAME, away)))
    assert (len(asked), package.built.stamped_at) == (2, None)
    assert "time_stamp_unreachable" in caplog.text
    assert "manifest.tsr" not in package.unpacked.names()
    assert package.manifest["time_stamp"] == {"state": "requested", "authority": NAME}
    report = verify(package.unpacked)
    assert (report.is_sound, report.stamp, report.stamped_at) == (True, StampState.MISSING, None)
    (note,) = report.notes
    assert (note.code, NAME in str(note)) == (Code.STAMP_MISSING, True)


def test_it_is_asked_once_more_before_it_is_given_up(recorded, order_for, build_package, keys, responder):
    asked = []

    def breaks_once(question):
        asked.append(question)
        if len(asked) == 1:
            raise VmsError(Kind.UNAVAILABLE, "time_stamp_unreachable", "The line broke.")
        return responder(question)

    package = build_package(order_for(recorded), with_keys=replace(keys, stamps=StampAuthority(NAME, breaks_once)))
    assert verify(package.unpacked).stamp is StampState.PROVEN


def test_a_stamp_that_was_taken_out_is_missed(recorded, order_for, build_package, keys, ask):
    package = build_package(order_for(recorded), with_keys=replace(keys, stamps=ask))
    (package.folder / "manifest.tsr").unlink()
    assert [one.code for one in verify(package.unpacked).problems] == [Code.MISSING]
    sums = package.folder / "SHA256SUMS.txt"  # nobody signs this list: whoever changes it too is told by the manifest
    sums.write_text("".join(line for line in sums.read_text().splitlines(True) if "manifest.tsr" not in line))
    report = verify(package.unpacked)
    assert (report.problems, report.stamp) == ([], StampState.MISSING)


def test_without_an_authority_nothing_is_asked(package):
    assert package.manifest["time_stamp"] is None
    assert verify(package.unpacked).stamp is StampState.NOT_ASKED
    assert package.built.stamped_at is None


def test_it_belongs_to_one_text(ask):
    answer = stamp(ask, b"this").answer
    at, signer = check_stamp(answer, b"this")
    assert "Deneme Zaman Damgasi" in signer.name
    assert at.tzinfo is not None
    with pytest.raises(SignatureBrokenError, match="another text"):
        check_stamp(answer, b"that")
    for offset in range(0, len(answer), 7):
        changed = bytearray(answer)
        changed[offset] ^= 4
        try:
            told, _ = check_stamp(bytes(changed), b"this")
        except SignatureBrokenError:
            continue
        assert told == at  # a byte that nobody signed: in the status, or in a certificate's own signature


def test_an_authority_that_refuses_or_answers_something_else_is_not_believed(ask):
    with pytest.raises(VmsError, match="time_stamp_refused"):
        stamp(StampAuthority(NAME, lambda _query: b"\x30\x05\x30\x03\x02\x01\x02"), b"this")
    old = stamp(ask, b"this").answer
    with pytest.raises(VmsError, match="time_stamp_refused"):
        stamp(StampAuthority(NAME, lambda _query: old), b"this")  # a copy of an older answer: its nonce tells
