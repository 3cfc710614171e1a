"""What the recorder is told about cameras: one sealed file, which needs no database to be read."""

import json
import logging
import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit
from uuid import UUID

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
    """The last good configuration in one sealed file: all that a recorder needs to know."""

    def __init__(self, path: Path, box: SecretBox) -> None:
        self._path = path
        self._box = box
        self._stored: list[CameraConfig] | None = None
        self._seen: tuple[int, int] | None = None

    def refresh(self) -> list[CameraConfig] | None:
        """The cameras as the file has them now, read again only when it was replaced. None: no file, or unreadable."""
        try:
            found = self._path.stat()
        except OSError:
            return self.load()
        if (found.st_ino, found.st_mtime_ns) != self._seen:
            self._seen = (found.st_ino, found.st_mtime_ns)
            fresh = self._read()
            if fresh is not None:  # a damaged file must not take cameras away
                self._stored = fresh
                hide_addresses(fresh)
        return self.load()

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


def _from_row(row: dict[str, Any]) -> CameraConfig:
    return CameraConfig(**{**row, "camera_id": UUID(row["camera_id"])})


def hide_addresses(configs: Sequence[CameraConfig]) -> None:
    """Keep the addresses of all these cameras out of all logs."""
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
