"""Whose signature stands under a manifest, and whether it fits (CMS, RFC 5652)."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from asn1crypto import cms, x509
from cryptography.exceptions import UnsupportedAlgorithm
from pyhanko.sign.general import extract_certificate_info, extract_signer_info
from pyhanko.sign.validation.generic_cms import extract_self_reported_ts, validate_sig_integrity

# What parsers and the algorithms below them say to bytes that somebody changed.
UNREADABLE = (
    ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError, NotImplementedError,
    UnsupportedAlgorithm,
)  # fmt: skip

_SIGNING_CERTIFICATE = "1.2.840.113549.1.9.16.2.47"  # RFC 5035


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signed. `fingerprint`: SHA-256 of the certificate, as the minutes print it; `at`: what the signer says."""

    name: str
    fingerprint: str
    at: datetime | None


class SignatureBrokenError(Exception):
    """The signature is unreadable or does not fit; `str` says which."""


def check_signature(signature: bytes, content: bytes) -> Signer:
    """The signer of `content`. Whether to believe the certificate is judged by its fingerprint: no root is asked."""
    try:
        signed, signer_info, certificate = _opened(signature)
        if signed["encap_content_info"]["content"].native is not None:
            raise SignatureBrokenError("it carries a text of its own")
        _check_names_certificate(signer_info)
        _prove(signer_info, certificate, "data", hashlib.sha256(content).digest())
        return _signer(signer_info, certificate)
    except UNREADABLE as err:
        raise SignatureBrokenError("it cannot be read") from err


def check_enclosed(signature: bytes, content_type: str) -> tuple[bytes, Signer]:
    """What a signature carries inside itself, with its signer (time stamps are such)."""
    try:
        signed, signer_info, certificate = _opened(signature)
        content = bytes(signed["encap_content_info"]["content"])
        digest = hashlib.new(signer_info["digest_algorithm"]["algorithm"].native, content).digest()
        _prove(signer_info, certificate, content_type, digest)
        return content, _signer(signer_info, certificate)
    except UNREADABLE as err:
        raise SignatureBrokenError("it cannot be read") from err


def _opened(signature: bytes) -> tuple[cms.SignedData, cms.SignerInfo, x509.Certificate]:
    info = cms.ContentInfo.load(signature, strict=True)
    if info["content_type"].native != "signed_data":
        raise SignatureBrokenError("it is no signature")
    signed = info["content"]
    return signed, extract_signer_info(signed), extract_certificate_info(signed).signer_cert


def _check_names_certificate(signer_info: cms.SignerInfo) -> None:
    """What is signed says whose certificate it is: else bytes signed for another end may be passed off as this."""
    attributes = signer_info["signed_attrs"]
    is_told = attributes.native is not None and _SIGNING_CERTIFICATE in {one["type"].dotted for one in attributes}
    if not is_told or signer_info["sid"].name != "issuer_and_serial_number":
        raise SignatureBrokenError("it does not say whose certificate it is")


def _prove(signer_info: cms.SignerInfo, certificate: x509.Certificate, content_type: str, digest: bytes) -> None:
    is_same, is_valid = validate_sig_integrity(signer_info, certificate, content_type, digest)
    if not is_valid:
        raise SignatureBrokenError("it was not made with the key of its certificate")
    if not is_same:
        raise SignatureBrokenError("it belongs to another text")


def _signer(signer_info: cms.SignerInfo, certificate: x509.Certificate) -> Signer:
    fingerprint = hashlib.sha256(certificate.dump()).hexdigest()
    return Signer(certificate.subject.human_friendly, fingerprint, extract_self_reported_ts(signer_info))
