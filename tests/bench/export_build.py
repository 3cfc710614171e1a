"""Orders one package, has it built as `vms jobs` does, prints as JSON what that cost.

`python -m tests.bench.export_build`, in a process of its own: its memory is a figure.
"""

import argparse
import gc
import json
import time
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from tests.bench.footage import MINUTE_US
from tests.bench.footage_case import new_database, registered_cameras, registered_request
from tests.documents.certificates import Authority
from vms.archive.archive import Archive
from vms.archive.checkpoints import node_key
from vms.archive.volume import Volume, read_uuid
from vms.audit.entry import Actor
from vms.documents.letterhead import Letterhead
from vms.documents.press import Press
from vms.documents.seal import Seal
from vms.footage.bundle.unpacking import PackageFile
from vms.footage.bundle.verify import verify
from vms.footage.exports.building import Workshop
from vms.footage.exports.derived_order import DerivedWish
from vms.footage.exports.desk import ExportDesk
from vms.footage.exports.model import Export, ExportState
from vms.footage.exports.plan import asked_of, plan
from vms.footage.exports.service import order
from vms.footage.exports.summary import ExportSummary
from vms.footage.rules import State
from vms.kernel.clock import SystemClock
from vms.kernel.database import Database
from vms.kernel.secrets import SecretBox
from vms.kernel.span import Span
from vms.people.acting import actor_of
from vms.people.rules import Role
from vms.people.service import NewAccount, create_account

CLOCK = SystemClock()
QUARTER = [(0.5, 0.0), (1.0, 0.0), (1.0, 0.5), (0.5, 0.5)]  # what a mask hides: the upper right one


def main() -> None:
    """Order `minutes` up to the end of what each volume has, of its camera."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--end-us", type=int, required=True)
    parser.add_argument("--minutes", type=int, required=True)
    parser.add_argument("--verify", action="store_true")
    parser.add_argument("--masked", action="store_true", help="with a derived copy of each camera, a quarter hidden")
    arguments = parser.parse_args()
    folder: Path = arguments.folder
    archive = Archive([Volume.open(path, read_uuid(path)) for path in sorted(folder.glob("volume-*"))])
    asked = Span(arguments.end_us - arguments.minutes * MINUTE_US, arguments.end_us)
    database = new_database(folder)
    desk = _desk(folder)
    with database.writing() as session:
        export = _ordered(session, archive, desk, asked, is_masked=arguments.masked)
    told, export = _built(database, archive, desk, export)
    path = desk.whole(export)
    if arguments.verify:
        assert export.passphrase is not None
        package = PackageFile(path, desk.box.open(export.passphrase))
        told["problems"] = [str(problem) for problem in verify(package).problems]
        package.close()
    path.unlink()
    print(json.dumps(told))


def _built(database: Database, archive: Archive, desk: ExportDesk, export: Export) -> tuple[dict[str, object], Export]:
    """Built from its row to its row: planned, the chain signed, told of once a second."""
    workshop = Workshop(
        database, lambda: archive, CLOCK, desk, node_key(desk.folder.parent / "node.key"), Actor(None, "bench")
    )
    gc.collect()
    Path("/proc/self/clear_refs").write_text("5")  # what setting up took at its highest is forgotten (proc(5))
    before_kib = _status_kib("VmRSS")
    planned, start_s = export.planned_bytes, time.process_time()
    workshop.run_once()
    cpu_s = time.process_time() - start_s
    grown_kib = _status_kib("VmHWM") - before_kib
    with database.reading() as session:
        export = session.get_one(Export, export.id)
    if export.state != ExportState.READY:
        raise RuntimeError(f"the package was not built: {export.failure}")
    told = {
        "cpu_s": cpu_s,
        "grown_bytes": grown_kib * 1024,
        "size_bytes": export.size_bytes,
        "planned_bytes": planned,
        "films": ExportSummary.from_json(export.summary).films_in_all,
    }
    return told, export


def _status_kib(name: str) -> int:
    """A figure of this process's memory."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{name}:"))


def _desk(folder: Path) -> ExportDesk:
    seal = Seal.at(Authority().pkcs12("Bench", "x", folder / "seal.p12"), "x")
    head = Letterhead(institution="Bench", query_url="https://belge.example.bel.tr")
    press = Press(letterhead=head, zone=ZoneInfo("Europe/Istanbul"), seal=seal)
    return ExportDesk(folder / "exports", SecretBox.at(folder / "keys" / "secret.key"), press, reserve_bytes=0)


def _ordered(session: Session, archive: Archive, desk: ExportDesk, span: Span, *, is_masked: bool) -> Export:
    """A request that was approved and looked for, its one package ordered by its officer."""
    cameras = registered_cameras(session, archive, desk.box, CLOCK, span.start_us)
    officer = create_account(
        session, CLOCK,
        NewAccount(name="officer", display_name="Officer", roles=[Role.FOOTAGE_OFFICER], password="of the benchmark"),
    )  # fmt: skip
    request = registered_request(session, CLOCK, cameras, span, by=Actor(None, "clerk of the benchmark"))
    request.state, request.officer_id = State.AVAILABLE.value, officer.id
    asked = asked_of(session, request.id)
    wish = DerivedWish({camera: [QUARTER] for camera in cameras}, is_marked=False) if is_masked else None
    found = plan(archive, asked, CLOCK.now_us(), derived=() if wish is None else wish.cameras)
    (export,) = order(session, CLOCK, request, found, desk, derived=wish, by=actor_of(officer))
    return export


if __name__ == "__main__":
    main()
