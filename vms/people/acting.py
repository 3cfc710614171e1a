"""How people and their sessions are named in the audit log."""

from uuid import UUID

from vms.audit.entry import Actor, Subject
from vms.people.model import Account


def actor_of(account: Account, session_id: UUID | None = None, address: str = "") -> Actor:
    """The account's person as who acts, under today's name."""
    return Actor(account.id, spoken_name(account.display_name, account.name), session_id, address)


def subject_of(account: Account) -> Subject:
    """The account as what an act is about."""
    return Subject("account", str(account.id), spoken_name(account.display_name, account.name))


def session_subject(account: Account, session_id: UUID) -> Subject:
    """One of the account's sessions as what an act is about."""
    return Subject("session", str(session_id), spoken_name(account.display_name, account.name))


def spoken_name(display_name: str, name: str) -> str:
    """As the watermark spells it: the person, then the account, which nobody else has."""
    return f"{display_name} · {name}"
