"""The institution's electronic seal on a PDF (PAdES baseline B, ETSI EN 319 142-1)."""

import asyncio
import io
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from typing import Any

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes

from vms.documents.rules import SEAL_FIELD
from vms.kernel.errors import Kind, VmsError


class Seal:
    """Key with certificates out of the institution's PKCS#12 file. `repr` tells nothing of it."""

    def __init__(self, signer: signers.SimpleSigner) -> None:
        self._signer = signer

    def __repr__(self) -> str:
        return "Seal()"

    @classmethod
    def at(cls, path: Path, password: str) -> "Seal":
        """The seal in `path`. VmsError(INVALID, `seal_unreadable`), which repeats no password."""
        try:
            signer = signers.SimpleSigner.load_pkcs12_data(
                path.read_bytes(), other_certs=(), passphrase=password.encode()
            )
        except (OSError, ValueError, TypeError) as err:
            raise _unreadable(path) from err
        if signer is None or signer.signing_cert is None:
            raise _unreadable(path)
        return cls(signer)

    def on(self, pdf: bytes, institution: str, at: datetime) -> bytes:
        """`pdf` with the seal behind it; its own bytes stay as they are. VmsError(INTERNAL, `seal_failed`)."""
        metadata = signers.PdfSignatureMetadata(
            field_name=SEAL_FIELD, md_algorithm="sha256", subfilter=fields.SigSeedSubFilter.PADES, name=institution
        )
        out = io.BytesIO()
        try:
            signer = _AtTime(metadata, self._signer)
            signer.at = at
            signer.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf)), output=out)
        except (SigningError, ValueError) as err:
            raise VmsError(
                Kind.INTERNAL, "seal_failed",
                "The institution's seal could not be put on the document. Check its certificate, then try again.",
            ) from err  # fmt: skip
        return out.getvalue()

    def over(self, content: bytes, at: datetime) -> bytes:
        """A detached signature (CMS, DER) over `content`. VmsError(INTERNAL, `seal_failed`)."""
        attributes = PdfCMSSignedAttributes(signing_time=at)
        try:
            signing = self._signer.async_sign_general_data(content, "sha256", signed_attr_settings=attributes)
            signature: bytes = _finished(signing).dump()
        except (SigningError, ValueError) as err:
            raise VmsError(
                Kind.INTERNAL, "seal_failed",
                "The institution's seal could not sign. Check its certificate, then try again.",
            ) from err  # fmt: skip
        return signature

    def expires(self) -> datetime:
        """After when its certificate proves nothing new."""
        certificate = self._signer.signing_cert
        assert certificate is not None
        ends: datetime = certificate.not_valid_after
        return ends

    def fingerprint(self) -> str:
        """SHA-256 of its certificate, by which whoever proves a signature knows it again."""
        certificate = self._signer.signing_cert
        assert certificate is not None
        digest: bytes = certificate.sha256
        return digest.hex()


class BrokenSeal(Seal):
    """A seal that cannot be used: whatever is to be sealed is refused with the reason, and nothing else stops."""

    def __init__(self, reason: VmsError) -> None:
        self._reason = reason

    def on(self, pdf: bytes, institution: str, at: datetime) -> bytes:  # noqa: ARG002 - a seal's signature
        """See `Seal.on`. VmsError: `seal_unreadable`, `seal_password_unreadable`."""
        raise self._reason

    def over(self, content: bytes, at: datetime) -> bytes:  # noqa: ARG002 - a seal's signature
        """See `Seal.over`; raises like `on`."""
        raise self._reason

    def expires(self) -> datetime:
        """See `Seal.expires`; raises like `on`."""
        raise self._reason

    def fingerprint(self) -> str:
        """See `Seal.fingerprint`; raises like `on`."""
        raise self._reason


class _AtTime(signers.PdfSigner):
    """A signer that reads no clock of its own."""

    at: datetime

    def init_signing_session(self, pdf_out: Any, existing_fields_only: bool = False) -> Any:
        """See `PdfSigner.init_signing_session`."""
        session = super().init_signing_session(pdf_out, existing_fields_only)
        session.system_time = self.at
        return session


def _finished(signing: Coroutine[Any, Any, Any]) -> Any:
    """What a coroutine gives, waited for in a thread of its own: whoever asks may run a loop himself."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, signing).result()


def _unreadable(path: Path) -> VmsError:
    return VmsError(
        Kind.INVALID, "seal_unreadable",
        f"Setting institution.seal: {path.name} is no PKCS#12 file that opens with this password. Correct either.",
    )  # fmt: skip
