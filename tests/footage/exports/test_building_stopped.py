"""Building a package while something comes between: a full disk, a kill, a withdrawal, a hold that ends."""

import contextlib
import importlib.util
import os
import signal
import sys
from pathlib import Path

import pytest

from vms.archive.deletion import delete_expired
from vms.footage.bundle.package import remove_half_built
from vms.footage.bundle.verify import verify
from vms.footage.exports.desk import ExportDesk
from vms.footage.exports.model import Export, ExportState
from vms.footage.exports.service import retry
from vms.footage.exports.summary import ExportSummary
from vms.footage.holds.service import expire
from vms.footage.locks.keeping import tell
from vms.footage.rules import State
from vms.kernel.errors import Kind, VmsError
from vms.kernel.span import Span

SECOND_US = 1_000_000
HOUR_US = 3600 * SECOND_US


@pytest.fixture
def recorded(works):
    return works.record(clock_offset_us=1_250_000)


class Meanwhile:
    """Does something once, between two pieces of a package, as `is_stopping` is asked; never stops it."""

    def __init__(self, works, act):
        self._works, self._act, self.done = works, act, False

    def __call__(self):
        half = list(self._works.desk.folder.glob("*.part"))
        if not self.done and half and half[0].stat().st_size > 60_000:
            self.done = True
            self._act()
        return False


@pytest.fixture
def disks(tmp_path):
    """File systems that can be filled."""
    place = Path(__file__).parents[2] / "e2e" / "disks.py"
    spec = importlib.util.spec_from_file_location("disks_of_packages", place)
    module = importlib.util.module_from_spec(spec)
    sys.modules["disks_of_packages"] = module
    spec.loader.exec_module(module)
    shelf = module.DiskShelf(tmp_path / "disks")
    yield shelf
    shelf.clear()


@pytest.fixture
def ticking():
    """Every piece is told of, and asks whether to stop."""
    return sys.modules["packages_of_footage"].TickingClock


@pytest.mark.system
@pytest.mark.proves("edge-56")
def test_a_disk_that_fills_while_it_is_built_leaves_no_half_file(works, office, recorded, ticking, disks, tmp_path):
    small = tmp_path / "small"
    disks.tmpfs(small, 1)
    desk = ExportDesk(small / "exports", works.desk.box, works.desk.press, reserve_bytes=0)
    request = works.ordered(recorded)
    filler = small / "somebody else's"

    def fill():
        with contextlib.suppress(OSError), filler.open("wb", buffering=0) as file:
            while file.write(bytes(4096)):
                pass

    works.desk = desk
    meanwhile = Meanwhile(works, fill)
    works.build(clock=ticking(office.clock.now_us()), is_stopping=meanwhile)
    assert meanwhile.done
    export = works.export(request)
    assert (export.state, export.failure, works.files()) == (ExportState.FAILED, "export_disk_full", [])
    assert office.state(request) == State.AVAILABLE
    filler.unlink()
    office.act(retry, office.fresh(request), export, desk, by="officer")
    works.build()
    opened = works.opened(works.export(request))
    assert verify(opened).is_sound
    opened.close()


def test_a_key_that_cannot_be_used_is_told_and_nothing_is_left(works, recorded, monkeypatch):
    request = works.ordered(recorded)

    def broken(*_):
        raise VmsError(Kind.INTERNAL, "seal_failed", "The institution's seal could not sign.")

    monkeypatch.setattr("vms.documents.seal.Seal.over", broken)
    works.build()
    assert (works.export(request).state, works.export(request).failure) == (ExportState.FAILED, "seal_failed")
    assert works.files() == []


def test_what_nobody_foresaw_fails_that_package_and_is_raised(works, recorded, monkeypatch):
    request, other = works.ordered(recorded), works.ordered(recorded)
    monkeypatch.setattr("vms.footage.exports.building.build", lambda *_: 1 / 0)
    workshop = works.workshop()
    with pytest.raises(ZeroDivisionError):
        workshop.run_once()
    monkeypatch.undo()
    assert (works.export(request).state, works.export(request).failure) == (ExportState.FAILED, "internal")
    assert workshop.run_once()
    assert works.export(other).state == ExportState.READY


@pytest.mark.proves("edge-56")
def test_killed_at_any_piece_it_is_built_from_the_beginning(works, office, recorded, ticking):
    request = works.ordered(recorded)
    works.build()
    whole_bytes = works.export(request).size_bytes
    killed = works.ordered(recorded)

    def work(kill_at):
        works.volume.index.forget()  # connections may not cross a fork
        office.database.engine.dispose(close=False)

        def kill():
            half = list(works.desk.folder.glob("*.part"))
            if half and half[0].stat().st_size >= kill_at:
                os.kill(os.getpid(), signal.SIGKILL)
            return False

        works.build(clock=ticking(office.clock.now_us()), is_stopping=kill)

    for share in (1, 30, 60, 90):
        office.database.engine.dispose()
        assert is_killed_in_child(lambda share=share: work(whole_bytes * share // 100))
        export = works.export(killed)
        assert export.state == ExportState.BUILDING
        assert not works.desk.whole(export).exists()
    works.build()
    export = works.export(killed)
    assert (export.state, export.attempts) == (ExportState.READY, 5)
    assert works.files() == sorted(works.desk.whole(works.export(one)).name for one in (request, killed))
    opened = works.opened(export)
    assert verify(opened).is_sound
    opened.close()


def is_killed_in_child(work) -> bool:
    """Run `work` in a forked process; whether it was killed in it."""
    pid = os.fork()
    if pid == 0:
        try:
            work()
        finally:
            os._exit(1)  # whatever happens, the tests go on in one process only
    _, status = os.waitpid(pid, 0)
    return os.waitstatus_to_exitcode(status) == -signal.SIGKILL


@pytest.mark.proves("edge-56")
def test_killed_after_the_last_byte_and_before_the_register_knew_it_is_no_package(works, office, recorded):
    request = works.ordered(recorded)
    works.build()
    export = works.export(request)
    with office.database.writing() as session:
        session.merge(export).state = ExportState.BUILDING.value
    works.desk.whole(export).write_bytes(b"what a killed process left under its last name")
    works.build()
    export = works.export(request)
    assert export.state == ExportState.READY
    opened = works.opened(export)
    assert verify(opened).is_sound
    opened.close()
    remove_half_built(works.desk.whole(export))


def test_a_process_that_ends_leaves_it_to_the_next(works, office, recorded, ticking):
    request = works.ordered(recorded)
    assert works.workshop(clock=ticking(office.clock.now_us()), is_stopping=lambda: True).run_once()
    export = works.export(request)
    assert (export.state, export.failure, export.done_bytes, works.files()) == (ExportState.WAITING, "", 0, [])
    works.build()
    assert works.export(request).state == ExportState.READY


def test_how_far_it_is_stands_in_its_row_while_it_is_built(works, office, recorded, ticking):
    request = works.ordered(recorded)
    seen = []

    def look():
        export = works.export(request)
        seen.append((export.state, export.done_bytes, export.planned_bytes))
        return False

    works.build(clock=ticking(office.clock.now_us()), is_stopping=look)
    assert {state for state, _, _ in seen} == {ExportState.BUILDING}
    done = [done_bytes for _, done_bytes, _ in seen]
    assert done == sorted(done)
    assert len(set(done)) > 5
    export = works.export(request)
    assert abs(seen[-1][2] - export.size_bytes) < 100_000


@pytest.mark.proves("edge-58")
def test_withdrawn_while_it_is_built_it_is_let_go(works, office, recorded, ticking):
    request = works.ordered(recorded)

    def withdrawn():
        office.take_back(office.fresh(request))

    meanwhile = Meanwhile(works, withdrawn)
    works.build(clock=ticking(office.clock.now_us()), is_stopping=meanwhile)
    assert meanwhile.done
    export = works.export(request)
    assert (export.state, export.failure, works.files()) == (ExportState.FAILED, "export_stopped", [])
    assert office.state(request) == State.CLOSED
    assert works.build() == 0


def test_withdrawn_after_its_builder_was_killed_it_is_let_go(works, office, recorded):
    request = works.ordered(recorded)
    with office.database.writing() as session:
        session.get_one(Export, works.export(request).id).state = ExportState.BUILDING.value
    office.take_back(office.fresh(request))
    assert works.build() == 0
    assert works.export(request).state == ExportState.FAILED


@pytest.mark.proves("edge-65", "D-10.2b")
def test_a_hold_that_ends_while_a_package_is_built_takes_nothing_from_it(works, office, ticking):
    recorded = works.camera(hours=21 * 24).at_us
    works.record()
    asked = Span(recorded, recorded + 9 * SECOND_US)
    hold = office.hold(intervals=[(asked.start_us, asked.end_us)])
    request = works.ordered(asked)
    ends_us = office.fresh(hold).ends_us
    office.clock.step_wall((ends_us - office.clock.now_us()) / SECOND_US - 1)

    def end_and_sweep():
        office.clock.step_wall(2)
        with office.database.writing() as session:
            assert [one.id for one in expire(session, office.clock, by=office.by("sef"))] == [hold.id]
        tell(office.database, office.archive, office.clock)
        assert len(office.locked()) == 1  # the request's own
        swept = delete_expired(works.volume, {office.camera(): 20}, office.clock.now_us())
        assert swept.deleted == []

    meanwhile = Meanwhile(works, end_and_sweep)
    works.build(clock=ticking(office.clock.now_us()), is_stopping=meanwhile)
    assert meanwhile.done
    summary = ExportSummary.from_json(works.export(request).summary)
    assert [(one.from_us, one.until_us) for one in summary.given] == [(asked.start_us, asked.end_us)]
    assert (summary.missing, summary.damaged) == ([], [])
