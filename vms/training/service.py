"""Keeping training materials, saying that one has read or watched them.

Each use case writes its audit entry in the same transaction. `by`: who acts.
"""

from collections.abc import Iterable
from pathlib import Path
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from vms.audit.entry import Actor, NewEntry, Subject
from vms.audit.rules import Act
from vms.audit.service import append
from vms.documents.forms.training import Topic
from vms.documents.store import FileStore
from vms.kernel.clock import Clock
from vms.kernel.database import Database
from vms.kernel.errors import Kind, VmsError
from vms.kernel.ids import new_id
from vms.people.model import Account
from vms.people.rules import AccountKind
from vms.training.model import Acknowledgement, Material, Version
from vms.training.queries import need_material, training_not_found, versions_of
from vms.training.rules import check_title, check_topics
from vms.training.upload import Examiners


def add_material(session: Session, clock: Clock, title: str, topics: Iterable[Topic], *, by: Actor) -> Material:
    """A material without a file yet. VmsError(INVALID): `training_title_invalid`, `training_topics_missing`."""
    material = Material(
        id=new_id(clock), title=check_title(title), topics=check_topics(topics), created_us=clock.now_us(),
        created_by=by.person_id, created_by_name=by.name,
    )  # fmt: skip
    session.add(material)
    session.flush()
    _tell(session, clock, Act.TRAINING_ADDED, material, by, topics=material.topics)
    return material


def change_material(
    session: Session, clock: Clock, material: Material, title: str, topics: Iterable[Topic], *, by: Actor
) -> Material:
    """Correct its title, its topics. VmsError as `add_material`, and CONFLICT `training_withdrawn`."""
    _need_open(material)
    material.title, material.topics = check_title(title), check_topics(topics)
    session.flush()
    _tell(session, clock, Act.TRAINING_CHANGED, material, by, topics=material.topics)
    return material


def add_version(
    database: Database,
    clock: Clock,
    store: FileStore,
    examiners: Examiners,
    material_id: UUID,
    path: Path,
    *,
    by: Actor,
) -> Version:
    """Keep the file at `path`, which is copied, as the material's next version; nobody is asked to read it yet.

    It is examined and on the disk before the writer's lock is taken. VmsError: what `Examiners.examine` refuses;
    NOT_FOUND `training_not_found`; CONFLICT `training_withdrawn`.
    """
    with database.reading() as session:
        _need_open(need_material(session, material_id))
    examined = examiners.examine(path)
    sha256 = store.put_file(path)
    with database.writing() as session:
        material = need_material(session, material_id)
        _need_open(material)
        known = versions_of(session, material_id)
        version = Version(
            id=new_id(clock), material_id=material_id, number=known[0].number + 1 if known else 1, sha256=sha256,
            size_bytes=examined.size_bytes, media_type=examined.file_type.value, uploaded_us=clock.now_us(),
            uploaded_by=by.person_id, uploaded_by_name=by.name, pages=examined.pages, duration_ms=examined.duration_ms,
        )  # fmt: skip
        session.add(version)
        session.flush()
        _tell(session, clock, Act.TRAINING_UPLOADED, material, by, version=version.number, sha256=sha256.hex())
    return version


def publish(session: Session, clock: Clock, material: Material, *, by: Actor) -> Version:
    """Ask everybody to read or watch the newest version; who knew one before is asked again.

    VmsError(CONFLICT): `training_withdrawn`, `training_file_missing`, `training_published` (it is already).
    """
    _need_open(material)
    known = versions_of(session, material.id)
    if not known:
        raise VmsError(
            Kind.CONFLICT, "training_file_missing", "This material has no file yet. Upload a PDF or a film first."
        )
    newest = known[0]
    if newest.published_us is not None:
        raise VmsError(
            Kind.CONFLICT, "training_published", "The newest version is published already. Upload another file first."
        )
    newest.published_us = clock.now_us()
    session.flush()
    _tell(session, clock, Act.TRAINING_PUBLISHED, material, by, version=newest.number)
    return newest


def withdraw(session: Session, clock: Clock, material: Material, *, by: Actor) -> Material:
    """Ask nobody any more; what was acknowledged stays. VmsError(CONFLICT, `training_withdrawn`)."""
    _need_open(material)
    material.withdrawn_us = clock.now_us()
    session.flush()
    _tell(session, clock, Act.TRAINING_WITHDRAWN, material, by)
    return material


def acknowledge(session: Session, clock: Clock, account: Account, version: Version, *, by: Actor) -> Acknowledgement:
    """The account's person says that they read or watched the version, and understood it; again changes nothing.

    VmsError: NOT_FOUND `training_not_found` (not published, or withdrawn); CONFLICT `training_superseded` (there is a
    newer one), `training_account_shared` (nobody's own account can say so).
    """
    if account.kind != AccountKind.PERSONAL:
        raise VmsError(
            Kind.CONFLICT,
            "training_account_shared",
            "Only a person can have understood it. Sign in with your own account.",
        )
    material = need_material(session, version.material_id)
    if material.withdrawn_us is not None or version.published_us is None:
        raise training_not_found()
    if any(one.published_us is not None and one.number > version.number for one in versions_of(session, material.id)):
        raise VmsError(
            Kind.CONFLICT, "training_superseded", "There is a newer version of this material. Reload the page."
        )
    wanted = select(Acknowledgement).where(
        Acknowledgement.version_id == version.id, Acknowledgement.account_id == account.id
    )
    known = session.scalar(wanted)
    if known is not None:
        return known
    made = Acknowledgement(id=new_id(clock), version_id=version.id, account_id=account.id, at_us=clock.now_us())
    session.add(made)
    session.flush()
    _tell(session, clock, Act.TRAINING_ACKNOWLEDGED, material, by, version=version.number)
    return made


def _need_open(material: Material) -> None:
    if material.withdrawn_us is not None:
        raise VmsError(Kind.CONFLICT, "training_withdrawn", "This material was withdrawn. Add a new one.")


def _tell(session: Session, clock: Clock, act: Act, material: Material, by: Actor, **detail: object) -> None:
    subject = Subject("training", str(material.id), material.title)
    append(session, clock, NewEntry(act=act, actor=by, subject=subject, detail=detail))
