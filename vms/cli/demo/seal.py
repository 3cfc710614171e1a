"""The key of the demonstration's made-up institution: packages and papers are signed as a real one's are."""

import secrets
from datetime import timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from cryptography.x509.oid import NameOID

from vms.archive.volume import replace_file
from vms.cli.settings.institution import SealSettings
from vms.cli.settings.node import DataPaths
from vms.kernel.clock import Clock, to_datetime

_FILE, _PASSWORD_FILE = Path("keys") / "demo-seal.p12", Path("keys") / "demo-seal.password"
_LASTS = timedelta(days=3650)


def demo_seal(paths: DataPaths, clock: Clock, name: str) -> SealSettings:
    """The seal of `name`, made at the first call. Nobody vouches for its certificate: it proves nothing to anybody."""
    file, password_file = paths.root / _FILE, paths.root / _PASSWORD_FILE
    if not (file.exists() and password_file.exists()):
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        password = secrets.token_urlsafe(16)
        replace_file(password_file, password.encode(), mode=0o600)
        replace_file(file, _made(clock, name, password), mode=0o600)
    return SealSettings(file=_FILE, password_file=_PASSWORD_FILE)


def _made(clock: Clock, name: str, password: str) -> bytes:
    key = ec.generate_private_key(ec.SECP256R1())
    now = to_datetime(clock.now_us())
    named = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name), x509.NameAttribute(NameOID.COUNTRY_NAME, "TR")])
    usage = x509.KeyUsage(
        digital_signature=True, content_commitment=True, key_encipherment=False, data_encipherment=False,
        key_agreement=False, key_cert_sign=False, crl_sign=False, encipher_only=False, decipher_only=False,
    )  # fmt: skip
    certificate = (
        x509.CertificateBuilder()
        .subject_name(named)
        .issuer_name(named)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + _LASTS)
        .add_extension(usage, critical=True)
        .sign(key, hashes.SHA256())
    )
    locked = BestAvailableEncryption(password.encode())
    return pkcs12.serialize_key_and_certificates(b"seal", key, certificate, None, locked)
