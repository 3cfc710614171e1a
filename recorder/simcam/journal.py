"""What each client was sent, as JSON lines for load tests."""

import json
import os
from pathlib import Path

from recorder.simcam.player import Watched


class Journal:
    """Appends one line for each session that ended; several processes may write to one file."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def note(self, path: str, watched: Watched) -> None:
        """`units_sent` counts what was handed to the kernel or waits for it: after a cut line the last may be lost."""
        line = {
            "path": path,
            "first_unit": watched.first_unit,
            "last_unit": watched.last_unit,
            "units_sent": watched.units_sent,
            "units_skipped": watched.units_skipped,
        }
        descriptor = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
        try:
            os.write(descriptor, json.dumps(line).encode() + b"\n")
        finally:
            os.close(descriptor)
