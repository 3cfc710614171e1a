"""A process that destroys packages of a node, as `vms jobs` does, until it is killed: `purger.py DATA NOW_US`."""

import sys
from pathlib import Path
from zoneinfo import ZoneInfo

from vms.archive.archive import Archive
from vms.cli.timed.purge import PurgeJob
from vms.documents.desk import Desk
from vms.documents.letterhead import Letterhead
from vms.documents.press import Press
from vms.documents.store import FileStore
from vms.footage.exports.desk import ExportDesk
from vms.kernel.clock import ManualClock
from vms.kernel.database import Database
from vms.kernel.secrets import SecretBox


class NobodyExamines:
    """It prints papers and takes none back."""

    def examine(self, path, media_type):
        raise AssertionError(path, media_type)


def job_of(folder: Path, now_us: int) -> PurgeJob:
    """The job over a node's own files."""
    head = Letterhead(institution="Deneme Belediyesi", query_url="https://belge.example.bel.tr")
    press = Press(letterhead=head, zone=ZoneInfo("Europe/Istanbul"))
    desk = Desk(FileStore(folder / "documents"), NobodyExamines(), press)
    exports = ExportDesk(folder / "exports", SecretBox.at(folder / "keys" / "secret.key"))
    archive = Archive([])
    return PurgeJob(ManualClock(now_us), Database.at(folder / "nazar.db"), lambda: archive, exports, desk)


def main() -> None:
    """Say when everything is loaded, then work."""
    job = job_of(Path(sys.argv[1]), int(sys.argv[2]))
    print("ready", flush=True)  # noqa: T201 - whoever kills it waits for this
    while True:
        job.run()


if __name__ == "__main__":
    main()
