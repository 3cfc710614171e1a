"""People as printed papers name them."""

from uuid import UUID

from sqlalchemy.orm import Session

from vms.documents.forms.form import Person as Named
from vms.people.model import Account
from vms.people.organisation_model import OrganisationUnit, Person

MAX_WORDS = 200  # what fits into one line of a form


def named(session: Session, person: Person) -> Named:
    """A person with number, title, unit."""
    unit = session.get_one(OrganisationUnit, person.unit_id)
    return Named(
        name=cut(person.full_name), registry_no=person.registry_no or "", title=cut(person.title), unit=cut(unit.name)
    )


def named_actor(session: Session, account_id: UUID | None, spoken: str) -> Named:
    """Who acted: the account's person; its own name where no person is known; a program or a command line by its word.

    `spoken`: the name that the paper's row keeps.
    """
    account = None if account_id is None else session.get(Account, account_id)
    if account is None:
        return Named(name=cut(spoken) or "—")
    if account.person_id is None:
        return Named(name=cut(account.display_name))
    return named(session, session.get_one(Person, account.person_id))


def cut(text: str) -> str:
    """`text` as far as it fits into one line."""
    return text if len(text) <= MAX_WORDS else text[: MAX_WORDS - 1] + "…"
