"""Masks over a move: who orders a derived copy is told that its camera was turned elsewhere inside."""

import pytest

from vms.cameras.model import Camera
from vms.cameras.placement_queries import placements_of
from vms.cameras.placements import Words, correct, move
from vms.footage.exports.derived_order import checked
from vms.footage.exports.moved_inside import moved_inside, moved_under_masks
from vms.footage.exports.plan import asked_of, plan
from vms.footage.exports.service import order
from vms.kernel.span import Span

SECOND_US = 1_000_000
MASK = [[0.5, 0.0], [1.0, 0.0], [1.0, 0.5], [0.5, 0.5]]


@pytest.fixture
def moved(works, office):
    """Factory: a request for seconds 0 to 3 and 6 to 9 of a camera that was moved at `seconds`."""

    def moved(*seconds):
        recorded = works.record()
        start_us = recorded.start_us
        parts = [Span(start_us, start_us + 3 * SECOND_US), Span(start_us + 6 * SECOND_US, recorded.end_us)]
        request = works.request(*parts)
        with office.database.writing() as session:
            camera, by = session.get_one(Camera, office.camera()), office.by("officer")
            (first,) = placements_of(session, camera.id)
            correct(session, office.clock, first, Words(site="Meydan"), start_us - SECOND_US, by=by)
            for number, second in enumerate(seconds):
                words = Words(site=f"Place {number}")
                move(session, office.clock, camera, words, start_us + second * SECOND_US, by=by)
        return request, start_us

    return moved


def test_each_move_between_the_first_and_the_last_moment_is_told(moved, office):
    request, start_us = moved(2, 4, 10)  # within, between two intervals, behind all
    with office.database.reading() as session:
        told = moved_inside(session, request.id, {office.camera()})
        assert [one.at_us for one in told] == [start_us + 2 * SECOND_US, start_us + 4 * SECOND_US]
        assert {one.camera_id for one in told} == {office.camera()}
        assert moved_inside(session, request.id, ()) == []
        assert moved_inside(session, request.id, {request.id}) == []


def test_a_package_tells_it_where_something_is_hidden_and_only_there(moved, works, office):
    request, start_us = moved(2)
    camera_id = office.camera()
    with office.database.reading() as session:
        asked = asked_of(session, request.id)
    for masks, moments in (([MASK], [start_us + 2 * SECOND_US]), ([], [])):
        wish = checked([(camera_id, masks)], {camera_id}, is_marked=True)
        with office.database.writing() as session:
            found = plan(office.archive, asked, office.clock.now_us(), derived={camera_id})
            (made,) = order(
                session, office.clock, office.fresh(request), found, works.desk, derived=wish, by=office.by("officer")
            )
            session.flush()
            assert [one.at_us for one in moved_under_masks(session, request.id, [made])[made.id]] == moments
            session.rollback()
