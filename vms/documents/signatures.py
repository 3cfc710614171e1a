"""Electronic signatures found in a PDF that came back.

What judges a signature is loaded at the first one: that takes half a second, and most of what comes back is a scan.
"""

import io
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader

from vms.documents.plain_text import line
from vms.documents.signature import Signature

if TYPE_CHECKING:
    from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

MAX_SIGNATURES = 50
_CERTIFICATES = frozenset({".pem", ".crt", ".cer", ".der"})


def signatures_in(pdf: bytes, roots: Sequence[Any] = ()) -> list[Signature]:
    """All signatures of people and seals in `pdf`, oldest first; time stamps alone are none. `roots`: see `roots_in`.

    Nothing is fetched: a revoked certificate is not noticed (a municipality's recorder has no way out). ValueError for
    a file that is no PDF.
    """
    try:
        reader = PdfFileReader(io.BytesIO(pdf), strict=False)
        has_fields = "/AcroForm" in reader.root  # a signature is the value of a field (ISO 32000-1, 12.8)
        found = list(reader.embedded_regular_signatures)[:MAX_SIGNATURES] if has_fields else []
    except (PdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError) as err:
        raise ValueError("no readable PDF") from err
    return [_judged(one, roots) for one in found]


def roots_in(folder: Path) -> list[Any]:
    """The certificates (PEM or DER) of a folder, by name; ValueError for a file that holds none."""
    from pyhanko.keys import load_certs_from_pemder_data  # noqa: PLC0415 - only where an institution has roots

    found: list[Any] = []
    for path in sorted(folder.iterdir()):
        if path.suffix.lower() in _CERTIFICATES:
            found += load_certs_from_pemder_data(path.read_bytes())
    return found


def _judged(embedded: "EmbeddedPdfSignature", roots: Sequence[Any]) -> Signature:
    from pyhanko.sign.validation import validate_pdf_signature  # noqa: PLC0415 - see above
    from pyhanko.sign.validation.errors import SignatureValidationError  # noqa: PLC0415
    from pyhanko_certvalidator import ValidationContext  # noqa: PLC0415
    from pyhanko_certvalidator.errors import PathError  # noqa: PLC0415

    try:
        at = embedded.self_reported_timestamp
        name = line(
            str(embedded.signer_cert.subject.native.get("common_name") or embedded.signer_cert.subject.human_friendly)
        )
        context = ValidationContext(trust_roots=list(roots), allow_fetching=False, revocation_mode="soft-fail")
        status = validate_pdf_signature(embedded, signer_validation_context=context)
        is_intact = bool(
            status.intact and status.valid and status.docmdp_ok is not False and status.coverage is not None
        )
        is_trusted = bool(roots) and is_intact and bool(status.trusted)
    except (SignatureValidationError, PathError, PdfError, ValueError, KeyError, TypeError, AttributeError):
        return Signature(str(embedded.field_name), "", "", is_intact=False, is_trusted=False)
    return Signature(str(embedded.field_name), name[:200], at.isoformat() if at else "", is_intact, is_trusted)
