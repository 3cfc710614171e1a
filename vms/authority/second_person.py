"""The second person: who enters does not activate (D-12.11, C-7)."""

from uuid import UUID

from sqlalchemy.orm import Session

from vms.audit.entry import Actor
from vms.authority.acts import is_same_person
from vms.authority.grants.model import Grant
from vms.authority.grants.queries import cameras_of, cameras_of_olur
from vms.authority.policy import Policy
from vms.kernel.errors import Kind, VmsError


def check_second_person(session: Session, grant: Grant, by: Actor, policy: Policy) -> None:
    """VmsError(CONFLICT, `second_person_missing`) when `by` entered it and another must look.

    Always so for an Olur that is used again for cameras it was not used for before (edge-90).
    """
    if not is_same_person(grant.entered_by, grant.entered_by_name, by):
        return
    if policy.two_person or is_wider_use(session, grant):
        raise second_person_missing()


def is_wider_use(session: Session, grant: Grant) -> bool:
    """Whether its Olur carried other grants already, and none of them named some of its cameras."""
    before = cameras_of_olur(session, grant.olur_no, grant.olur_on, grant.id)
    return before is not None and not set(cameras_of(session, grant.id)) <= before


def check_not_oneself(account_id: UUID, by: Actor) -> None:
    """Nobody gives a paper to themselves; VmsError(CONFLICT, `second_person_missing`)."""
    if by.person_id == account_id:
        raise second_person_missing()


def second_person_missing() -> VmsError:
    """The refusal."""
    return VmsError(
        Kind.CONFLICT, "second_person_missing",
        "Whoever enters an authority, or would hold it, does not give it. Another person must do this step.",
    )  # fmt: skip
