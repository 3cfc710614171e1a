"""The signatures of an e-Yazışma package: whose they are, whether the package is what they were put under (CAdES).

What judges a signature is loaded at the first one.
"""

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from vms.documents.eyp import Eyp
from vms.documents.plain_text import line
from vms.documents.signature import Signature
from vms.kernel.errors import Kind, VmsError

if TYPE_CHECKING:
    from asn1crypto.cms import SignedData

_SIGNED, _SEALED = "PaketOzeti/PaketOzeti.xml", "NihaiOzet/NihaiOzet.xml"
_SIGNATURE = ("Imzalar/ImzaCades.imz",)
_SEALS = ("Muhur/MuhurCades.imz", "Muhurler/MuhurCades.imz")  # of the second, of the first generation


def signatures_of(package: Eyp, roots: Sequence[Any] = ()) -> list[Signature]:
    """The signature under the letter with its data, then the institution's seal, which covers number and date in 2.x.

    `is_intact`: the signature fits its key and its text, and each part named there is what it names. `is_trusted`: its
    certificate leads to one of the `roots` today; nothing is fetched, so a revoked one is not noticed. Signatures that
    others put under this one, initials and time stamps are not looked at.
    VmsError(INVALID): `eyp_unsigned` where one of them is missing, `eyp_signature_unknown` where it cannot be
    judged here, `eyp_unreadable`.
    """
    found = [_judged(package, _SIGNED, _SIGNATURE, roots)]
    if package.is_of_second_generation or any(package.has(name) for name in _SEALS):
        found.append(_judged(package, _SEALED, _SEALS, roots))
    return found


def _judged(package: Eyp, text_name: str, names: Sequence[str], roots: Sequence[Any]) -> Signature:
    name = next((one for one in names if package.has(one)), None)
    if name is None or not package.has(text_name):
        raise VmsError(
            Kind.INVALID, "eyp_unsigned",
            "This e-Yazışma package is not signed, or not sealed. Take the finished package from EBYS.",
        )  # fmt: skip
    text = package.part(text_name)
    signer, at, is_valid, is_trusted = _proved(package.part(name), text, roots)
    is_intact = is_valid and package.is_whole(text)
    return Signature(name.rpartition("/")[2], signer, at, is_intact, is_trusted and is_intact)


def _proved(signature: bytes, text: bytes, roots: Sequence[Any]) -> tuple[str, str, bool, bool]:
    """The signer, when they say that it was, whether it is their signature under `text`, whether they are trusted."""
    from pyhanko.sign.validation.errors import SignatureValidationError  # noqa: PLC0415 - see above
    from pyhanko.sign.validation.generic_cms import async_validate_cms_signature, extract_self_reported_ts  # noqa: PLC0415
    from pyhanko_certvalidator import ValidationContext  # noqa: PLC0415
    from pyhanko_certvalidator.errors import PathError  # noqa: PLC0415

    try:
        signed = _signed_data(signature)
        if bytes(signed["encap_content_info"]["content"]) != text:
            return "", "", False, False
        (info,) = signed["signer_infos"]
        context = ValidationContext(trust_roots=list(roots), allow_fetching=False, revocation_mode="soft-fail")
        status = asyncio.run(async_validate_cms_signature(signed, validation_context=context))
        certificate = status.signing_cert
        name = line(str(certificate.subject.native.get("common_name") or certificate.subject.human_friendly))
        at = extract_self_reported_ts(info)
        is_valid = bool(status.intact and status.valid)
    except (
        SignatureValidationError, PathError, ValueError, KeyError, TypeError, AttributeError, IndexError,
        NotImplementedError,
    ) as err:  # fmt: skip
        raise VmsError(
            Kind.INVALID, "eyp_signature_unknown",
            "The signature of this e-Yazışma package cannot be judged here. Upload the letter's PDF instead.",
        ) from err  # fmt: skip
    return name[:200], at.isoformat() if at else "", is_valid, bool(roots) and bool(status.trusted)


def _signed_data(signature: bytes) -> "SignedData":
    from asn1crypto.cms import ContentInfo  # noqa: PLC0415 - see above

    info = ContentInfo.load(signature)
    if info["content_type"].native != "signed_data":
        raise ValueError("no signature")
    return info["content"]
