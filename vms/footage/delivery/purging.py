"""Destroying packages: every byte of them, then the row's secret, the record (P-28), the end of the request.

Each step is done again until it is done, so that a process killed anywhere goes on where it was: 1 files off the disk,
through a descriptor of the folder with the node's mark (one that is away has not been emptied), the folder synced → 2
one transaction: the row is `purged`, its passphrase gone, of a delivered request the last one closes it and lets its
locks go → 3 one transaction: P-28 for those that have none → 4 volumes told.
"""

import logging
import os
import shutil
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from vms.audit.entry import Actor, Subject
from vms.audit.rules import Act
from vms.documents.desk import Desk
from vms.documents.service import NewDocument, issue_new
from vms.footage.case_events import note_event
from vms.footage.delivery.delivering import delivery_of
from vms.footage.exports.desk import ExportDesk
from vms.footage.exports.folder import names_in
from vms.footage.exports.model import Export, ExportState
from vms.footage.exports.queries import exports_of, exports_to_purge, files_lying
from vms.footage.model import FootageRequest
from vms.footage.papers.destruction import destruction_form, had_copies, is_late
from vms.footage.requests.closing import close_delivered
from vms.footage.requests.service import case_of
from vms.footage.rules import State
from vms.kernel.clock import Clock
from vms.kernel.database import Database
from vms.kernel.errors import VmsError

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Round:
    """What one round did. `closed`: requests of what it destroyed that are over; their locks may go.

    `overdue`: packages that should be gone and are not. `unrecorded`: how many destructions have no P-28 yet. `away`:
    where the folder of packages should be and is not; nothing is called destroyed meanwhile.
    """

    purged: int = 0
    closed: Sequence[UUID] = field(default=())
    overdue: Sequence[str] = field(default=())
    unrecorded: int = 0
    away: str = ""


def run_once(database: Database, clock: Clock, exports: ExportDesk, desk: Desk, *, by: Actor) -> Round:
    """Destroy what is due. Idempotent; may be killed at any moment. Tell the volumes of `closed` next."""
    with database.reading() as session:
        due, lying = exports_to_purge(session, clock.now_us()), files_lying(session)
    purged, closed, away = 0, dict[UUID, None](), ""
    try:
        if due or lying or exports.kept.is_in_use():
            exports.kept.settle(lying)
            for request in _destroy_all(database, clock, exports, due, by):
                purged += 1
                if request.state == State.CLOSED:
                    closed[request.id] = None
            _sweep(database, exports)
    except VmsError as err:
        if err.code != "export_folder_away":
            raise
        away = str(exports.folder)
    unrecorded = _record(database, clock, desk, by)
    with database.reading() as session:
        return Round(purged, tuple(closed), tuple(_overdue(session, clock.now_us())), unrecorded, away)


def _destroy_all(
    database: Database, clock: Clock, exports: ExportDesk, due: Sequence[Export], by: Actor
) -> Iterator[FootageRequest]:
    """The request of each package that was destroyed, right behind it."""
    for one in due:
        if not _remove(exports, one):
            continue
        with database.writing() as session:
            request = _mark(session, clock, exports, one.id, by)
        if request is not None:
            yield request


def _remove(exports: ExportDesk, one: Export) -> bool:
    """Take every file of a package off the disk, for good; False where the disk refuses, which is tried again."""
    try:
        with exports.kept.opened() as folder:
            for name in _files_of(folder, one):
                _destroy(name, folder)
            os.fsync(folder)  # what was removed stays removed when the machine loses its power now
    except OSError as err:
        log.error("a package that must be destroyed is still there: %s", err.strerror)  # noqa: TRY400
        return False
    return True


def _files_of(folder: int, one: Export) -> list[str]:
    """What there is of it: the package, a half-built one, whatever else was made under its name."""
    return [name for name in names_in(folder) if name == one.name or name.startswith(f"{one.name}.")]


def _is_left(exports: ExportDesk, one: Export) -> bool:
    with exports.kept.opened() as folder:
        return bool(_files_of(folder, one))


def _destroy(name: str, folder: int) -> None:
    state = os.stat(name, dir_fd=folder, follow_symlinks=False)
    if stat.S_ISDIR(state.st_mode):
        shutil.rmtree(name, dir_fd=folder)
    else:
        os.unlink(name, dir_fd=folder)


def _mark(session: Session, clock: Clock, exports: ExportDesk, export_id: UUID, by: Actor) -> FootageRequest | None:
    """Say that nothing of it is left; its request, unless somebody was quicker or a file came back meanwhile."""
    one = session.get_one(Export, export_id)
    if one.state in (ExportState.PURGED, ExportState.BUILDING) or _is_left(exports, one):
        return None
    request = session.get_one(FootageRequest, one.request_id)
    one.state, one.purged_us, one.passphrase = ExportState.PURGED.value, clock.now_us(), None
    note_event(
        session, clock, case_of(request), Act.EXPORT_PURGED, by, package=one.name, why=one.purge_why,
        sha256=one.sha256 or "", size_bytes=one.size_bytes or 0, late=is_late(one, clock.now_us()),
    )  # fmt: skip
    is_last = all(other.state == ExportState.PURGED for other in exports_of(session, request.id))
    if request.state == State.DELIVERED and is_last:
        close_delivered(session, clock, request, by=by)
    return request


def _record(database: Database, clock: Clock, desk: Desk, by: Actor) -> int:
    """Print P-28 of what was destroyed without one; how many are still without: their paper is tried again."""
    with database.reading() as session:
        waiting = {(one.request_id, str(one.purge_why)) for one in _unrecorded(session)}
    failed = 0
    for request_id, why in sorted(waiting, key=str):
        try:
            with database.writing() as session:
                _print(session, clock, desk, request_id, why, by)
        except (VmsError, OSError, ValueError):  # one paper that cannot be printed keeps no other from its turn
            failed += 1
            log.warning("the record of a destruction is not printed yet", exc_info=True)
    return failed


def _print(session: Session, clock: Clock, desk: Desk, request_id: UUID, why: str, by: Actor) -> None:
    exports = [one for one in _unrecorded(session) if (one.request_id, one.purge_why) == (request_id, why)]
    if not exports:
        return
    request = session.get_one(FootageRequest, request_id)
    form = destruction_form(session, request, delivery_of(session, request_id), exports)
    case = case_of(request)
    new = NewDocument(
        kind=form.kind, fields=form.model_dump(mode="json"), subject=Subject(case.kind, str(case.id), case.words)
    )
    paper = issue_new(session, clock, desk.need_press(), desk.store, new, by=by)
    for one in exports:
        one.destruction_id = paper.id


def _unrecorded(session: Session) -> list[Export]:
    wanted = select(Export).where(Export.state == ExportState.PURGED.value, Export.destruction_id.is_(None))
    return [one for one in session.scalars(wanted.order_by(Export.request_id, Export.number)) if had_copies(one)]


def _sweep(database: Database, exports: ExportDesk) -> None:
    """Remove what lies in the folder and belongs to no package that may be there.

    The folder is read first: whatever lies there then had its row before it had its file.
    """
    with exports.kept.opened() as folder:
        lying = names_in(folder)
        with database.reading() as session:
            standing = list(session.scalars(select(Export).where(Export.state != ExportState.PURGED.value)))
        known = {path.name for one in standing for path in (exports.whole(one), exports.half_built(one))}
        for name in lying:
            if name in known:
                continue
            log.warning("a file that belongs to no package is removed from the folder of packages")
            try:
                _destroy(name, folder)
            except OSError as err:
                log.error("it is still there: %s", err.strerror)  # noqa: TRY400 - told again at the next round


def _overdue(session: Session, now_us: int) -> list[str]:
    wanted = select(Export).where(Export.purge_due_us.is_not(None), Export.state != ExportState.PURGED.value)
    return sorted(one.name for one in session.scalars(wanted) if is_late(one, now_us))
