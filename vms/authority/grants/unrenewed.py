"""The report of authority that ran out because nobody applied for more (D-11.5d)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from vms.authority.agreements.queries import agreement_of
from vms.authority.grants.model import Grant
from vms.authority.grants.queries import grants, last_until_us, pending_of, periods_of
from vms.authority.grants.rules import is_unrenewed, state_of
from vms.authority.postings.supervisors import supervisor_of
from vms.kernel.days import day_of
from vms.kernel.spreadsheet import MARK, csv_row
from vms.people.model import Account
from vms.people.organisation_model import OrganisationUnit, Person

HEADER = ("grant", "person", "account", "unit", "supervisor", "olur_no", "olur_on", "last_day")


@dataclass(frozen=True, slots=True, kw_only=True)
class Unrenewed:
    """A grant that ran out. `last_day`: the last on which it let see; `supervisor`: who could have applied."""

    grant: int
    person: str
    account: str
    unit: str
    supervisor: str
    olur_no: str
    olur_on: date | None
    last_day: date


def unrenewed(session: Session, now_us: int) -> list[Unrenewed]:
    """Every grant that ran out and waits for no renewal, the one that ended last first."""
    found = []
    for grant in grants(session):
        periods = periods_of(session, grant.id)
        until_us = last_until_us(grant, periods)
        has_agreement = agreement_of(session, grant.person_id, day_of(now_us)) is not None
        state = state_of(grant, until_us, has_agreement, now_us)
        if until_us is not None and is_unrenewed(state, pending_of(periods) is not None):
            found.append((until_us, grant))
    newest_first = sorted(found, key=lambda one: (-one[0], -one[1].number))
    return [_row(session, grant, until_us) for until_us, grant in newest_first]


def csv_of(rows: Iterable[Unrenewed]) -> str:
    """The header first, then a row for each of them."""
    lines = (csv_row(getattr(row, name) for name in HEADER) for row in rows)
    return MARK + csv_row(HEADER) + "".join(lines)


def _row(session: Session, grant: Grant, until_us: int) -> Unrenewed:
    person = session.get_one(Person, grant.person_id)
    supervisor = supervisor_of(session, person)
    return Unrenewed(
        grant=grant.number, person=person.full_name, account=session.get_one(Account, grant.account_id).name,
        unit=session.get_one(OrganisationUnit, person.unit_id).name,
        supervisor="" if supervisor is None else session.get_one(Person, supervisor).full_name, olur_no=grant.olur_no,
        olur_on=grant.olur_on, last_day=day_of(until_us - 1),
    )  # fmt: skip
