"""To whom a paper may be given."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from vms.cameras.model import Camera
from vms.kernel.errors import Kind, VmsError
from vms.people.model import Account
from vms.people.organisation_model import Person
from vms.people.organisation_queries import need_person
from vms.people.queries import roles_of
from vms.people.roles import Paper, papers_of
from vms.people.rules import AccountKind


def check_holder(session: Session, account: Account, paper: Paper, now_us: int) -> Account:
    """The account when it may hold a right on this kind of paper.

    VmsError(CONFLICT): `account_disabled`, `shared_account_not_allowed`, `paper_not_for_role`.
    """
    if account.disabled_us is not None:
        raise VmsError(Kind.CONFLICT, "account_disabled", "This account is disabled. Enable it, or choose another.")
    if paper is not Paper.REVIEW and account.kind != AccountKind.PERSONAL:
        raise VmsError(
            Kind.CONFLICT, "shared_account_not_allowed",
            "An account that is nobody's own gets its cameras by a review only (article 11(6)). Choose a person's.",
        )  # fmt: skip
    if paper not in papers_of(roles_of(session, account.id, now_us)):
        raise VmsError(
            Kind.CONFLICT, "paper_not_for_role",
            "Nobody of this account's role is let see pictures on such a paper. Give the role first, or choose another"
            " account.",
        )  # fmt: skip
    return account


def staff_of(session: Session, account: Account, now_us: int) -> Person:
    """The person whose account it is; VmsError `person_missing`, `not_staff`."""
    if account.person_id is None:
        raise VmsError(
            Kind.CONFLICT, "person_missing",
            "This account belongs to no registered person. Name its person first: papers are given to people.",
        )  # fmt: skip
    person = need_person(session, account.person_id)
    if not person.is_staff(now_us):
        raise VmsError(
            Kind.INVALID, "not_staff",
            "Viewing authority is given to people who work for the municipality (article 3(1)). Choose another person.",
        )  # fmt: skip
    return person


def check_cameras(session: Session, camera_ids: Collection[UUID]) -> list[UUID]:
    """The cameras without repeats, all of which exist; VmsError `cameras_missing`, `camera_not_found`."""
    wanted = list(dict.fromkeys(camera_ids))
    if not wanted:
        raise VmsError(Kind.INVALID, "cameras_missing", "Name at least one camera: a paper opens nothing by itself.")
    known = set(session.scalars(select(Camera.id).where(Camera.id.in_(wanted), Camera.retired_us.is_(None))))
    if known != set(wanted):
        raise VmsError(Kind.NOT_FOUND, "camera_not_found", "One of these cameras is not there any more. Reload.")
    return wanted
