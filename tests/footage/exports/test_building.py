"""Building packages: what is in them, what is waited for, what is told."""

import logging

import pytest

from vms.archive.model import Cause
from vms.footage.bundle.verdict import Code
from vms.footage.bundle.verify import verify
from vms.footage.case_events import events_of
from vms.footage.exports import building
from vms.footage.exports.building import WAIT_US
from vms.footage.exports.desk import ExportDesk
from vms.footage.exports.model import Export, ExportState
from vms.footage.exports.service import order, retry
from vms.footage.exports.summary import ExportSummary
from vms.footage.queries import items_of
from vms.footage.rules import State
from vms.kernel.span import Span

SECOND_US = 1_000_000
HOUR_US = 3600 * SECOND_US


@pytest.fixture
def recorded(works):
    return works.record(clock_offset_us=1_250_000)


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
    monkeypatch.setattr("vms.footage.exports.parcels.MAX_PACKAGE_US", 3 * SECOND_US)
    monkeypatch.setattr("vms.footage.exports.parcels.PIECE_US", 3 * SECOND_US)
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


@pytest.mark.proves("edge-27")
def test_of_a_camera_that_does_not_tell_its_clock_nothing_is_claimed(works):
    request = works.ordered(works.record())
    works.build()
    (clock,) = ExportSummary.from_json(works.export(request).summary).clocks
    assert (clock.least_us, clock.most_us, clock.is_whole) == (None, None, False)


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


def test_it_waits_for_its_own_disk_and_leaves_nothing_beside_it(works, office, recorded):
    works.build()
    first = works.ordered(recorded)
    works.build()
    request, folder = works.ordered(recorded), works.desk.folder
    aside = folder.rename(folder.with_name("aside"))
    workshop = works.workshop()
    assert workshop.run_once()
    export = works.export(request)
    assert (export.state, export.failure) == (ExportState.WAITING, "export_folder_away")
    assert not folder.exists()
    aside.rename(folder)
    office.clock.advance(WAIT_US / SECOND_US)
    assert workshop.run_once()
    assert works.files() == sorted(works.desk.whole(works.export(one)).name for one in (first, request))


def test_a_disk_that_goes_away_under_the_builder_is_waited_for(works, office, recorded, monkeypatch):
    request, folder = works.ordered(recorded), works.desk.folder
    aside = folder.with_name("aside")
    build = building.build

    def gone(*given):
        built = build(*given)
        folder.rename(aside)
        folder.mkdir()
        built.path.write_bytes((aside / built.path.name).read_bytes())  # as if it had been opened a moment later
        return built

    workshop = works.workshop()
    with monkeypatch.context() as broken:
        broken.setattr(building, "build", gone)
        assert workshop.run_once()
    export = works.export(request)
    assert (export.state, export.failure, works.files()) == (ExportState.WAITING, "export_folder_away", [])
    folder.rmdir()
    aside.rename(folder)
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
