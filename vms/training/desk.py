"""What a process needs to keep training materials."""

from dataclasses import dataclass
from pathlib import Path

from vms.documents.store import FileStore
from vms.training.upload import Examiners


@dataclass(frozen=True, slots=True)
class TrainingDesk:
    """The files, who looks into what is uploaded, the folder it is received in: on the files' own disk. Thread-safe."""

    store: FileStore
    examiners: Examiners
    folder: Path
