"""Building the packages that were ordered, one at a time, from the beginning after whatever stopped it."""

import errno
import logging
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import select
from sqlalchemy.orm import Session

from vms.archive.archive import Archive
from vms.archive.checkpoints import public_bytes, write_checkpoint
from vms.archive.volume import sync_directory
from vms.audit.entry import Actor
from vms.footage.bundle.package import Built, Keys, build, planned_bytes, remove_half_built
from vms.footage.bundle.time_stamp import StampAuthority
from vms.footage.exports.built_rows import note_built, note_failed
from vms.footage.exports.desk import ExportDesk
from vms.footage.exports.model import Export, ExportState
from vms.footage.exports.order import order_of
from vms.footage.exports.queries import IN_WORK, files_lying
from vms.footage.exports.service import disk_full
from vms.footage.model import FootageRequest
from vms.footage.rules import APPROVED
from vms.kernel.clock import US_PER_SECOND, Clock
from vms.kernel.database import Database
from vms.kernel.errors import Kind, VmsError
from vms.kernel.logging import redactor

if TYPE_CHECKING:
    from vms.footage.bundle.order import Order

log = logging.getLogger(__name__)

TELL_EVERY_US = US_PER_SECOND  # how far it is; also how soon a builder hears that it has to stop
WAIT_US = 60 * US_PER_SECOND  # before an end that was being recorded, or a disk that was away, is looked at again
_WAITING_GIVES_MORE = frozenset({"still_recording", "volume_away", "export_folder_away"})
STOPPED, DISK_FULL, WRITE_FAILED, UNFORESEEN = "export_stopped", "export_disk_full", "export_write_failed", "internal"


class StoppedError(Exception):
    """The process ends, or nobody wants the package any more: the builder stops between two pieces."""


@dataclass(slots=True)
class Workshop:
    """Where packages are built. One thread of one process of a node calls `run_once`.

    A package is written under a name that says that it is none, becomes durable, gets its name, and only then its row
    says `ready`: killed anywhere in between, it is built from the beginning. `node_key`: signs where the archive's
    chains stand before a package is begun, so that its proof reaches a signature. `stamps`: who stamps each package's
    signature; None: nobody is asked.
    """

    database: Database
    archive: Callable[[], Archive]
    clock: Clock
    desk: ExportDesk
    node_key: Ed25519PrivateKey
    by: Actor
    is_stopping: Callable[[], bool] = lambda: False
    stamps: StampAuthority | None = None
    _not_before_us: dict[UUID, int] = field(default_factory=dict)

    def run_once(self) -> bool:
        """Build the next package; False when none is to be built now. Blocks for as long as its footage is large.

        What fails is written into its row and does not leave here, but for what nobody foresaw.
        """
        export = self._begin()
        if export is None:
            return False
        try:
            built = self._build(export)
        except StoppedError:
            self._put_back(export.id)
        except VmsError as err:
            self._wait_or_fail(export.id, err)
        except OSError as err:
            self._wait_or_fail(export.id, self._why_unwritten(export, err))
        except Exception:
            self._fail(export.id, UNFORESEEN)
            raise
        else:
            with self.database.writing() as session:
                note_built(session, self.clock, session.get_one(Export, export.id), built, self._certificate(), self.by)
            log.info("package %s is ready: %d bytes", export.name, built.size_bytes)
        return True

    def _begin(self) -> Export | None:
        """Take the next one. What was tried least comes first, so that none keeps the others from their turn."""
        with self.database.reading() as session:
            if self._next(session) is None and not _dropped(session):
                return None
        with self.database.writing() as session:
            for dropped in _dropped(session):  # of a process that was killed while it built it
                dropped.state, dropped.failure = ExportState.FAILED.value, STOPPED
            export = self._next(session)
            if export is not None:
                export.state, export.failure = ExportState.BUILDING.value, ""
                export.attempts, export.done_bytes = export.attempts + 1, 0
        return export

    def _next(self, session: Session) -> Export | None:
        now_us = self.clock.boottime_us()
        wanted = select(Export).join(FootageRequest).where(
            Export.state.in_([one.value for one in IN_WORK]), Export.purge_why.is_(None),
            FootageRequest.state.in_([one.value for one in APPROVED]),
        )  # fmt: skip
        found = session.scalars(wanted.order_by(Export.attempts, Export.ordered_us, Export.number))
        return next((one for one in found if self._not_before_us.get(one.id, 0) <= now_us), None)

    def _build(self, export: Export) -> Built:
        press, seal = self.desk.need_press()
        assert export.passphrase is not None
        passphrase = self.desk.box.open(export.passphrase)
        redactor.hide(passphrase)
        half, whole = self.desk.half_built(export), self.desk.whole(export)
        with self.database.reading() as session:
            lying = files_lying(session)
        self.desk.kept.settle(lying)
        for left in (half, whole):
            remove_half_built(left)
        archive = self.archive().asked_alone()
        with self.database.reading() as session:
            order = order_of(
                session, session.get_one(Export, export.id), institution=press.letterhead.institution, zone=press.zone,
                made_us=self.clock.now_us(),
            )  # fmt: skip
        self._plan(export, archive, order)
        self._sign_chain(archive)
        keys = Keys(passphrase, seal, public_bytes(self.node_key), self.stamps)
        built = build(archive, order, keys, half, _Progress(self, export.id))
        self._lay_down(half, whole)
        return built

    def _lay_down(self, half: Path, whole: Path) -> None:
        """Give it its name where it is looked for; beside a disk that went away meanwhile no copy is left."""
        half.rename(whole)
        sync_directory(whole.parent)
        try:
            with self.desk.kept.opened() as folder:
                os.stat(whole.name, dir_fd=folder)
        except (VmsError, OSError):
            remove_half_built(whole)
            raise

    def _plan(self, export: Export, archive: Archive, order: "Order") -> None:
        """Know its size before its first byte; nothing is begun that the disk cannot take (edge-56)."""
        planned = planned_bytes(archive, order)
        free_bytes = self.desk.free_bytes()
        self.tell(export.id, 0, planned)
        if planned > free_bytes:
            raise disk_full(planned, free_bytes)

    def _sign_chain(self, archive: Archive) -> None:
        for volume in archive.volumes:
            try:
                write_checkpoint(volume, self.clock, self.node_key)
            except (VmsError, OSError) as err:  # its footage is then called "not signed yet", which is true
                log.warning("a volume's chain is not signed now: %s", err)

    def tell(self, export_id: UUID, done_bytes: int, planned_bytes: int | None = None) -> None:
        """Write down how far it is. StoppedError when it is not wanted any more."""
        if self.is_stopping():
            raise StoppedError
        try:
            with self.database.writing() as session:
                export = session.get_one(Export, export_id)
                is_wanted = export.purge_why is None
                export.done_bytes = done_bytes
                export.planned_bytes = export.planned_bytes if planned_bytes is None else planned_bytes
        except VmsError as err:
            if err.kind is not Kind.UNAVAILABLE:
                raise
            log.warning("how far a package is cannot be written down now: %s", err)
            return
        if not is_wanted:
            raise StoppedError

    def _wait_or_fail(self, export_id: UUID, err: VmsError) -> None:
        log.warning("a package is not built: %s", err)
        if err.code in _WAITING_GIVES_MORE:
            self._not_before_us[export_id] = self.clock.boottime_us() + WAIT_US
            self._put_back(export_id, err.code)
        else:
            self._fail(export_id, err.code)

    def _why_unwritten(self, export: Export, err: OSError) -> VmsError:
        """What the disk's refusal was: no room, the whole disk gone from under it, anything else."""
        log.error("package %s cannot be written: %s", export.name, err.strerror)
        try:
            with self.desk.kept.opened():
                pass
        except VmsError as away:
            return away
        is_full = err.errno in {errno.ENOSPC, errno.EDQUOT}
        code = DISK_FULL if is_full else WRITE_FAILED
        return VmsError(Kind.UNAVAILABLE, code, "The package cannot be written. Check the disk, then try again.")

    def _put_back(self, export_id: UUID, why: str = "") -> None:
        with self.database.writing() as session:
            export = session.get_one(Export, export_id)
            is_wanted = export.purge_why is None
            export.state = ExportState.WAITING.value if is_wanted else ExportState.FAILED.value
            export.failure, export.done_bytes = why if is_wanted else STOPPED, 0

    def _fail(self, export_id: UUID, code: str) -> None:
        with self.database.writing() as session:
            note_failed(session, self.clock, session.get_one(Export, export_id), code, self.by)

    def _certificate(self) -> str:
        _, seal = self.desk.need_press()
        return seal.fingerprint()


class _Progress:
    """Hears of every piece that was written, tells of it once a second."""

    def __init__(self, workshop: Workshop, export_id: UUID) -> None:
        self._workshop = workshop
        self._export_id = export_id
        self._told_us = workshop.clock.boottime_us()

    def __call__(self, written_bytes: int) -> None:
        now_us = self._workshop.clock.boottime_us()
        if now_us - self._told_us >= TELL_EVERY_US:
            self._told_us = now_us
            self._workshop.tell(self._export_id, written_bytes)


def _dropped(session: Session) -> list[Export]:
    """Those that nobody wants any more and that nobody builds."""
    wanted = select(Export).where(Export.state == ExportState.BUILDING.value, Export.purge_why.is_not(None))
    return list(session.scalars(wanted))
