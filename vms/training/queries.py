"""What others ask about training."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from vms.kernel.errors import Kind, VmsError
from vms.kernel.turkish import sort_key
from vms.people.model import Account
from vms.people.organisation_model import OrganisationUnit, Person
from vms.people.rules import AccountKind
from vms.training.model import Acknowledgement, Material, Version


@dataclass(frozen=True, slots=True)
class Current:
    """A material with the version that counts."""

    material: Material
    version: Version


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Somebody who has not said yet that they read or watched a version. `person` None: an account of nobody known."""

    account: Account
    person: Person | None
    unit_name: str
    current: Current


def need_material(session: Session, material_id: UUID) -> Material:
    """The material with this id, withdrawn or not, or VmsError(NOT_FOUND, `training_not_found`)."""
    found = session.get(Material, material_id)
    if found is None:
        raise training_not_found()
    return found


def need_version(session: Session, version_id: UUID) -> Version:
    """The version with this id, published or not, or VmsError(NOT_FOUND, `training_not_found`)."""
    found = session.get(Version, version_id)
    if found is None:
        raise training_not_found()
    return found


def training_not_found() -> VmsError:
    """Not found, or not visible to the caller."""
    return VmsError(Kind.NOT_FOUND, "training_not_found", "There is no such training material. Reload the list.")


def materials(session: Session) -> list[Material]:
    """All materials by title, withdrawn ones too."""
    return sorted(session.scalars(select(Material)), key=lambda one: (sort_key(one.title), one.id))


def versions_of(session: Session, material_id: UUID) -> list[Version]:
    """A material's versions, the newest first."""
    wanted = select(Version).where(Version.material_id == material_id)
    return list(session.scalars(wanted.order_by(Version.number.desc())))


def current(session: Session) -> list[Current]:
    """What everybody has to know: of each material that is not withdrawn the newest published version, by title."""
    newest: dict[UUID, Version] = {}
    for one in session.scalars(select(Version).where(Version.published_us.is_not(None)).order_by(Version.number)):
        newest[one.material_id] = one
    kept = [one for one in materials(session) if one.withdrawn_us is None and one.id in newest]
    return [Current(one, newest[one.id]) for one in kept]


def acknowledged_by(session: Session, account_id: UUID) -> dict[UUID, int]:
    """When an account's person acknowledged which version."""
    wanted = select(Acknowledgement.version_id, Acknowledgement.at_us)
    return dict(row for row in session.execute(wanted.where(Acknowledgement.account_id == account_id)).all())


def gaps(session: Session, now_us: int) -> list[Gap]:
    """Who has not acknowledged what counts: everybody with an open account of their own, by unit and name."""
    asked = current(session)
    if not asked:
        return []
    done = _done(session, [one.version.id for one in asked])
    units = {one.id: one.name for one in session.scalars(select(OrganisationUnit))}
    wanted = select(Account, Person).outerjoin(Person, Person.id == Account.person_id)
    wanted = wanted.where(Account.kind == AccountKind.PERSONAL, Account.disabled_us.is_(None))
    found = [
        Gap(account=account, person=person, unit_name="" if person is None else units[person.unit_id], current=one)
        for account, person in session.execute(wanted).all()
        if person is None or person.is_staff(now_us)
        for one in asked
        if account.id not in done[one.version.id]
    ]
    return sorted(found, key=_by_unit_and_name)


def _done(session: Session, version_ids: Sequence[UUID]) -> dict[UUID, set[UUID]]:
    done: dict[UUID, set[UUID]] = defaultdict(set)
    wanted = select(Acknowledgement.version_id, Acknowledgement.account_id)
    for version_id, account_id in session.execute(wanted.where(Acknowledgement.version_id.in_(version_ids))).all():
        done[version_id].add(account_id)
    return done


def _by_unit_and_name(one: Gap) -> tuple[bytes, bytes, str, bytes, UUID]:
    return (
        sort_key(one.unit_name), sort_key(name_of(one)), one.account.name, sort_key(one.current.material.title),
        one.current.material.id,
    )  # fmt: skip


def name_of(gap: Gap) -> str:
    """What the person is called."""
    return gap.account.display_name if gap.person is None else gap.person.full_name
