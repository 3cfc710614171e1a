"""Where the ports of what records meet their implementations: volumes, sources, the cameras it is told."""

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from recorder.address import CameraAddress
from recorder.camera import OpenSource
from recorder.open_source import ChosenSource
from recorder.rtsp.quirks import CameraQuirks
from recorder.source import Source, SourceError
from vms.archive.known_volumes import KnownVolumes
from vms.archive.model import Cause
from vms.archive.volume import Volume
from vms.archive.writer import ArchiveWriter
from vms.cameras.config import CameraConfig, ConfigCache
from vms.cli.node.lock import in_turn
from vms.cli.settings.node import DataPaths, Settings
from vms.kernel.clock import US_PER_SECOND, Clock, SystemClock
from vms.kernel.errors import Kind, VmsError
from vms.kernel.repeat_log import RepeatLog
from vms.kernel.secrets import SecretBox

if TYPE_CHECKING:
    from vms.kernel.database import Database

log = logging.getLogger(__name__)


def open_volumes(settings: Settings, paths: DataPaths, clock: Clock) -> list[Volume]:
    """The node's volumes; a known one that is away comes detached and is taken up when it returns.

    A new one that cannot be taken into use (not empty, read-only, no permission) is logged and left out, for the
    others must record; VmsError when there are no others.
    """
    volumes: list[Volume] = []
    refusal: VmsError | None = None
    with in_turn(paths.run / "adoption.lock"):  # two shards at their first start must not make a volume twice
        known = KnownVolumes(paths.known_volumes)
        for chosen in settings.volumes_in(paths):
            try:
                volumes.append(known.open_or_wait(chosen.path, clock, int(chosen.reserve)))
            except (VmsError, OSError) as err:
                refusal = _refused(chosen.path, err)
                log.error("a new volume is not in use: %s", refusal)  # noqa: TRY400
    if refusal is not None and not volumes:
        raise refusal
    return volumes


def _refused(path: Path, err: VmsError | OSError) -> VmsError:
    if isinstance(err, VmsError):
        return err
    return VmsError(
        Kind.UNAVAILABLE, "volume_failed",
        f"{path} takes no footage: {err.strerror}. Correct mount and owner, then start again.", path=str(path),
    )  # fmt: skip


@contextmanager
def archive_writer(settings: Settings, paths: DataPaths, clock: Clock) -> Iterator[ArchiveWriter]:
    """The archive, recovered and ready to be written; on the way out every segment is closed."""
    sync_interval_us = int(settings.recorder.sync_interval_s * US_PER_SECOND)
    volumes = open_volumes(settings, paths, clock)
    had_others = KnownVolumes(paths.known_volumes).knows_others([volume.uuid for volume in volumes])
    writer = ArchiveWriter(volumes, clock, sync_interval_us=sync_interval_us, had_others=had_others)
    writer.recover()  # says itself what it found
    writer.start()
    try:
        yield writer
    finally:
        writer.stop()


@dataclass
class _Learnt:
    """What attempts at a stream have shown of it. `of`: the address and transport they were made with."""

    of: tuple[str | None, str]
    source: ChosenSource | None = None
    quirks: CameraQuirks = field(default_factory=CameraQuirks)


def source_opener(clock: Clock) -> OpenSource:
    """How the recorder reaches cameras; what was learnt of a camera is kept from one attempt to the next."""
    known: dict[tuple[UUID, str], _Learnt] = {}
    words = RepeatLog(log)

    def opener(config: CameraConfig, stream: str) -> Source:
        url = config.main_url if stream == "main" else config.sub_url
        try:
            address = CameraAddress.parse(url or "")
        except VmsError as err:
            raise SourceError(Cause.CAMERA_OFFLINE, err.code, err.message, retry_after_s=60) from err
        if address.is_tls:
            words.say(f"{config.camera_id} {stream}", logging.WARNING, _unproven(config.number))
        learnt = known.get((config.camera_id, stream))
        if learnt is None or learnt.of != (url, config.transport):  # another device may stand there now
            learnt = known[config.camera_id, stream] = _Learnt((url, config.transport))
        learnt.source = ChosenSource(
            address, clock, learnt.source.kind if learnt.source else None,
            transport="udp" if config.transport == "udp" else "tcp", quirks=learnt.quirks,
        )  # fmt: skip
        return learnt.source

    return opener


def _unproven(number: int) -> str:
    return (
        f"camera {number}: its line is encrypted, but its certificate is not checked: who can answer in its place sees "
        "the password. Keep cameras in a network of their own."
    )


def camera_loader(paths: DataPaths) -> Callable[[], Sequence[CameraConfig]]:
    """The cameras as they were handed over last. The recorder opens no control database: it cannot wait for one."""
    cache = ConfigCache(paths.camera_cache, SecretBox.at(paths.secret_key))
    return lambda: cache.refresh() or []


def hand_over_cameras(paths: DataPaths, database: "Database", words: RepeatLog | None = None) -> None:
    """Tell the recorder which cameras there are now; it takes them up within seconds. `words`: see `load_cameras`."""
    from vms.cameras.hand_over import load_cameras  # noqa: PLC0415 - the recorder must not load SQLAlchemy

    box = SecretBox.at(paths.secret_key)
    load_cameras(database, ConfigCache(paths.camera_cache, box), box, SystemClock(), words)
