"""Looks into films that people upload, in a process of its own."""

import json
import logging
import subprocess
import sys
from pathlib import Path

from vms.documents.upload import unreadable
from vms.kernel.errors import Kind, VmsError
from vms.training.upload import FileType, Film, unplayable

log = logging.getLogger(__name__)

UNREADABLE, UNPLAYABLE = 3, 4  # how `film_reader` says so; any other code is a crash, or its bounds
WALL_S = 180.0  # the child bounds its own time on a core; this is for a machine that gives it none


class ChildFilmExaminer:
    """Examines a film in a child process with bounds on memory and time: whatever a bad one does there, we go on."""

    def examine(self, path: Path, file_type: FileType) -> Film:
        """See `FilmExaminer.examine`; takes a second or two, on the calling thread."""
        container_format = file_type.value.partition("/")[2]
        command = [sys.executable, "-m", "vms.cli.parts.film_reader", str(path), container_format]
        try:
            told = subprocess.run(command, capture_output=True, timeout=WALL_S, check=False)  # noqa: S603 - our own
        except (OSError, subprocess.TimeoutExpired) as err:
            raise VmsError(
                Kind.UNAVAILABLE, "examiner_unavailable", "The file cannot be examined now. Try again in a while."
            ) from err
        if told.returncode == UNPLAYABLE:
            raise unplayable()
        if told.returncode not in {UNREADABLE, 0}:
            log.warning("a film that was uploaded ended its reader with code %d", told.returncode)
        if told.returncode != 0:
            raise unreadable()
        return Film(**json.loads(told.stdout))
