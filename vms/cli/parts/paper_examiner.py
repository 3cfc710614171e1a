"""Looks into files that people hand back, in a process of its own."""

import json
import logging
import subprocess
import sys
from pathlib import Path

from vms.documents.eyp import EypFacts
from vms.documents.signature import Signature
from vms.documents.upload import Examined, MediaType, unreadable
from vms.kernel.errors import Kind, VmsError

log = logging.getLogger(__name__)

UNREADABLE, REFUSED = 3, 4  # how `paper_reader` says so; any other code is a crash, or its bounds
WALL_S = 180.0  # the child bounds its own time on a core; this is for a machine that gives it none


class ChildExaminer:
    """Examines a file in a child process with bounds on memory and time.

    The file is a stranger's, and what decodes it is a million lines of C++: whatever it does there, the console, the
    recorder and this process go on. The child's libraries are gone from memory with it.
    """

    def __init__(self, trusted_roots: Path | None = None) -> None:
        self._trusted_roots = trusted_roots

    def examine(self, path: Path, media_type: MediaType) -> Examined:
        """See `Examiner.examine`; takes a second for a page, on the calling thread."""
        roots = "" if self._trusted_roots is None else str(self._trusted_roots)
        command = [sys.executable, "-m", "vms.cli.parts.paper_reader", str(path), media_type.value, roots]
        try:
            told = subprocess.run(command, capture_output=True, timeout=WALL_S, check=False)  # noqa: S603 - our own
        except (OSError, subprocess.TimeoutExpired) as err:
            raise VmsError(
                Kind.UNAVAILABLE, "examiner_unavailable", "The file cannot be examined now. Try again in a while."
            ) from err
        if told.returncode not in {UNREADABLE, REFUSED, 0}:
            log.warning("a file that was handed back ended its reader with code %d", told.returncode)
        if told.returncode == REFUSED:
            raise VmsError(Kind.INVALID, **json.loads(told.stdout))
        if told.returncode != 0:
            raise unreadable()
        found = json.loads(told.stdout)
        signatures = tuple(Signature(**one) for one in found["signatures"])
        letter = EypFacts.from_json(found["letter"]) if "letter" in found else None
        return Examined(found["pages"], frozenset(found["codes"]), signatures, letter)
