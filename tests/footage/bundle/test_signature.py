"""Signatures of every kind of key an institution may have."""

from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID

from vms.documents.seal import BrokenSeal, Seal
from vms.footage.bundle.signature import SignatureBrokenError, check_signature
from vms.kernel.errors import Kind, VmsError

AT = datetime(2026, 11, 21, 14, 5, tzinfo=UTC)
KEYS = {
    "rsa-2048": lambda: rsa.generate_private_key(65537, 2048),
    "p-256": lambda: ec.generate_private_key(ec.SECP256R1()),
    "p-384": lambda: ec.generate_private_key(ec.SECP384R1()),
}


def seal_with(kind: str, folder) -> Seal:
    key = KEYS[kind]()
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"Belediye {kind}")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(AT - timedelta(days=1))
        .not_valid_after(AT + timedelta(days=365))
        .sign(key, hashes.SHA256())
    )
    path = folder / "seal.p12"
    locked = serialization.BestAvailableEncryption(b"parola")
    path.write_bytes(pkcs12.serialize_key_and_certificates(b"muhur", key, certificate, [], locked))
    return Seal.at(path, "parola")


@pytest.mark.parametrize("kind", sorted(KEYS))
def test_it_fits_its_text_and_no_other(kind, tmp_path):
    signature = seal_with(kind, tmp_path).over(b"text", AT)
    signer = check_signature(signature, b"text")
    assert (kind in signer.name, signer.at) == (True, AT)
    with pytest.raises(SignatureBrokenError, match="another text"):
        check_signature(signature, b"test")
    for broken in (b"", b"0", signature[:-1], signature + b"\0", b"\x30\x80" + signature):
        with pytest.raises(SignatureBrokenError):
            check_signature(broken, b"text")


def test_a_seal_that_cannot_be_used_says_why():
    reason = VmsError(Kind.INVALID, "seal_unreadable", "No.")
    with pytest.raises(VmsError, match="seal_unreadable"):
        BrokenSeal(reason).over(b"text", AT)
