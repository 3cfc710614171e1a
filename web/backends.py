"""What the API stands on, made once for an application."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated
from uuid import UUID
from zoneinfo import ZoneInfo

from fastapi import Depends
from starlette.requests import HTTPConnection

from streams.hub import LiveHub
from streams.ice_options import IceOptions
from streams.snapshot import Snapshots
from streams.whep import MAX_VIEWERS, WhepSessions
from vms.archive.archive import Archive
from vms.audit.entry import Actor, NewEntry
from vms.audit.rules import Act
from vms.authority.authority import Authority
from vms.authority.policy import DEFAULT as DEFAULT_POLICY
from vms.authority.policy import Policy
from vms.documents.desk import Desk
from vms.footage.exports.desk import ExportDesk
from vms.footage.letters.files import FootageDesk
from vms.footage.policy import DEFAULT as DEFAULT_FOOTAGE_POLICY
from vms.footage.policy import Policy as FootagePolicy
from vms.footage.service_entry import SERVICE, ServiceEntry
from vms.kernel.clock import Clock
from vms.kernel.database import Database
from vms.kernel.errors import Kind, VmsError
from vms.training.desk import TrainingDesk
from web.audit_proof import AuditProof, Prove
from web.callers import Door
from web.events.camera_feed import CameraFeed
from web.events.data import RightsChanged
from web.events.export_feed import ExportFeed
from web.events.log import EventLog
from web.events.stream import EventStream
from web.overview import Observer
from web.settings_desk import SettingsDesk
from web.sign_in import SignInParts
from web.transfer.query_limit import QueryLimit
from web.watching.audit_trail import AuditTrail
from web.watching.content_watch import ContentWatch
from web.watching.open_views import OpenViews
from web.watching.watch_log import WatchLog
from web.workers import Workers

ITSELF = Actor(None, "vms web")
PEOPLE_THREADS, PEOPLE_WAITING = 8, 2_000  # a read takes a millisecond: a wall that reconnects as a whole may wait
NODE_THREADS, NODE_WAITING = 4, 200
ARCHIVE_THREADS, ARCHIVE_WAITING = 8, 200
DIRECTORY_THREADS, DIRECTORY_WAITING = 4, 30  # of their own: one that is away keeps nobody else waiting
SIGN_IN_THREADS, SIGN_IN_WAITING = 2, 30  # a hash takes a tenth of a second of a core
AUDIT_THREADS, AUDIT_WAITING = 2, 20
DOCUMENT_THREADS, DOCUMENT_WAITING = 1, 20  # a scan takes seconds of a core to look through
TRAINING_THREADS, TRAINING_WAITING = 2, 60  # a class of guards that watches one film reads it from the page cache
SETTINGS_THREADS, SETTINGS_WAITING = 1, 4  # it waits for mail servers and directories
EXPORT_THREADS, EXPORT_WAITING = 2, 60  # a package is copied for as long as a medium takes it
PICTURE_THREADS, PICTURE_WAITING = 2, 30  # decoding takes a core each, and live pictures need the others


@dataclass(frozen=True, slots=True)
class Parts:
    """What the wiring gives beside the node's facts.

    `archive`: the volumes for playback, called for each request on a worker thread. `console`: the folder of the
    built console, which may be missing. `ice`, `max_webrtc_viewers`: how WebRTC viewers reach this machine, and how
    many may. `prove_audit`: proves the whole log, writes what it found in somebody's name; takes its time.
    """

    database: Database
    archive: Callable[[], Archive]
    hub: LiveHub
    console: Path
    ice: IceOptions = field(default_factory=IceOptions)
    max_webrtc_viewers: int = MAX_VIEWERS
    authority_policy: Policy = DEFAULT_POLICY
    desk: Desk | None = None
    prove_audit: Prove | None = None
    training: TrainingDesk | None = None
    footage: FootageDesk | None = None
    footage_policy: FootagePolicy = DEFAULT_FOOTAGE_POLICY
    settings: SettingsDesk | None = None
    service: ServiceEntry = SERVICE


class Backends:
    """Everything the routes share. Made before the event loop runs; `running` is its life on the loop."""

    def __init__(
        self, parts: Parts, observer: Observer, clock: Clock, zone: ZoneInfo, sign_in: SignInParts | None = None
    ) -> None:
        self.clock = clock
        self.zone = zone
        self.sign_in = sign_in or SignInParts()
        self.entrance = self.sign_in.entrance(parts.database, clock)
        self.database = parts.database
        self.archive = parts.archive
        self.hub = parts.hub
        self.observer = observer
        self.authority = Authority(parts.database)
        self.authority_policy = parts.authority_policy
        self.door = Door(parts.database, self.authority, clock)
        self.people_workers = Workers("people", PEOPLE_THREADS, PEOPLE_WAITING)
        self.sign_in_workers = Workers("sign in", SIGN_IN_THREADS, SIGN_IN_WAITING)
        self.directory_workers = Workers("directory", DIRECTORY_THREADS, DIRECTORY_WAITING)
        self.node_workers = Workers("node", NODE_THREADS, NODE_WAITING)
        self.archive_workers = Workers("archive", ARCHIVE_THREADS, ARCHIVE_WAITING)
        self.picture_workers = Workers("picture", PICTURE_THREADS, PICTURE_WAITING)
        self.audit_readers = Workers("audit readers", AUDIT_THREADS, AUDIT_WAITING)
        self.document_workers = Workers("documents", DOCUMENT_THREADS, DOCUMENT_WAITING)
        self.training_workers = Workers("training", TRAINING_THREADS, TRAINING_WAITING)
        self.export_workers = Workers("exports", EXPORT_THREADS, EXPORT_WAITING)
        self.settings_workers = Workers("settings", SETTINGS_THREADS, SETTINGS_WAITING)
        recheck_workers = Workers("recheck", 1, 1)
        self._workers = (
            self.people_workers, self.sign_in_workers, self.directory_workers, self.node_workers, self.archive_workers,
            self.picture_workers,
            self.audit_readers, recheck_workers, self.export_workers,
            self.document_workers, self.training_workers, self.settings_workers,
        )  # fmt: skip
        self.events = EventLog(clock)
        self.trail = AuditTrail(parts.database, clock)
        self.audit_proof = AuditProof(parts.prove_audit)
        self.watches = WatchLog(self.trail, clock, self.name_of)
        self.views = OpenViews(
            self.door.standing, clock, recheck_workers, self._tell_rights, self.watches.left, self.door.why_not
        )
        self.content = ContentWatch(observer, parts.archive, clock, self.picture_workers)
        self.feed = CameraFeed(observer, self.events, clock, self.node_workers, self.content.frozen)
        self.export_feed = ExportFeed(parts.database, self.events, self.node_workers)
        self.event_stream = EventStream(self.events, self.views, clock)
        self.whep = WhepSessions(self.hub, clock, parts.max_webrtc_viewers, parts.ice)
        self.snapshots = Snapshots(self.hub, clock)  # never from the archive: a live right does not open the past
        self.pictures_in_work = 0
        self._desk = parts.desk
        self._training = parts.training
        self._footage = parts.footage
        self._settings = parts.settings
        self.footage_policy = parts.footage_policy
        self.service = parts.service
        self.query_limit = QueryLimit(clock)
        self._following: set[asyncio.Task[None]] = set()

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Watch the node with the open views; on the way out every stream is ended, its end written down."""
        self.trail.later(NewEntry(act=Act.WEB_STARTED, actor=ITSELF))
        tasks = [
            asyncio.create_task(self.trail.run(), name="audit log"),
            asyncio.create_task(self.watches.run(), name="ends of views"),
            asyncio.create_task(self.views.run(), name="re-check of open views"),
            asyncio.create_task(self.feed.run(), name="watch of the node"),
            asyncio.create_task(self.content.run(), name="watch of what pictures show"),
            asyncio.create_task(self.export_feed.run(), name="watch of packages"),
        ]
        try:
            yield
        finally:
            await self.stop_streams()
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            self.watches.close()
            self.trail.later(NewEntry(act=Act.WEB_STOPPED, actor=ITSELF))
            await self.trail.close()
            await self.audit_proof.close()
            for workers in self._workers:
                workers.close()

    async def name_of(self, camera_id: UUID) -> str:
        """What an audit entry calls a camera; empty for one that nobody registered, or that nobody can tell now."""
        camera = await self.people_workers.run(lambda: self.observer.registered(str(camera_id)))
        return "" if camera is None else f"{camera.number} · {camera.name}"

    @property
    def desk(self) -> Desk:
        """Where documents are kept. VmsError(UNAVAILABLE, `documents_unavailable`) where the wiring gave none."""
        if self._desk is None:
            raise VmsError(Kind.UNAVAILABLE, "documents_unavailable", "This process keeps no documents.")
        return self._desk

    @property
    def training(self) -> TrainingDesk:
        """Where training materials are kept. VmsError(UNAVAILABLE, `training_unavailable`) where there is none."""
        if self._training is None:
            raise VmsError(Kind.UNAVAILABLE, "training_unavailable", "This process keeps no training materials.")
        return self._training

    @property
    def footage(self) -> FootageDesk:
        """Where letters are kept. VmsError(UNAVAILABLE, `letters_unavailable`) where the wiring gave none."""
        if self._footage is None:
            raise VmsError(Kind.UNAVAILABLE, "letters_unavailable", "This process keeps no letters.")
        return self._footage

    @property
    def settings(self) -> SettingsDesk:
        """The node's settings. VmsError(UNAVAILABLE, `settings_unavailable`) where the wiring gave none."""
        if self._settings is None:
            raise VmsError(Kind.UNAVAILABLE, "settings_unavailable", "This process knows no settings.")
        return self._settings

    @property
    def exports(self) -> ExportDesk:
        """Where packages lie. VmsError(UNAVAILABLE, `exports_unavailable`) where the wiring gave none."""
        desk = None if self._footage is None else self._footage.exports
        if desk is None:
            raise VmsError(Kind.UNAVAILABLE, "exports_unavailable", "This process gives no packages.")
        return desk

    @property
    def institution(self) -> str:
        """Whose papers they are; empty while nobody has said."""
        press = None if self._desk is None else self._desk.press
        return "" if press is None else press.letterhead.institution

    def keep(self, task: asyncio.Task[None]) -> None:
        """Hold on to a task that runs by itself (the loop alone would let it be collected)."""
        self._following.add(task)
        task.add_done_callback(self._following.discard)

    async def stop_streams(self) -> None:
        """End every stream with `server_stopping`. The server calls it before it waits for open answers."""
        self.views.end_all()
        await self.whep.close()
        await self.hub.close()

    def _tell_rights(self, account_id: UUID) -> None:
        self.events.publish("rights", RightsChanged(), account_id=account_id)


def backends_of(connection: HTTPConnection) -> Backends:
    """The backends of the application that a request came to."""
    backends = connection.app.state.backends
    assert isinstance(backends, Backends)
    return backends


Here = Annotated[Backends, Depends(backends_of)]
