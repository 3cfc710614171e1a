from dataclasses import replace

import pytest
import still_node
from still_node import NOW_US, camera, camera_id, covered, footage, recorder, status

from vms.archive.model import Cause
from vms.kernel.clock import US_PER_DAY, US_PER_SECOND, ManualClock
from vms.kernel.errors import Kind, VmsError
from web.facts import CameraFootage
from web.overview import Observer

AWAY = VmsError(Kind.UNAVAILABLE, "database_unavailable", "The control database is away.")


def look(node, clock=None):
    return Observer(node, clock or ManualClock(NOW_US)).look()


@pytest.mark.proves("D-6.1")
def test_what_a_technician_must_see():
    view = look(still_node.troubled())
    assert [one.registered.number for one in view.missing] == [2, 4]
    assert [one.registered.number for one in view.frozen] == [3]
    assert [one.registered.number for one in view.below_minimum] == [4]
    assert [(volume.name, volume.state) for volume in view.failed_volumes] == [("arsiv-2", "volume_missing")]


@pytest.mark.proves("D-9.1d")
@pytest.mark.parametrize(
    ("in_service_days", "oldest_days", "is_short"),
    [
        (40, 21, False),
        (40, 20.0, False),
        (40, 19.9, True),
        (40, None, True),
        (3, 3, False),
        (3, 2.5, True),
        (None, 1, False),
    ],
)
def test_under_twenty_days_counts_from_commissioning(in_service_days, oldest_days, is_short):
    node = still_node.well()
    since_us = None if in_service_days is None else NOW_US - in_service_days * US_PER_DAY
    node.camera_list = [camera(1, "Liman", commissioned_us=since_us)]
    node.footage_map = {camera_id(1): CameraFootage() if oldest_days is None else footage(oldest_days=oldest_days)}
    assert bool(look(node).below_minimum) is is_short


@pytest.mark.proves("D-9.1d")
def test_coverage_decides_as_soon_as_it_is_known():
    node = still_node.well()
    node.coverage_map = {
        camera_id(1): covered({}),
        camera_id(2): covered({Cause.NETWORK: 90 * 60 * US_PER_SECOND}),
    }
    node.footage_map = {camera_id(number): footage(oldest_days=2) for number in range(1, 5)}
    assert [one.registered.number for one in look(node).below_minimum] == [2, 3, 4]
    every = node.camera_list
    for live_only in ({"must_record": False}, {"is_ordered": True}):  # recorded centrally for a time: owes no 20 days
        node.camera_list = [replace(one, **live_only) for one in every]
        assert look(node).below_minimum == []


def test_parts_that_fail_do_not_take_the_others_down():
    node = still_node.well()
    node.broken = dict.fromkeys(("cameras", "volumes", "footage", "alarms", "sweep"), AWAY)
    view = look(node)
    assert view.unread == {"cameras", "volumes", "footage", "alarms", "sweep"}
    assert [one.registered.name for one in view.cameras] == ["Kamera 1", "Kamera 2", "Kamera 3", "Kamera 4"]
    assert all(one.is_recording for one in view.cameras)


def test_the_last_good_answer_stands_in_for_a_part_that_went_away():
    node, clock = still_node.well(), ManualClock(NOW_US)
    observer = Observer(node, clock)
    observer.look()
    node.broken = {"volumes": OSError("the disk is gone")}
    clock.advance(60)
    view = observer.look()
    assert view.unread == {"volumes"}
    assert [volume.name for volume in view.volumes] == ["arsiv-1"]


def test_many_viewers_ask_the_node_once():
    node, clock = still_node.well(), ManualClock(NOW_US)
    observer = Observer(node, clock)
    for _ in range(50):
        observer.look()
    assert node.asked.count("recorders") == node.asked.count("footage") == 1
    clock.advance(2)
    observer.look()
    assert node.asked.count("recorders") == 2
    assert node.asked.count("footage") == 1
    clock.advance(10)
    observer.look()
    assert node.asked.count("footage") == 2


def test_a_new_camera_has_its_footage_read_at_the_next_turn():
    node, clock = still_node.well(), ManualClock(NOW_US)
    observer = Observer(node, clock)
    observer.look()
    node.camera_list = [*node.camera_list, camera(9, "Yeni")]
    clock.advance(2)
    assert observer.look().cameras[-1].footage is None


def test_sub_streams_are_no_cameras():
    node = still_node.well()
    node.recorder_list = [recorder(*(replace(status(1), stream=stream) for stream in ("sub", "main")))]
    node.camera_list = []
    view = look(node)
    assert [one.status.stream for one in view.cameras] == ["main"]


def test_a_clock_set_back_makes_no_negative_age():
    node = still_node.well()
    node.recorder_list = [recorder(status(1, last_picture_us=NOW_US + 5 * US_PER_SECOND))]
    assert look(node).cameras[0].picture_age_us == 0
