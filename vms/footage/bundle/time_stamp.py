"""A time stamp over the signature: that it existed then, said by somebody else than the institution (RFC 3161)."""

import asyncio
import hashlib
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from asn1crypto import cms, core, tsp, x509
from pyhanko.sign.general import extract_certificate_info
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.errors import PathError, ValidationError

from vms.footage.bundle.signature import UNREADABLE, SignatureBrokenError, Signer, check_enclosed
from vms.kernel.errors import Kind, VmsError

_GRANTED = {"granted", "granted_with_mods"}
_NONCE_BITS = 64


class _Answer(core.Sequence):  # type: ignore[misc]
    """`TimeStampResp`; the library's own wants a token also of who refuses (RFC 3161, 2.4.2)."""

    _fields = [  # noqa: RUF012 - the library's form
        ("status", tsp.PKIStatusInfo),
        ("time_stamp_token", cms.ContentInfo, {"optional": True}),
    ]


@dataclass(frozen=True, slots=True)
class StampAuthority:
    """Who stamps packages. `name`: what the manifest calls it.

    `ask`: what is asked goes in (`application/timestamp-query`), what was answered comes out; it ends within seconds,
    and raises VmsError when it has no answer. `roots` reads the certificates of which one must lead to the answer's, or
    raises VmsError; none: whoever signed it is believed.
    """

    name: str
    ask: Callable[[bytes], bytes]
    roots: Callable[[], Sequence[x509.Certificate]] = tuple


@dataclass(frozen=True, slots=True)
class Stamp:
    """What the authority answered, proved. `at`: when it saw the text."""

    answer: bytes
    at: datetime
    signer: Signer


def stamp(authority: StampAuthority, content: bytes) -> Stamp:
    """The authority's stamp over `content`, proved before it is used.

    VmsError(UNAVAILABLE, `time_stamp_refused`); what the authority's `ask` and `roots` raise.
    """
    roots = authority.roots()
    nonce = secrets.randbits(_NONCE_BITS)
    asked = tsp.TimeStampReq({
        "version": "v1",
        "message_imprint": {
            "hash_algorithm": {"algorithm": "sha256"},
            "hashed_message": hashlib.sha256(content).digest(),
        },
        "nonce": nonce,
        "cert_req": True,
    })  # fmt: skip
    answer = authority.ask(asked.dump())
    try:
        token, info, signer = _checked(answer, content)
        _check_nonce(info, nonce)
        if roots:
            _check_trust(token, roots)
    except SignatureBrokenError as err:
        raise VmsError(
            Kind.UNAVAILABLE, "time_stamp_refused", f"The time stamp authority gave no time stamp: {err}.",
        ) from err  # fmt: skip
    return Stamp(answer, info["gen_time"].native, signer)


def check_stamp(answer: bytes, content: bytes) -> tuple[datetime, Signer]:
    """When the authority saw `content`, and which authority. SignatureBrokenError when it says no such thing."""
    _, info, signer = _checked(answer, content)
    return info["gen_time"].native, signer


def _checked(answer: bytes, content: bytes) -> tuple[cms.ContentInfo, tsp.TSTInfo, Signer]:
    try:
        response = _Answer.load(answer, strict=True)
        if response["status"]["status"].native not in _GRANTED:
            raise SignatureBrokenError("it was refused")
        token = response["time_stamp_token"]
        enclosed, signer = check_enclosed(token.dump(), "tst_info")
        info = tsp.TSTInfo.load(enclosed, strict=True)
        imprint = info["message_imprint"]
        digest = hashlib.new(imprint["hash_algorithm"]["algorithm"].native, content).digest()
        _ = info["gen_time"].native, info["nonce"].native  # read now: what cannot be read is no stamp
    except UNREADABLE as err:
        raise SignatureBrokenError("it cannot be read") from err
    if digest != imprint["hashed_message"].native:
        raise SignatureBrokenError("it belongs to another text")
    return token, info, signer


def _check_nonce(info: tsp.TSTInfo, nonce: int) -> None:
    if info["nonce"].native != nonce:
        raise SignatureBrokenError("it answers another question")


def _check_trust(token: cms.ContentInfo, roots: Sequence[x509.Certificate]) -> None:
    """SignatureBrokenError unless its certificate is one for time stamps that leads to `roots`. Nothing is fetched."""
    try:
        found = extract_certificate_info(token["content"])
        context = ValidationContext(trust_roots=list(roots), allow_fetching=False, revocation_mode="soft-fail")
        validator = CertificateValidator(found.signer_cert, found.other_certs, validation_context=context)
        usage = validator.async_validate_usage(set(), extended_key_usage={"time_stamping"})  # type: ignore[no-untyped-call]
        asyncio.run(usage)
    except (PathError, ValidationError, *UNREADABLE) as err:
        raise SignatureBrokenError("its certificate leads to none of the roots") from err
