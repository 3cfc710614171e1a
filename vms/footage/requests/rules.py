"""What a request must say before it is registered, approved."""

from dataclasses import dataclass
from datetime import date

from vms.authority.grants.rules import OLUR_ISSUERS
from vms.footage.rules import AuthorityKind, Origin
from vms.kernel.errors import Kind, VmsError


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """On what a request stands: whose it is, with the papers it names."""

    origin: Origin
    authority_kind: AuthorityKind | None = None
    legal_basis: str = ""
    is_judicial: bool = False
    olur_no: str = ""
    olur_on: date | None = None
    olur_issuer: str = ""


def check_claim(claim: Claim, today: date) -> None:
    """Refuse what may not even be registered.

    VmsError: CONFLICT `judicial_event_needs_authority` (internal and judicial: a hold is offered, A-05),
    `olur_missing`; INVALID `not_an_authority`, `legal_basis_missing` (A-04), `olur_wrong_issuer`, `letter_in_future`.
    """
    if claim.origin is Origin.INTERNAL:
        _check_internal(claim, today)
        return
    if claim.authority_kind is None:
        raise VmsError(
            Kind.INVALID, "not_an_authority",
            "Footage is given to civil administrators, prosecutors, law enforcement and courts. Choose which.",
        )  # fmt: skip
    if claim.authority_kind is AuthorityKind.OTHER_OFFICIAL and not claim.legal_basis.strip():
        raise VmsError(
            Kind.INVALID, "legal_basis_missing",
            "Another authority than the four of article 10(1) names the law it asks by. Enter that text.",
        )  # fmt: skip


def check_papers(claim: Claim, *, has_file: bool) -> None:
    """Refuse what may not be approved: no release on less paper (D-4.4, D-4.5a, edge-35).

    VmsError(CONFLICT): `written_request_missing`, `olur_missing`.
    """
    if has_file:
        return
    if claim.origin is Origin.INTERNAL:
        raise _olur_missing()
    raise VmsError(
        Kind.CONFLICT, "written_request_missing",
        "Footage is given on a written request only. Upload the letter's scan or e-signed file first.",
    )  # fmt: skip


def _check_internal(claim: Claim, today: date) -> None:
    if claim.is_judicial:
        raise VmsError(
            Kind.CONFLICT, "judicial_event_needs_authority",
            "A judicial event is for the authorities (article 4(5)). Place a hold now, and wait for their letter.",
            offer="hold",
        )  # fmt: skip
    if not claim.olur_no.strip() or claim.olur_on is None:
        raise _olur_missing()
    if claim.olur_on > today:
        raise VmsError(Kind.INVALID, "letter_in_future", "A letter is dated today or earlier. Correct its date.")
    if claim.olur_issuer not in OLUR_ISSUERS:
        raise VmsError(
            Kind.INVALID, "olur_wrong_issuer",
            "An Olur comes from the Presidency: the President or the General Secretariat. Choose who gave it.",
            issuers=list(OLUR_ISSUERS),
        )  # fmt: skip


def _olur_missing() -> VmsError:
    return VmsError(
        Kind.CONFLICT, "olur_missing",
        "Units of the municipality get footage by Olur of the Presidency only (article 4(5)). Bring it first.",
    )  # fmt: skip
