"""Time stamps of an authority that knows nothing of us: OpenSSL's."""

import subprocess
from dataclasses import replace

import pytest

from vms.footage.bundle.signature import SignatureBrokenError
from vms.footage.bundle.time_stamp import check_stamp, stamp
from vms.footage.bundle.verdict import Code
from vms.footage.bundle.verify import verify
from vms.kernel.errors import VmsError

pytestmark = pytest.mark.system

CONFIG = """\
[tsa]
default_tsa = here
[here]
serial = {folder}/serial
crypto_device = builtin
signer_cert = {folder}/tsa.pem
certs = {folder}/tsa.pem
signer_key = {folder}/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha384
"""


@pytest.fixture
def authority_folder(tmp_path):
    folder = tmp_path / "tsa"
    folder.mkdir()
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", folder / "tsa.key", "-out",
         folder / "tsa.pem", "-days", "30", "-subj", "/CN=Deneme Zaman Damgasi", "-addext",
         "extendedKeyUsage=critical,timeStamping"],
        check=True, capture_output=True,
    )  # fmt: skip
    (folder / "serial").write_text("01\n")
    (folder / "tsa.cnf").write_text(CONFIG.format(folder=folder))
    return folder


@pytest.fixture
def ask(authority_folder):
    def ask(query: bytes) -> bytes:
        (authority_folder / "query").write_bytes(query)
        subprocess.run(
            ["openssl", "ts", "-reply", "-config", authority_folder / "tsa.cnf", "-queryfile",
             authority_folder / "query", "-out", authority_folder / "reply"],
            check=True, capture_output=True,
        )  # fmt: skip
        return (authority_folder / "reply").read_bytes()

    return ask


def test_a_package_with_a_time_stamp(recorded, order_for, build_package, keys, ask, authority_folder):
    package = build_package(order_for(recorded), with_keys=replace(keys, stamps=ask))
    report = verify(package.unpacked)
    assert (report.problems, report.notes) == ([], [])
    assert report.stamped_at is not None
    subprocess.run(
        ["openssl", "ts", "-verify", "-data", package.folder / "manifest.p7s", "-in", package.folder / "manifest.tsr",
         "-CAfile", authority_folder / "tsa.pem"],
        check=True, capture_output=True,
    )  # fmt: skip
    (package.folder / "manifest.tsr").write_bytes(stamp(ask, b"another signature"))
    assert {problem.code for problem in verify(package.unpacked).problems} == {Code.CHANGED}


def test_it_belongs_to_one_text(ask):
    answer = stamp(ask, b"this")
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
        stamp(lambda _query: b"\x30\x05\x30\x03\x02\x01\x02", b"this")
    old = stamp(ask, b"this")
    with pytest.raises(VmsError, match="time_stamp_refused"):
        stamp(lambda _query: old, b"this")  # a copy of an older answer: its nonce tells
