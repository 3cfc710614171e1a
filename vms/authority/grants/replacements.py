"""New grants that take the place of old ones: another scope, another person. Both need a new Olur."""

from sqlalchemy.orm import Session

from vms.audit.entry import Actor
from vms.authority.grants.endings import close
from vms.authority.grants.model import Grant, Stored
from vms.authority.grants.rules import Olur, olur_missing
from vms.authority.grants.service import NewGrant, enter, need_state
from vms.kernel.clock import Clock
from vms.kernel.errors import Kind, VmsError
from vms.people.model import Account


def change_scope(session: Session, clock: Clock, grant: Grant, new: NewGrant, *, by: Actor) -> Grant:
    """A new grant of the same person with other cameras or modes; the old one goes on until this one is activated.

    VmsError(CONFLICT, `olur_missing`) without an Olur of its own (D-12.3b); what `grants.enter` refuses.
    """
    need_state(grant, Stored.ACTIVE, Stored.SUSPENDED)
    _check_new_olur(grant, new.olur)
    return _entered(session, clock, grant, session.get_one(Account, grant.account_id), new, "scope", by)


def replace_person(
    session: Session, clock: Clock, grant: Grant, account: Account, new: NewGrant, *, by: Actor
) -> Grant:
    """A new grant for another person; the old one ends now (D-11.3, A-46).

    VmsError(CONFLICT): `olur_missing` without a new Olur, `same_person`; what `grants.enter` refuses.
    """
    need_state(grant, Stored.ACTIVE, Stored.SUSPENDED)
    _check_new_olur(grant, new.olur)
    if account.id == grant.account_id:
        raise VmsError(
            Kind.CONFLICT, "same_person", "This is the same person. Choose the one who takes over, or change the scope."
        )
    entered = _entered(session, clock, grant, account, new, "person", by)
    close(session, clock, grant, Stored.REPLACED, f"grant {entered.number}", by=by)
    return entered


def _check_new_olur(grant: Grant, olur: Olur | None) -> None:
    if olur is None or (olur.no.strip(), olur.on) == (grant.olur_no, grant.olur_on):
        raise olur_missing()


def _entered(
    session: Session, clock: Clock, former: Grant, account: Account, new: NewGrant, replaces: str, by: Actor
) -> Grant:
    entered = enter(session, clock, account, new, by=by)
    entered.replaces, entered.replaces_id = replaces, former.id
    session.flush()
    return entered
