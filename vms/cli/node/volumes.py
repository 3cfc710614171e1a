"""The node's volumes for somebody who only reads: never creates, adopts or repairs one."""

import threading
from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

from vms.archive.index import Index
from vms.archive.known_volumes import KnownVolumes
from vms.archive.model import StreamKey
from vms.archive.queries import edge_segment
from vms.archive.timeline import Known, build_timeline, read_known
from vms.archive.volume import Volume, read_uuid
from vms.cli.settings.node import DataPaths, Settings
from vms.kernel.errors import VmsError
from vms.kernel.span import Span
from web.facts import VOLUME_OK, CameraFootage, RegisteredCamera, VolumeFacts

READ_TIMEOUT_S = 1.0  # readers wait for nobody in WAL mode; only a recovery or a rebuild keeps them out
COUNTED_SEGMENTS = 100_000  # beyond, the sum of sizes comes from the last forecast: a page reads no million rows


class ReadingVolume:
    """One volume, opened when it is there and let go when it is not."""

    def __init__(self, path: Path, known_volumes: Path) -> None:
        self.path = path
        self._known_volumes = known_volumes
        self._volume: Volume | None = None
        self._index: Index | None = None

    def measure(self, name: str) -> VolumeFacts:
        """Its sizes, or why it cannot be read."""
        try:
            volume, index = self.need()
            footage_bytes = _footage_bytes(index)
            total_bytes, free_bytes = volume.total_bytes(), volume.free_bytes()
        except VmsError as err:
            uuid = "" if self._volume is None else str(self._volume.uuid)
            return VolumeFacts(uuid, name, err.code)
        except OSError:
            return VolumeFacts("", name, "volume_failed")
        return VolumeFacts(str(volume.uuid), name, VOLUME_OK, total_bytes, free_bytes, footage_bytes)

    def need(self) -> tuple[Volume, Index]:
        """The volume with its index; VmsError or OSError when it is away or another."""
        if self._volume is not None and self._volume.still_there():
            return self._in_place(self._volume)
        self.close()
        uuid = KnownVolumes(self._known_volumes).uuid_at(self.path) or read_uuid(self.path)
        self._volume = Volume(self.path, uuid)
        self._index = self._volume.index.with_timeout(READ_TIMEOUT_S)
        self._volume.attach()
        return self._volume, self._index

    def _in_place(self, volume: Volume) -> tuple[Volume, Index]:
        assert self._index is not None
        if not self._index.is_in_place():  # rebuilt beside us
            self._index.forget()
        return volume, self._index

    def close(self) -> None:
        """Let go of the disk, so that it can be unmounted."""
        if self._index is not None:
            self._index.close()
        if self._volume is not None:
            self._volume.close()


class NodeVolumes:
    """All volumes of the settings. Calls may come from any thread; they take turns."""

    def __init__(self, settings: Settings, paths: DataPaths) -> None:
        self._root = paths.root
        self._volumes = [ReadingVolume(chosen.path, paths.known_volumes) for chosen in settings.volumes_in(paths)]
        self._turn = threading.Lock()

    def measure(self) -> list[VolumeFacts]:
        """Sizes and states, in the order of the settings."""
        with self._turn:
            return [volume.measure(self._name(volume.path)) for volume in self._volumes]

    def footage(self, cameras: Sequence[RegisteredCamera], span: Span, now_us: int) -> dict[str, CameraFootage]:
        """What is kept of each camera's main stream, joined over all volumes that can be read.

        VmsError of the last one when none can.
        """
        known: dict[str, list[Known]] = {camera.camera_id: [] for camera in cameras}
        oldest_us: dict[str, int] = {}
        with self._turn:
            self._read_all(cameras, span, known, oldest_us)
        found = {}
        for camera in cameras:
            timeline = build_timeline(known[camera.camera_id], span, now_us, camera.commissioned_us)
            oldest = oldest_us.get(camera.camera_id)
            found[camera.camera_id] = CameraFootage(oldest, timeline.recordings, timeline.gaps)
        return found

    def _read_all(
        self,
        cameras: Sequence[RegisteredCamera],
        span: Span,
        known: dict[str, list[Known]],
        oldest_us: dict[str, int],
    ) -> None:
        failure: VmsError | OSError | None = None
        read = 0
        for volume in self._volumes:
            try:
                _, index = volume.need()
                _read(index, cameras, span, known, oldest_us)
                read += 1
            except (VmsError, OSError) as err:
                failure = err
        if failure is not None and not read:
            raise failure

    def _name(self, path: Path) -> str:
        inside = path.is_relative_to(self._root)
        return str(path.relative_to(self._root)) if inside else str(path)


def _read(
    index: Index,
    cameras: Sequence[RegisteredCamera],
    span: Span,
    known: dict[str, list[Known]],
    oldest_us: dict[str, int],
) -> None:
    with index.read() as connection:
        for camera in cameras:
            stream = StreamKey(UUID(camera.camera_id), "main")
            known[camera.camera_id].append(read_known(connection, stream, span))
            oldest = edge_segment(connection, stream, newest=False)
            if oldest is not None:
                start_us = oldest.span.start_us
                oldest_us[camera.camera_id] = min(start_us, oldest_us.get(camera.camera_id, start_us))


def _footage_bytes(index: Index) -> int | None:
    """Bytes of all closed segments; None when there are more than a page may count."""
    with index.read() as connection:
        count, size_bytes = connection.execute(
            "SELECT count(*), coalesce(sum(size_bytes), 0) FROM (SELECT size_bytes FROM segment LIMIT ?)",
            (COUNTED_SEGMENTS + 1,),
        ).fetchone()
    return int(size_bytes) if count <= COUNTED_SEGMENTS else None
