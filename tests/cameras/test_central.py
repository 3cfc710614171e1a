"""A camera of another unit is recorded here for a time, on somebody's order."""

import json

import pytest
from sqlalchemy import select

from vms.audit.entry import Actor
from vms.audit.model import AuditEntry
from vms.cameras.central import end_central_recording, record_centrally
from vms.cameras.central_queries import central_recordings_of, ordered_spans
from vms.cameras.config import ConfigCache
from vms.cameras.hand_over import load_cameras
from vms.cameras.model import Camera, CentralRecording
from vms.cameras.rules import CameraKind
from vms.cameras.service import CameraChange, NewCamera, change, register, retire
from vms.kernel.errors import VmsError
from vms.kernel.span import Span

pytestmark = pytest.mark.proves("D-12.4b")

BY = Actor(None, "Usta")
HOUR_US, DAY_US = 3600 * 1_000_000, 86_400 * 1_000_000


class Outpost:
    """One live-only camera of another unit; `told()`: whether the recorder is told to record it now."""

    def __init__(self, database, clock, box, path, **more):
        self.database, self.clock, self.box = database, clock, box
        self.cache = ConfigCache(path, box)
        with database.writing() as session:
            new = NewCamera(name="Depo", main_address="rtsp://cam.example/", **{"is_recorded": False, **more})
            self.id = register(session, new, box, clock, by=BY).id

    def order(self, hours, reason="Şenlik", from_hours=None):
        now_us = self.clock.now_us()
        from_us = None if from_hours is None else now_us + from_hours * HOUR_US
        with self.database.writing() as session:
            camera = session.get_one(Camera, self.id)
            until_us = now_us + hours * HOUR_US
            return record_centrally(session, self.clock, camera, until_us, reason, from_us=from_us, by=BY)

    def end(self, row, why="Bitti"):
        with self.database.writing() as session:
            known = session.get_one(CentralRecording, row.id)
            end_central_recording(session, self.clock, known, why, by=BY)

    def change(self, **wanted):
        with self.database.writing() as session:
            change(session, session.get_one(Camera, self.id), CameraChange(**wanted), self.box, self.clock, by=BY)

    def retire(self):
        with self.database.writing() as session:
            retire(session, session.get_one(Camera, self.id), self.clock, by=BY)

    def told(self):
        configs, is_fresh = load_cameras(self.database, self.cache, self.box, self.clock)
        assert is_fresh
        return [config.records for config in configs]

    def told_after(self, hours):
        self.clock.advance(hours * 3600)
        return self.told()

    def rows(self):
        with self.database.reading() as session:
            return central_recordings_of(session, self.id)

    def spans(self):
        with self.database.reading() as session:
            return ordered_spans(session, [self.id]).get(self.id, [])

    def entries(self):
        with self.database.reading() as session:
            found = session.scalars(select(AuditEntry).order_by(AuditEntry.sequence))
            told = [(one, json.loads(one.detail)) for one in found]
        return [(one.actor_name, detail) for one, detail in told if "central_recording" in detail]


@pytest.fixture
def outpost(database, clock, box, tmp_path):
    return Outpost(database, clock, box, tmp_path / "cameras.sealed")


def refusal(act, *given, **more):
    with pytest.raises(VmsError) as refused:
        act(*given, **more)
    return refused.value.code


def test_it_is_recorded_from_its_beginning_to_its_end_by_the_clock(outpost):
    assert outpost.told() == [False]
    began_us = outpost.clock.now_us()
    outpost.order(3, from_hours=1)
    assert outpost.told() == [False]
    assert outpost.told_after(1) == [True]
    assert outpost.told_after(1.999) == [True]
    assert outpost.told_after(0.001) == [False]
    assert outpost.spans() == [Span(began_us + HOUR_US, began_us + 3 * HOUR_US)]


def test_now_is_now(outpost):
    outpost.order(1)
    assert outpost.told() == [True]


def test_periods_overlap_and_touch_without_a_moment_between(outpost):
    first = outpost.order(4)
    outpost.order(6, from_hours=4)
    outpost.order(3, "Aynı anda", from_hours=1)
    began_us = first.from_us
    assert outpost.spans() == [Span(began_us, began_us + 6 * HOUR_US)]
    assert [outpost.told_after(2) for _ in range(3)] == [[True], [True], [False]]


def test_its_own_switch_takes_over_and_gives_back_without_another_word_to_the_recorder(outpost, tmp_path):
    outpost.order(4)
    assert outpost.told() == [True]
    written = (tmp_path / "cameras.sealed").stat().st_ino
    outpost.change(is_recorded=True)
    assert outpost.told_after(5) == [True]
    again = outpost.order(2)
    outpost.change(is_recorded=False)
    assert outpost.told() == [True]
    assert (tmp_path / "cameras.sealed").stat().st_ino == written  # what did not change is not written
    outpost.end(again)
    assert outpost.told() == [False]


def test_it_ends_early_with_a_reason_and_stays_in_the_list(outpost):
    row = outpost.order(4)
    outpost.clock.advance(3600)
    assert refusal(outpost.end, row, "  ") == "central_recording_reason_missing"
    outpost.end(row, " Şenlik iptal ")
    assert outpost.told() == [False]
    (kept,) = outpost.rows()
    assert (kept.ended_us, kept.ended_by, kept.end_reason) == (outpost.clock.now_us(), "Usta", "Şenlik iptal")
    assert (kept.until_us - kept.from_us, kept.span.duration_us) == (4 * HOUR_US, HOUR_US)
    assert refusal(outpost.end, row) == "central_recording_over"
    called_off = outpost.order(4, from_hours=2)
    outpost.end(called_off)
    assert outpost.rows()[-1].span is None
    assert outpost.told_after(3) == [False]
    done = outpost.order(1)
    outpost.clock.advance(3600)
    assert refusal(outpost.end, done) == "central_recording_over"


def test_who_ordered_it_why_and_who_ended_it_stand_in_the_audit_log(outpost):
    row = outpost.order(4)
    outpost.end(row)
    period = {"from_us": row.from_us, "until_us": row.until_us}
    assert outpost.entries() == [
        ("Usta", {"central_recording": True, "reason": "Şenlik", **period}),
        ("Usta", {"central_recording": False, "reason": "Bitti", **period}),
    ]


def test_what_cannot_be_ordered_is_refused(outpost, database, clock, box, tmp_path):
    assert refusal(outpost.order, 0) == "central_recording_empty"
    assert refusal(outpost.order, 2, from_hours=-1) == "central_recording_in_past"
    assert refusal(outpost.order, 367 * 24) == "central_recording_too_long"
    assert refusal(outpost.order, 1, "\n ") == "central_recording_reason_missing"
    assert refusal(outpost.order, 1, "x" * 501) == "central_recording_reason_missing"
    square = Outpost(database, clock, box, tmp_path / "other.sealed", kind=CameraKind.CITY_VIEW)
    assert refusal(square.order, 1) == "city_view_not_recorded"
    outpost.change(is_enabled=False)
    assert refusal(outpost.order, 1) == "camera_switched_off"
    outpost.retire()
    assert refusal(outpost.order, 1) == "camera_out_of_service"
    assert outpost.rows() == []


def test_a_year_is_the_longest(outpost):
    assert outpost.order(366 * 24, "x" * 500).until_us == outpost.clock.now_us() + 366 * DAY_US


def test_a_camera_that_is_recorded_centrally_is_not_turned_city_view(outpost):
    row = outpost.order(4, from_hours=2)
    assert refusal(outpost.change, kind=CameraKind.CITY_VIEW) == "central_recording_open"
    outpost.end(row)
    outpost.change(kind=CameraKind.CITY_VIEW)
    assert outpost.told() == [False]


def test_it_ends_with_the_camera(outpost):
    over = outpost.order(1)
    outpost.clock.advance(3601)
    outpost.order(4)
    outpost.retire()
    assert outpost.told() == []
    assert [(one.ended_us, one.end_reason) for one in outpost.rows()] == [(None, ""), (outpost.clock.now_us(), "")]
    assert outpost.rows()[0].id == over.id


@pytest.mark.parametrize("damage", ["until_us = from_us", "reason = ' '"])
def test_the_database_itself_keeps_no_empty_one(outpost, damage):
    outpost.order(1)
    with pytest.raises(VmsError), outpost.database.writing() as session:
        session.connection().exec_driver_sql(f"UPDATE central_recording SET {damage}")
