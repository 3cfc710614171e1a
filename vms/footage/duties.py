"""Separation of duties: register ≠ approve ≠ export ≠ sign (C-7, D-10.1e)."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from vms.audit.entry import Actor
from vms.authority.acts import is_same_person
from vms.footage.policy import ALL_PAIRS, Duty, Pair
from vms.kernel.errors import Kind, VmsError
from vms.people.rules import Role

__all__ = ["Done", "Duty", "check_separation", "check_signer"]


# No setting: whose signature P-04 – P-06 need (D-10.1e, A-06).
SIGNERS = frozenset({Role.VMS_UNIT_HEAD, Role.BRANCH_MANAGER})


@dataclass(frozen=True, slots=True)
class Done:
    """A duty that somebody did, or is to do: the officer a request is assigned to exports it."""

    duty: Duty
    account_id: UUID | None
    name: str


def check_separation(done: Iterable[Done], duty: Duty, by: Actor, separate: frozenset[Pair] = ALL_PAIRS) -> None:
    """VmsError(CONFLICT, `separation_of_duties`) when `by` did what may not be done by the same person (edge-45).

    `separate`: the pairs that are kept apart. The refusal names the duty that is in the way.
    """
    for one in done:
        is_kept_apart = one.duty is not duty and frozenset({one.duty, duty}) in separate
        if is_kept_apart and is_same_person(one.account_id, one.name, by):
            raise VmsError(
                Kind.CONFLICT, "separation_of_duties",
                "Whoever registers, approves, exports or signs a request does none of the others. Another person must.",
                duty=duty.value, done=one.duty.value,
            )  # fmt: skip


def check_signer(roles: Iterable[Role]) -> None:
    """VmsError(CONFLICT, `supervisor_signature_missing`) for who is neither şef nor müdür of the unit (edge-48)."""
    if not SIGNERS & frozenset(roles):
        raise VmsError(
            Kind.CONFLICT, "supervisor_signature_missing",
            "Records of footage are signed by the chief (şef) or the manager (müdür) of the surveillance unit.",
        )  # fmt: skip
