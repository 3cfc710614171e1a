"""Reads one film of a stranger, as a process of its own: length and size as JSON.

`python -m vms.cli.parts.film_reader FILE mp4|webm`; exit code 3 for a film that cannot be read, 4 for one that browsers
do not play.
"""

import json
import os
import resource
import sys
from dataclasses import asdict
from pathlib import Path

from vms.media.film import FilmUnplayableError, FilmUnreadableError, look_at

MEMORY_BYTES = 1200 * 1024**2  # of address space: the libraries map half of it; two pictures of 4096 × 4096 fit
CORE_S = 60
UNREADABLE, UNPLAYABLE = 3, 4  # this process's exit codes
_NICER = 10


def _bound() -> None:
    """Recording comes first; a film that wants more than this is none of ours."""
    os.nice(_NICER)
    Path("/proc/self/oom_score_adj").write_text("1000")  # if memory runs out, this process goes, not the recorder
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CORE_S, CORE_S))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    _bound()
    try:
        told = look_at(Path(sys.argv[1]), sys.argv[2])
    except FilmUnplayableError:
        sys.exit(UNPLAYABLE)
    except (FilmUnreadableError, MemoryError):
        sys.exit(UNREADABLE)
    sys.stdout.write(json.dumps(asdict(told)))
