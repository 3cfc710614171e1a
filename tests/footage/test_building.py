"""Building packages: whole or not there, whatever happens meanwhile."""

import contextlib
import importlib.util
import logging
import os
import signal
import sys
from pathlib import Path

import pytest

from vms.archive.deletion import delete_expired
from vms.archive.model import Cause
from vms.footage.building import WAIT_US
from vms.footage.bundle.package import remove_half_built
from vms.footage.bundle.verdict import Code
from vms.footage.bundle.verify import verify
from vms.footage.case_events import events_of
from vms.footage.closing import withdraw
from vms.footage.export_desk import ExportDesk
from vms.footage.export_model import Export, ExportState
from vms.footage.export_summary import ExportSummary
from vms.footage.exports import order, retry
from vms.footage.holds import expire
from vms.footage.keeping import tell
from vms.footage.queries import items_of
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
    place = Path(__file__).parents[1] / "e2e" / "disks.py"
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


@pytest.mark.proves("D-12.2", "8.2", "A-47")
def test_what_was_ordered_lies_there_whole_and_its_request_is_prepared(works, office, recorded, caplog):
    caplog.set_level(logging.DEBUG)
    asked = Span(recorded.start_us + 1_500_000, recorded.start_us + 8 * SECOND_US)
    request = works.ordered(asked)
    assert works.build() == 1
    export = works.export(request)
    assert (export.state, export.failure, export.attempts) == (ExportState.READY, "", 1)
    path = works.desk.whole(export)
    assert works.files() == [path.name]
    assert (path.stat().st_size, export.size_bytes, export.done_bytes) == (export.size_bytes,) * 3
    assert (path.stat().st_mode & 0o077, works.desk.folder.stat().st_mode & 0o077) == (0, 0)
    opened = works.opened(export)
    report = verify(opened, certificate=ExportSummary.from_json(export.summary).certificate_sha256)
    opened.close()
    assert (report.problems, report.notes) == ([], [])  # not even "not signed yet": the chain was signed before
    told = report.manifest["request"]
    assert (told["number"], told["operator"]) == (str(request.number), "Officer · officer")
    assert (told["approved_by"], told["authority_kind"]) == ("Lawyer · lawyer", "prosecutor")
    summary = ExportSummary.from_json(export.summary)
    (film,) = summary.films
    assert (film.camera_name, film.from_us, film.duration_us) == ("gate", recorded.start_us + SECOND_US, 7_000_000)
    assert film.sha256 == report.manifest["cameras"][0]["films"][0]["sha256"]
    assert [(one.from_us, one.until_us) for one in summary.given] == [(asked.start_us, asked.end_us)]
    assert [(one.least_us, one.most_us) for one in summary.clocks] == [(1_250_000, 1_250_000)]
    assert (summary.missing, summary.damaged) == ([], [])
    assert ExportSummary.from_json(summary.to_json()) == summary
    assert office.state(request) == State.PREPARED
    with office.database.reading() as session:
        built = events_of(session, request.id)[-1]
    assert (built.act, built.by_name) == ("export_built", "vms jobs")
    assert (built.detail["sha256"], built.detail["prepared"]) == (export.sha256, True)
    assert works.passphrase(export) not in caplog.text


def test_a_request_is_prepared_when_its_last_package_is_there(works, office, recorded, monkeypatch):
    monkeypatch.setattr("vms.footage.parcels.MAX_PACKAGE_US", 3 * SECOND_US)
    monkeypatch.setattr("vms.footage.parcels.PIECE_US", 3 * SECOND_US)
    request = works.ordered(recorded)
    workshop = works.workshop()
    states = []
    while workshop.run_once():
        states.append((office.state(request), [one.state for one in works.exports(request)]))
    assert states == [
        (State.AVAILABLE, ["ready", "waiting", "waiting"]),
        (State.AVAILABLE, ["ready", "ready", "waiting"]),
        (State.PREPARED, ["ready", "ready", "ready"]),
    ]
    spans = [one for export in works.exports(request) for one in ExportSummary.from_json(export.summary).given]
    assert [(one.from_us, one.until_us) for one in spans] == [
        (recorded.start_us + at, recorded.start_us + at + 3 * SECOND_US)
        for at in range(0, 9 * SECOND_US, 3 * SECOND_US)
    ]


@pytest.mark.proves("edge-46", "edge-47")
def test_nothing_of_another_camera_or_time_is_in_it(works, recorded):
    works.record("lobby")
    asked = Span(recorded.start_us + 3_500_000, recorded.start_us + 5 * SECOND_US)
    export = works.export(request := works.ordered(asked))
    works.build()
    opened = works.opened(export)
    manifest = verify(opened).manifest
    opened.close()
    (camera,) = manifest["cameras"]
    assert camera["camera"]["name"] == "gate"
    (film,) = camera["films"]
    assert (film["before_asked_ms"], film["after_asked_ms"]) == (500, 0)  # to the key frame before, no picture more
    assert request.number == int(manifest["request"]["number"])


@pytest.mark.proves("edge-46", "edge-47", "D-12.2")
def test_a_row_that_somebody_widened_gives_nothing_outside_of_the_request(works, office, recorded):
    other = works.request(works.record("lobby"), cameras="lobby")
    asked = Span(recorded.start_us + 3 * SECOND_US, recorded.start_us + 5 * SECOND_US)
    request = works.ordered(asked)
    with office.database.writing() as session:
        export = session.get_one(Export, works.export(request).id)
        (item,), (foreign,) = export.items, items_of(session, other.id)
        export.items = [
            item | {"from_us": recorded.start_us, "until_us": recorded.end_us},
            {"item": str(foreign.id), "from_us": foreign.from_us, "until_us": foreign.until_us},
        ]
    works.build()
    (film,) = ExportSummary.from_json(works.export(request).summary).films
    assert (film.camera_name, film.from_us, film.duration_us) == ("gate", asked.start_us, 2 * SECOND_US)


def test_nothing_is_built_for_a_request_that_is_not_approved(works, office, recorded):
    request = works.ordered(recorded)
    with office.database.writing() as session:
        session.merge(request).state = State.REGISTERED.value
    assert works.build() == 0
    assert works.export(request).state == ExportState.WAITING


@pytest.mark.proves("edge-54", "D-10.2c")
def test_a_hole_in_the_recording_is_named_with_its_cause(works, office):
    first = works.record(segments=1)
    works.camera().pause(4)
    second = works.record(segments=1)
    office.gap(first.end_us, second.start_us, Cause.NETWORK)
    request = works.ordered(Span(first.start_us, second.end_us))
    assert office.state(request) == State.PARTIALLY_AVAILABLE
    works.build()
    summary = ExportSummary.from_json(works.export(request).summary)
    assert len(summary.films) == 2
    (hole,) = summary.missing
    assert (hole.from_us, hole.until_us, hole.cause) == (first.end_us, second.start_us, "network")
    assert office.state(request) == State.PREPARED


def test_what_the_disk_changed_is_never_passed_off_as_good(works, recorded):
    file = works.segments()[1]
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    request = works.ordered(recorded)
    works.build()
    export = works.export(request)
    summary = ExportSummary.from_json(export.summary)
    assert [film.is_intact for film in summary.films] == [False]
    (damage,) = summary.damaged
    assert damage.name == summary.films[0].name
    assert recorded.start_us + 3 * SECOND_US <= damage.from_us < recorded.start_us + 6 * SECOND_US
    opened = works.opened(export)
    report = verify(opened)
    opened.close()
    assert report.is_sound
    assert [note.code for note in report.notes] == [Code.DAMAGED]


def test_a_segment_that_is_gone_is_missing_because_of_the_disk(works, recorded):
    works.segments()[1].unlink()
    request = works.ordered(recorded)
    works.build()
    summary = ExportSummary.from_json(works.export(request).summary)
    assert [(one.cause, one.detail) for one in summary.missing] == [("disk_failure", "segment_damaged")]
    assert [one.name for one in summary.damaged] == [""]


@pytest.mark.proves("edge-53")
def test_it_waits_for_a_segment_that_is_being_written_and_gives_all_of_it(works, office, when_closed, when_held):
    recorded = works.record(segments=1)
    camera = works.camera()
    camera.begin()
    camera.go_on(2)
    when_held(office.archive, works.key(), camera.at_us)
    asked = Span(recorded.start_us, camera.at_us + SECOND_US)
    request = works.request(asked)
    planned = works.plan(request, takes_what_is_there=True)
    office.act(order, request, planned, works.desk, by="officer")  # as if the file had been opened a moment later
    workshop = works.workshop()
    assert workshop.run_once()
    export = works.export(request)
    assert (export.state, export.failure, works.files()) == (ExportState.WAITING, "still_recording", [])
    assert not workshop.run_once()  # it is not asked for again and again
    camera.go_on(1)
    camera.end()
    when_closed(office.archive, works.key(), camera.at_us)
    office.clock.advance(WAIT_US / SECOND_US)
    assert workshop.run_once()
    summary = ExportSummary.from_json(works.export(request).summary)
    assert [(one.from_us, one.until_us) for one in summary.given] == [(asked.start_us, asked.end_us)]
    assert summary.missing == []


def test_it_waits_for_a_disk_that_is_away_and_lets_others_go_before(works, office, recorded):
    request = works.ordered(recorded)
    away = works.volume.path.with_name("away")
    works.volume.path.rename(away)
    workshop = works.workshop()
    assert workshop.run_once()
    export = works.export(request)
    assert (export.state, export.failure) == (ExportState.WAITING, "volume_away")
    away.rename(works.volume.path)
    later = works.ordered(recorded)
    assert workshop.run_once()
    assert [works.export(one).state for one in (request, later)] == [ExportState.WAITING, ExportState.READY]
    office.clock.advance(WAIT_US / SECOND_US)
    assert workshop.run_once()
    assert works.export(request).state == ExportState.READY


@pytest.mark.proves("edge-56")
def test_nothing_is_begun_that_the_disk_cannot_take(works, office, recorded):
    request = works.ordered(recorded)
    small = ExportDesk(works.desk.folder, works.desk.box, works.desk.press, reserve_bytes=1 << 60)
    assert works.build(desk=small) == 1
    export = works.export(request)
    assert (export.state, export.failure, works.files()) == (ExportState.FAILED, "export_disk_full", [])
    with office.database.reading() as session:
        failed = events_of(session, request.id)[-1]
    assert (failed.act, failed.detail["code"]) == ("export_failed", "export_disk_full")
    office.act(retry, office.fresh(request), export, works.desk, by="officer")
    works.build()
    assert works.export(request).state == ExportState.READY


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
    monkeypatch.setattr("vms.footage.building.build", lambda *_: 1 / 0)
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
        office.act(withdraw, office.fresh(request), "S-9", office.town.today)

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
    office.act(withdraw, office.fresh(request), "S-9", office.town.today)
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
