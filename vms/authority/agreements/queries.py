"""Which confidentiality agreement counts for somebody."""

from datetime import date
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from vms.authority.agreements.model import Agreement, AgreementText
from vms.kernel.errors import Kind, VmsError

FIRST_VERSION = "1"  # in use before any other was introduced


def current_version(session: Session) -> str:
    """The version of the text that is signed now."""
    newest = select(AgreementText.version).order_by(AgreementText.from_us.desc(), AgreementText.id.desc()).limit(1)
    return session.scalar(newest) or FIRST_VERSION


def text_since_us(session: Session) -> int:
    """Since when the text of today is signed; 0 for the first one."""
    wanted = select(AgreementText.from_us).where(AgreementText.version == current_version(session))
    return session.scalar(wanted) or 0


def agreement_of(session: Session, person_id: UUID, day: date) -> Agreement | None:
    """The person's agreement that counts on `day`: signed until then, not ended, of a text that still counts."""
    wanted = select(Agreement).where(
        Agreement.person_id == person_id, Agreement.ended_us.is_(None), Agreement.signed_on <= day
    )
    newest_first = wanted.order_by(Agreement.signed_on.desc(), Agreement.id.desc())
    return next((one for one in session.scalars(newest_first) if counts(session, one.version)), None)


def counts(session: Session, version: str) -> bool:
    """Whether agreements of this text's version are still good: no later text asked for new signatures."""
    since = session.scalar(select(AgreementText.from_us).where(AgreementText.version == version)) or 0
    newest = select(func.max(AgreementText.from_us)).where(AgreementText.must_resign)
    return since >= (session.scalar(newest) or 0)


def agreements(session: Session, person_id: UUID | None = None) -> list[Agreement]:
    """All agreements (of one person), newest first."""
    wanted = select(Agreement).order_by(Agreement.recorded_us.desc(), Agreement.id.desc())
    return list(session.scalars(wanted if person_id is None else wanted.where(Agreement.person_id == person_id)))


def need_agreement(session: Session, agreement_id: UUID) -> Agreement:
    """The agreement with this id, or VmsError(NOT_FOUND, `agreement_not_found`)."""
    found = session.get(Agreement, agreement_id)
    if found is None:
        raise VmsError(Kind.NOT_FOUND, "agreement_not_found", "There is no such agreement. Reload the list.")
    return found


def nda_missing() -> VmsError:
    """The refusal of what needs a signed agreement."""
    return VmsError(
        Kind.CONFLICT, "nda_missing",
        "No authority begins without a signed confidentiality agreement (article 11(2)). Record the signature.",
    )  # fmt: skip
