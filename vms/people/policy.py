"""The rules of watching (D-11.4b), which everybody accepts before they see anything."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from vms.audit.entry import Actor, NewEntry
from vms.audit.rules import Act
from vms.audit.service import append
from vms.kernel.clock import Clock
from vms.kernel.errors import Kind, VmsError
from vms.kernel.ids import new_id
from vms.people.acting import subject_of
from vms.people.model import Account, SignInSession
from vms.people.sign_in_model import PolicyAcceptance
from vms.people.sign_in_rules import Policy

# Directive, article 11(4). An installation may put its own words in place of these.
TEXTS = {
    "tr": (
        "Bu ekrandan görüntü almak yasaktır. İzleme yetkisi devredilemez; görüntü ekranı üzerinden ayrıca kayıt, ekran "
        "görüntüsü ya da fotoğraf alınamaz (Yönerge m. 11/4). Her izleme kişi, kamera ve zamanıyla kayda geçer. "
        "Oturumunuzu ve parolanızı kimseyle paylaşmayın."
    ),
    "en": (
        "Recording from this screen is forbidden. The right to watch cannot be passed on; no recording, screenshot or "
        "photograph may be taken of the screen (directive, article 11(4)). Every viewing is logged with person, camera "
        "and time. Share neither your session nor your password with anybody."
    ),
}


def has_accepted(session: Session, account_id: UUID, policy: Policy) -> bool:
    """Whether the person accepted this version in these words."""
    found = select(PolicyAcceptance.id).where(
        PolicyAcceptance.account_id == account_id,
        PolicyAcceptance.version == policy.version,
        PolicyAcceptance.text_sha256 == policy.digest,
    )
    return session.scalar(found.limit(1)) is not None


def accept(session: Session, clock: Clock, account: Account, policy: Policy, version: str, by: Actor) -> None:
    """The person accepts what they were shown; their sessions that waited for it are opened.

    VmsError(CONFLICT, `policy_changed`) when another version counts by now.
    """
    if version != policy.version:
        raise VmsError(Kind.CONFLICT, "policy_changed", "The rules have changed meanwhile. Read them again.")
    if not has_accepted(session, account.id, policy):
        session.add(PolicyAcceptance(new_id(clock), account.id, policy.version, policy.digest, clock.now_us()))
        detail = {"version": policy.version, "text_sha256": policy.digest.hex()}
        append(session, clock, NewEntry(act=Act.POLICY_ACCEPTED, actor=by, subject=subject_of(account), detail=detail))
    for waiting in session.scalars(select(SignInSession).where(SignInSession.account_id == account.id)):
        waiting.must_accept = False
    session.flush()
