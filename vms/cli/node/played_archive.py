"""The node's volumes as one archive for playback."""

import threading
from pathlib import Path
from uuid import UUID

from vms.archive.archive import Archive
from vms.archive.known_volumes import KnownVolumes
from vms.archive.volume import Volume
from vms.cli.settings.node import DataPaths, Settings

READ_TIMEOUT_S = 1.0  # readers wait for nobody in WAL mode; only a recovery or a rebuild keeps them out


class PlayedArchive:
    """Call it for the archive. Never creates, adopts or repairs a volume; thread-safe.

    Volumes are those the recorder took into use. One it takes later joins as soon as it wrote that down; one that is
    away is named by the archive itself. CORRUPT `known_volumes_damaged`.
    """

    def __init__(self, settings: Settings, paths: DataPaths) -> None:
        self._chosen = [chosen.path for chosen in settings.volumes_in(paths)]
        self._known_volumes = paths.known_volumes
        self._turn = threading.Lock()
        self._stamp: tuple[int, int] | None = None
        self._volumes: dict[tuple[Path, UUID], Volume] = {}
        self._archive = Archive([])

    def __call__(self) -> Archive:
        """The archive of all volumes in use."""
        with self._turn:
            stamp = self._stamp_of_known()
            if stamp != self._stamp:
                self._archive = self._read()
                self._stamp = stamp
            return self._archive

    def _read(self) -> Archive:
        known = KnownVolumes(self._known_volumes)
        places = [(path.resolve(), known.uuid_at(path)) for path in self._chosen]
        wanted = [(path, uuid) for path, uuid in places if uuid is not None]
        self._volumes = {place: self._volumes.get(place) or _reading(*place) for place in wanted}
        return Archive(list(self._volumes.values()))

    def _stamp_of_known(self) -> tuple[int, int] | None:
        try:
            state = self._known_volumes.stat()
        except OSError:
            return None
        return state.st_mtime_ns, state.st_ino


def _reading(path: Path, uuid: UUID) -> Volume:
    volume = Volume(path, uuid)
    volume.index = volume.index.with_timeout(READ_TIMEOUT_S)
    return volume
