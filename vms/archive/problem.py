"""Something wrong with an archive, named so that a person can act."""

from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from vms.archive.model import StreamKey


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding. `path` is relative to the volume; empty where no file is concerned.

    `code`: `row_without_file`, `file_without_row`, `unfinished_file`, `garbage_left`, `size_differs`, `hash_differs`,
    `seal_differs`, `head_differs`, `chain_broken`, `checkpoint_invalid`, `overlap`, `index_damaged`, `index_refused`,
    `segment_damaged`, `volume_unusable`.
    """

    volume: UUID
    code: str
    message: str
    path: str = ""
    camera_id: UUID | None = None
    stream: str = ""

    @classmethod
    def of(cls, volume: UUID, stream: StreamKey, code: str, path: str, message: str) -> "Problem":
        """A finding about one file of a stream."""
        return cls(volume, code, message, path, stream.camera_id, stream.name)

    def to_json(self) -> dict[str, Any]:
        """Plain values."""
        values = asdict(self)
        return {name: str(value) if isinstance(value, UUID) else value for name, value in values.items()}

    def __str__(self) -> str:
        where = " ".join(part for part in (str(self.camera_id or ""), self.stream, self.path) if part)
        return f"{self.code}: {where}: {self.message}" if where else f"{self.code}: {self.message}"
