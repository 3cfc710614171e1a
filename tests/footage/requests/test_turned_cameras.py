"""Cameras that were turned city-view: what was recorded before is kept, found, given."""

import pytest

from vms.archive.deletion import delete_expired
from vms.archive.model import Cause, Gap, StreamKey
from vms.archive.rows import put_gap
from vms.cameras.central import end_central_recording, record_centrally
from vms.cameras.model import Camera
from vms.cameras.rules import CameraKind
from vms.footage.availability import RECONFIGURED, look, wanted_of_camera
from vms.footage.queries import items_of
from vms.footage.requests.service import marks_of, reach_of
from vms.footage.rules import Mark, State
from vms.kernel.span import Span

HOUR_US = 3600 * 1_000_000


@pytest.fixture
def turned(office):
    """A day of footage until two hours ago, when the camera was turned."""
    office.film(days=1, until_us=office.ago(hours=2))
    with office.database.writing() as session:
        camera = session.merge(office.town.cameras["gate"])
        camera.is_recorded, camera.kind = False, CameraKind.CITY_VIEW.value
    office.town.cameras["gate"] = office.fresh(camera)
    return office


def holes(office, span):
    with office.database.reading() as session:
        wanted = wanted_of_camera(session, office.town.cameras["gate"], span)
    (found,) = look(office.archive, [wanted], office.clock.now_us())
    return [(hole.span, hole.cause) for hole in found.missing]


@pytest.mark.proves("edge-55", "D-10.1c")
def test_what_was_recorded_before_is_locked_and_found(turned):
    span = Span(turned.ago(hours=6), turned.ago(hours=3))
    request = turned.approved(intervals=[(span.start_us, span.end_us)])
    assert turned.locked() == [span]
    turned.clock.advance(30 * 86_400)
    delete_expired(turned.shelf.volume, {turned.camera(): 20}, turned.clock.now_us())
    assert turned.searched(request).state == State.AVAILABLE
    with turned.database.reading() as session:
        (item,) = items_of(session, request.id)
    assert (item.found["covered_us"], item.found["missing"]) == (3 * HOUR_US, [])


@pytest.mark.proves("edge-61", "D-10.2b")
def test_it_can_be_held_too(turned):
    hold = turned.hold()
    assert (hold.state, len(turned.locked())) == ("open", 1)


def test_only_what_came_behind_is_live_only(turned):
    turned_us = turned.ago(hours=2)
    span = Span(turned.ago(hours=6), turned.ago())
    assert holes(turned, span) == [(Span(turned_us, span.end_us), "live_only")]
    with turned.shelf.volume.index.write() as connection:
        put_gap(connection, StreamKey(turned.camera(), "main"), Gap(turned_us, None, Cause.MAINTENANCE, RECONFIGURED))
    assert holes(turned, span) == [(Span(turned_us, span.end_us), "live_only")]


def test_what_is_gone_or_was_lost_before_keeps_its_cause(turned):
    turned.gap(turned.ago(hours=28), turned.ago(hours=27), Cause.CAMERA_OFFLINE)
    first = Span(turned.ago(hours=28), turned.ago(hours=27))
    assert holes(turned, first) == [(first, "camera_offline")]
    past = Span(turned.ago(hours=10), turned.ago(hours=9))
    turned.clock.advance(30 * 86_400)
    delete_expired(turned.shelf.volume, {turned.camera(): 20}, turned.clock.now_us())
    assert holes(turned, past) == [(past, "retention_expired")]


@pytest.mark.proves("edge-55")
def test_the_mark_follows_what_a_look_shows(turned):
    for hours, marks in (((6, 3), []), ((1, 0), [Mark.LIVE_ONLY])):
        span = (turned.ago(hours=hours[0]), turned.ago(hours=hours[1]))
        with turned.database.reading() as session:
            reach = reach_of(session, [turned.camera()], [span], turned.clock.now_us())
        assert marks_of(reach, look(turned.archive, reach.wanted, turned.clock.now_us())) == marks
        assert marks_of(reach) == [Mark.LIVE_ONLY]


@pytest.mark.proves("D-12.4b")
def test_what_was_meant_to_be_recorded_centrally_is_never_called_live_only(office):
    """Of a camera whose own switch was off nothing came in the ordered hours; it was turned city-view behind them."""
    began_us, span = office.ago(), Span(office.ago(hours=2), office.ago(hours=-5))
    with office.database.writing() as session:
        camera = session.get_one(Camera, office.camera())
        camera.is_recorded = False
        row = record_centrally(session, office.clock, camera, office.ago(hours=-4), "Miting", by=office.by("officer"))
    office.clock.advance(2 * 3600)
    with office.database.writing() as session:
        end_central_recording(session, office.clock, session.merge(row), "Bitti", by=office.by("officer"))
        session.get_one(Camera, office.camera()).kind = CameraKind.CITY_VIEW.value
    office.town.cameras["gate"] = office.fresh(office.town.cameras["gate"])
    ended_us = began_us + 2 * HOUR_US
    office.clock.advance(3 * 3600)
    with office.shelf.volume.index.write() as connection:
        put_gap(connection, StreamKey(office.camera(), "main"), Gap(ended_us, None, Cause.MAINTENANCE, RECONFIGURED))
    causes = {span: cause for span, cause in holes(office, span) if cause != "not_commissioned"}
    assert [cause for part, cause in causes.items() if part.start_us >= ended_us] == ["live_only"]
    assert "live_only" not in [cause for part, cause in causes.items() if part.start_us < ended_us]
    assert any(part.overlaps(Span(began_us, ended_us)) for part in causes)
