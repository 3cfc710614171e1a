"""What the recorder is told about cameras, with its last good copy on disk."""

import json
import logging
import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit
from uuid import UUID

from sqlalchemy import select

from vms.cameras.model import Camera
from vms.kernel.database import Database
from vms.kernel.errors import VmsError
from vms.kernel.logging import redactor
from vms.kernel.secrets import SecretBox

log = logging.getLogger(__name__)

FORMAT = 1


@dataclass(frozen=True, slots=True)
class CameraConfig:
    """A camera to connect to. The addresses carry credentials and stay out of `repr`."""

    camera_id: UUID
    number: int
    name: str
    kind: str
    main_url: str = field(repr=False)
    sub_url: str | None = field(repr=False)
    transport: str
    records: bool
    commissioned_us: int


class ConfigCache:
    """The last good configuration in one sealed file, for when the control database is away."""

    def __init__(self, path: Path, box: SecretBox) -> None:
        self._path = path
        self._box = box
        self._stored: list[CameraConfig] | None = None

    def load(self) -> list[CameraConfig] | None:
        """The cameras stored last; None when there are none or they cannot be read (logged)."""
        if self._stored is None:
            self._stored = self._read()
        return None if self._stored is None else list(self._stored)

    def store(self, configs: Sequence[CameraConfig]) -> None:
        """Keep `configs`; nothing is written when they are the same. After a crash either list is whole. OSError."""
        if self.load() == list(configs):
            return
        rows = [asdict(config) | {"camera_id": str(config.camera_id)} for config in configs]
        sealed = self._box.seal(json.dumps({"format": FORMAT, "cameras": rows}))
        self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        temporary = self._path.with_name(self._path.name + f".{os.getpid()}.tmp")  # shards share the file
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(sealed)
            file.flush()
            os.fsync(file.fileno())
        temporary.rename(self._path)
        directory = os.open(self._path.parent, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(directory)
        finally:
            os.close(directory)
        self._stored = list(configs)

    def _read(self) -> list[CameraConfig] | None:
        try:
            values = json.loads(self._box.open(self._path.read_bytes()))
            if values["format"] != FORMAT:
                return None
            return [_from_row(row) for row in values["cameras"]]
        except FileNotFoundError:
            return None
        except (OSError, VmsError, ValueError, KeyError, TypeError) as err:
            log.error("the copy of the camera configuration cannot be read (%s)", type(err).__name__)  # noqa: TRY400
            return None


def load_cameras(database: Database, cache: ConfigCache, box: SecretBox) -> tuple[list[CameraConfig], bool]:
    """Cameras to connect to, with whether the list is fresh. Never raises because of the database or the cache.

    Fresh: read from the database and kept in the cache. Otherwise (database missing, locked, damaged, or suddenly
    without a single camera ever registered) the cached list. A camera whose address cannot be unsealed, or whose row
    was lost, keeps its cached entry. All addresses are made known to the log redactor. Blocks at most the database's
    busy timeout.
    """
    cached = cache.load() or []
    try:
        configs = _read(database, box, {config.camera_id: config for config in cached})
    except VmsError as err:
        log.warning("cameras come from the last good copy: %s", err.code)
        configs = None
    if configs is None:
        _hide(cached)
        return cached, False
    _hide(configs)
    try:
        cache.store(configs)
    except OSError as err:
        log.error("the copy of the camera configuration cannot be written: %s", err.strerror)  # noqa: TRY400
    return configs, True


def _read(database: Database, box: SecretBox, cached: dict[UUID, CameraConfig]) -> list[CameraConfig] | None:
    """The database's list; None when it is a new, empty one where cameras were known.

    Rows are retired, never deleted: a cached camera without any row was lost with an old database, and goes on.
    """
    wanted = select(Camera).where(Camera.retired_us.is_(None), Camera.is_enabled).order_by(Camera.number)
    with database.reading() as session:
        known = set(session.scalars(select(Camera.id)))
        cameras = list(session.scalars(wanted))
    if cached and not known:
        log.error("the control database is empty but cameras were known; restore it from a backup")
        return None
    lost = [config for camera_id, config in cached.items() if camera_id not in known]
    for config in lost:
        log.error(
            "camera %d is not in the control database any more and goes on as before; restore a backup, or delete"
            " recorder/cameras.sealed if that is meant", config.number,
        )  # fmt: skip
    found = (_unsealed(camera, box, cached.get(camera.id)) for camera in cameras)
    return [config for config in found if config is not None] + lost


def _unsealed(camera: Camera, box: SecretBox, cached: CameraConfig | None) -> CameraConfig | None:
    try:
        main_url = box.open(camera.sealed_main_address)
        sub_url = None if camera.sealed_sub_address is None else box.open(camera.sealed_sub_address)
    except VmsError as err:
        log.error("camera %d: %s", camera.number, err)  # noqa: TRY400
        return cached
    return CameraConfig(
        camera_id=camera.id,
        number=camera.number,
        name=camera.name,
        kind=camera.kind,
        main_url=main_url,
        sub_url=sub_url,
        transport=camera.transport,
        records=camera.must_record,
        commissioned_us=camera.commissioned_us,
    )


def _from_row(row: dict[str, Any]) -> CameraConfig:
    return CameraConfig(**{**row, "camera_id": UUID(row["camera_id"])})


def _hide(configs: Sequence[CameraConfig]) -> None:
    for config in configs:
        for url in filter(None, (config.main_url, config.sub_url)):
            hide_address(url)


def hide_address(url: str) -> None:
    """Keep every part of an address that says where a camera is or how to enter it out of all logs."""
    try:
        parts = urlsplit(url)
        secrets = (parts.hostname, parts.username, parts.password)
    except ValueError:
        secrets = (None, None, None)
    redactor.hide(url, *secrets, *(unquote(secret) for secret in secrets if secret))
