"""A time stamp over the signature: that it existed then, said by somebody else than the institution (RFC 3161)."""

import hashlib
import secrets
from collections.abc import Callable
from datetime import datetime

from asn1crypto import tsp

from vms.footage.bundle.signature import SignatureBrokenError, Signer, check_enclosed
from vms.kernel.errors import Kind, VmsError

# What is asked goes in (`application/timestamp-query`), what was answered comes out (`application/timestamp-reply`).
# Raises VmsError(UNAVAILABLE) when the authority cannot be reached.
TimeStamps = Callable[[bytes], bytes]

_GRANTED = {"granted", "granted_with_mods"}
_NONCE_BITS = 64


def stamp(authority: TimeStamps, content: bytes) -> bytes:
    """The authority's answer about `content`, proved before it is used. VmsError(UNAVAILABLE, `time_stamp_refused`)."""
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
    answer = authority(asked.dump())
    try:
        _, _, told = _checked(answer, content)
    except SignatureBrokenError as err:
        raise VmsError(
            Kind.UNAVAILABLE, "time_stamp_refused", f"The time stamp authority gave no time stamp: {err}. Try again.",
        ) from err  # fmt: skip
    if told != nonce:
        raise VmsError(
            Kind.UNAVAILABLE, "time_stamp_refused", "The time stamp authority answered another question. Try again.",
        )  # fmt: skip
    return answer


def check_stamp(answer: bytes, content: bytes) -> tuple[datetime, Signer]:
    """When the authority saw `content`, and which authority. SignatureBrokenError when it says no such thing."""
    at, signer, _ = _checked(answer, content)
    return at, signer


def _checked(answer: bytes, content: bytes) -> tuple[datetime, Signer, int | None]:
    try:
        response = tsp.TimeStampResp.load(answer, strict=True)
        if response["status"]["status"].native not in _GRANTED:
            raise SignatureBrokenError("it was refused")
        enclosed, signer = check_enclosed(response["time_stamp_token"].dump(), "tst_info")
        info = tsp.TSTInfo.load(enclosed, strict=True)
        imprint = info["message_imprint"]
        digest = hashlib.new(imprint["hash_algorithm"]["algorithm"].native, content).digest()
        at: datetime = info["gen_time"].native
        nonce: int | None = info["nonce"].native
    except (ValueError, TypeError, KeyError, AttributeError) as err:
        raise SignatureBrokenError("it cannot be read") from err
    if digest != imprint["hashed_message"].native:
        raise SignatureBrokenError("it belongs to another text")
    return at, signer, nonce
