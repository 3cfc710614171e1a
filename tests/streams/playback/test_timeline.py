from uuid import UUID

import pytest

from streams.playback.timeline import timeline
from vms.archive.archive import Archive
from vms.archive.model import Cause, Gap, StreamKey
from vms.kernel.clock import US_PER_DAY
from vms.kernel.errors import VmsError
from vms.kernel.span import Span

SECOND_US = 1_000_000


def test_recordings_and_gaps_with_causes_fill_the_span(camera, archive, key, start_us, when_closed):
    camera.record(3, is_new_run=True)
    camera.stream.open_gap(camera.at_us, Cause.CAMERA_OFFLINE, "refused")
    gap_us = camera.at_us
    camera.pause(60)
    camera.stream.close_gap(camera.at_us)
    back_us = camera.at_us
    when_closed(archive, key, camera.record(2, is_new_run=True, clock_offset_us=-120_000))
    now_us = camera.at_us + SECOND_US
    line = timeline(archive, key, Span(start_us - SECOND_US, now_us + SECOND_US), now_us, start_us)
    assert line.recordings == [Span(start_us, gap_us), Span(back_us, camera.at_us)]
    assert line.gaps == [
        Gap(start_us - SECOND_US, start_us, Cause.NOT_COMMISSIONED),
        Gap(gap_us, back_us, Cause.CAMERA_OFFLINE, "refused"),
        Gap(camera.at_us, now_us, Cause.UNKNOWN),
    ]
    assert (line.oldest_us, line.newest_us, line.running_until_us) == (start_us, camera.at_us, None)
    assert line.clock_offset_us == -120_000
    assert line.away == ()


def test_the_file_being_written_counts_up_to_its_last_fragment(camera, archive, key, start_us, when_held):
    camera.record(3, is_new_run=True, is_left_open=True)
    when_held(archive, key, camera.at_us)
    now_us = camera.at_us + SECOND_US
    line = timeline(archive, key, Span(start_us, now_us), now_us, None)
    assert line.recordings == [Span(start_us, camera.at_us)]
    assert (line.oldest_us, line.newest_us, line.running_until_us) == (start_us, camera.at_us, camera.at_us)
    half = timeline(archive, key, Span(start_us, start_us + SECOND_US), now_us, None)
    assert (half.recordings, half.running_until_us) == ([Span(start_us, start_us + SECOND_US)], camera.at_us)


def test_a_file_nobody_writes_any_more_is_not_running(camera, archive, key, start_us, when_held):
    """The process that wrote it is gone and recovery was not there yet: footage all the same."""
    camera.record(3, is_new_run=True, is_left_open=True)
    when_held(archive, key, camera.at_us)
    now_us = camera.at_us + 60 * SECOND_US
    line = timeline(archive, key, Span(start_us, now_us), now_us, None)
    assert line.recordings == [Span(start_us, camera.at_us)]
    assert line.gaps == [Gap(camera.at_us, now_us, Cause.UNKNOWN)]
    assert line.running_until_us is None


def test_a_gap_that_goes_on_is_left_open(camera, archive, key, start_us, when_closed, wait_until):
    when_closed(archive, key, camera.record(2, is_new_run=True))
    camera.stream.open_gap(camera.at_us, Cause.NETWORK, "timeout")
    now_us = camera.at_us + 90 * SECOND_US
    span = Span(start_us, now_us)
    wait_until(lambda: timeline(archive, key, span, now_us, None).gaps[0].cause is Cause.NETWORK, "it is told")
    assert timeline(archive, key, span, now_us, None).gaps == [Gap(camera.at_us, None, Cause.NETWORK, "timeout")]


def test_a_volume_that_is_away_is_named(make_volume, make_writer, key, start_us, clip, new_camera, when_closed):
    volumes = make_volume("one"), make_volume("two")
    camera = new_camera(make_writer(volumes[0]).stream(key), clip, start_us)
    camera.record(2, is_new_run=True)
    camera.stream = make_writer(volumes[1]).stream(key)
    camera.record(2, is_new_run=True)
    archive = Archive(volumes)
    for until_us in (start_us + 2 * SECOND_US, camera.at_us):  # each volume has its own thread
        when_closed(archive, key, until_us)
    volumes[1].path.rename(volumes[1].path.with_name("away"))
    line = timeline(archive, key, Span(start_us, camera.at_us), camera.at_us, None)
    assert line.away == (volumes[1].uuid,)
    assert line.recordings == [Span(start_us, start_us + 2 * SECOND_US)]


def test_a_volume_that_was_away_for_one_of_its_questions_is_named(
    camera, archive, volume, key, start_us, when_closed, monkeypatch
):
    camera.record(2, is_new_run=True)
    when_closed(archive, key, camera.at_us)
    running = Archive.running

    def while_it_is_away(asked, *of):
        moved = volume.path.rename(volume.path.with_name("away"))
        found = running(asked, *of)
        moved.rename(volume.path)
        archive.streams()  # another thread sees that it is back
        return found

    monkeypatch.setattr(Archive, "running", while_it_is_away)
    line = timeline(archive, key, Span(start_us, camera.at_us), camera.at_us, None)
    assert line.away == (volume.uuid,)


def test_twenty_days_are_guaranteed_but_not_before_the_camera(archive, key, start_us):
    span = Span(start_us - SECOND_US, start_us)
    old = timeline(archive, key, span, start_us, start_us - 50 * US_PER_DAY)
    assert old.guaranteed_from_us == start_us - 20 * US_PER_DAY
    young = timeline(archive, key, span, start_us, start_us - US_PER_DAY)
    assert young.guaranteed_from_us == start_us - US_PER_DAY
    assert (young.oldest_us, young.newest_us, young.clock_offset_us) == (None, None, None)


def test_more_than_a_year_is_refused(archive, start_us):
    with pytest.raises(VmsError, match="span_too_long"):
        timeline(archive, StreamKey(UUID(int=9), "sub"), Span(0, start_us), start_us, None)
