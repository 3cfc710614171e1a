"""Runs, segments and fragments from real pictures."""

from itertools import pairwise

import pytest
from packager_stage import CAMERA, SETS, Camera, Viewer, assert_contiguous, units_of

from recorder.packager import MOST_RUNS_A_MINUTE, Packager
from recorder.rotation import Rotation
from recorder.rtp.delivery import Delivery
from recorder.rtp.nal_rules import H264
from recorder.rtp.units import Picture
from recorder.run import FRAGMENT_90K, StreamFacts
from recorder.tap_channel import TapChannel
from vms.archive.model import Cause, Flag
from vms.kernel.clock import US_PER_SECOND, ManualClock
from vms.media import annexb
from vms.media.access_unit import AccessUnit
from vms.media.decode import decoded_frame_hashes


@pytest.mark.parametrize("bframes", [0, 2])
def test_what_is_recorded_decodes_to_the_same_frames(encode_clip, tmp_path, bframes):
    clip = encode_clip(frames=60, gop=20, bframes=bframes)
    camera = Camera()
    camera.play(units_of(clip))
    camera.packager.end(Cause.CAMERA_OFFLINE, "closed")
    assert len(camera.shelf.segments) == 1
    source = tmp_path / "source.h264"
    source.write_bytes(b"".join(picture.annexb for picture in clip))
    assert decoded_frame_hashes(camera.shelf.file(tmp_path)) == decoded_frame_hashes(source)


def test_fragments_are_short_exact_and_begin_at_key_frames(encode_clip):
    camera = Camera()
    camera.play(units_of(encode_clip(frames=100, gop=25)))
    camera.packager.end(Cause.CAMERA_OFFLINE, "closed")
    _, fragments, tail = camera.shelf.segments[0]
    assert all(part.duration_90k <= FRAGMENT_90K + 3600 for part in fragments)
    assert [part.start_90k for part in fragments][:3] == [0, 46_800, 90_000]
    assert [part.is_sync for part in fragments] == [True, False] * 4
    assert sum(part.duration_90k for part in fragments) == 100 * 3600
    assert tail.end_us - camera.shelf.segments[0][0].start_us == 4 * US_PER_SECOND


@pytest.mark.proves("D-6.12a")
def test_segments_rotate_at_key_frames_and_touch(encode_clip, tmp_path):
    camera = Camera(length_us=3 * US_PER_SECOND)
    camera.play(units_of(encode_clip(frames=250, gop=25)))
    camera.packager.end(Cause.CAMERA_OFFLINE, "closed")
    segments = camera.shelf.segments
    assert 3 <= len(segments) <= 5
    assert all(fragments[0].is_sync and fragments[0].start_90k == 0 for _, fragments, _ in segments)
    assert [head.is_new_run for head, _, _ in segments] == [True] + [False] * (len(segments) - 1)
    for (_, _, tail), (head, _, _) in pairwise(segments):
        assert tail.end_us == head.start_us
    frames = [len(decoded_frame_hashes(camera.shelf.file(tmp_path, at))) for at in range(len(segments))]
    assert sum(frames) == 250


@pytest.mark.proves("D-10.2c")
def test_a_broken_line_is_a_gap_with_its_cause(encode_clip):
    camera = Camera()
    units = units_of(encode_clip(frames=50, gop=25))
    camera.play(units)
    camera.packager.end(Cause.NETWORK, "silent")
    camera.clock.advance(10)
    camera.play(units_of(encode_clip(frames=50, gop=25)))
    camera.packager.end(Cause.CAMERA_OFFLINE, "closed")
    first, second = camera.shelf.segments
    assert camera.shelf.gaps[0] == [first[2].end_us, second[0].start_us, Cause.NETWORK, "silent"]
    assert second[0].start_us - first[2].end_us == 10 * US_PER_SECOND
    assert second[0].is_new_run


@pytest.mark.proves("D-10.2c")
def test_minutes_of_broken_pictures_are_a_gap_and_no_footage(encode_clip):
    """Packets come all the time; the picture before them must not last until the next whole one."""
    camera = Camera()
    delivery = Delivery(H264, camera.packager, camera.facts.stats)
    clip = encode_clip(frames=50, gop=25)
    sets = [nal for nal in annexb.split(clip[0].annexb) if nal[0] & 31 in SETS]
    slices = [next(nal for nal in annexb.split(picture.annexb) if nal[0] & 31 in (1, 5)) for picture in clip]
    stamp = 0

    def play(seconds, *, is_broken=False):
        nonlocal stamp
        for at in range(seconds * 25):
            nal = slices[at % 50]
            framed = len(nal).to_bytes(4) + nal
            delivery.on_picture(
                Picture(
                    nals=[framed], sets=sets if nal[0] & 31 == 5 else [], stamp=stamp,
                    arrival_us=camera.clock.boottime_us(), slice_type=nal[0] & 31, first_slice=framed,
                    is_broken=is_broken, follows_loss=is_broken,
                )
            )  # fmt: skip
            stamp += 3600
            camera.clock.advance(0.04)

    play(10)
    play(300, is_broken=True)
    play(10)
    camera.packager.end(Cause.CAMERA_OFFLINE, "closed")
    assert sum(tail.end_us - head.start_us for head, _, tail in camera.shelf.segments) == 20 * US_PER_SECOND
    before, after = [segment for segment in camera.shelf.segments if segment[0].is_new_run]
    first_gap = camera.shelf.gaps[0]
    assert first_gap[1:] == [after[0].start_us, Cause.NETWORK, "no_whole_picture"]
    assert after[0].start_us - first_gap[0] == 300 * US_PER_SECOND
    assert not before[2].flags & Flag.NO_SYNC
    assert not after[2].flags & Flag.NO_SYNC


def test_recording_waits_for_a_key_frame(encode_clip):
    camera = Camera()
    camera.play(units_of(encode_clip(frames=75, gop=25))[10:])
    camera.packager.end(Cause.CAMERA_OFFLINE, "closed")
    _, fragments, tail = camera.shelf.segments[0]
    assert sum(part.samples for part in fragments) == 50
    assert not tail.flags & Flag.NO_SYNC


def test_a_new_size_begins_a_new_file_with_its_own_init_segment(encode_clip, tmp_path):
    camera = Camera()
    camera.play(units_of(encode_clip(frames=50, gop=25)))
    camera.play(units_of(encode_clip(frames=50, gop=25, width=320, height=240), shift_90k=50 * 3600))
    camera.packager.end(Cause.CAMERA_OFFLINE, "closed")
    first, second = camera.shelf.segments
    assert (first[0].init.width, second[0].init.width) == (160, 320)
    assert second[0].is_new_run
    assert_contiguous(camera.shelf.segments)
    assert len(decoded_frame_hashes(camera.shelf.file(tmp_path, 1))) == 50


@pytest.mark.proves("edge-26", "C-3")
@pytest.mark.parametrize("step_s", [3600, -3600])
def test_a_step_of_the_machines_clock_never_overlaps(encode_clip, step_s):
    camera = Camera()
    camera.play(units_of(encode_clip(frames=50, gop=25)))
    camera.clock.step_wall(step_s)
    camera.play(units_of(encode_clip(frames=75, gop=25), shift_90k=50 * 3600))
    camera.packager.end(Cause.CAMERA_OFFLINE, "closed")
    assert len(camera.shelf.segments) == 2
    assert_contiguous(camera.shelf.segments)
    head, _, tail = camera.shelf.segments[1]
    if step_s > 0:
        assert head.start_us == pytest.approx(camera.clock.now_us() - 3 * US_PER_SECOND, abs=100_000)
        assert camera.shelf.gaps[0][2:] == [Cause.UNKNOWN, "clock_step"]
    else:
        assert head.clock_error_us == pytest.approx(3600 * US_PER_SECOND, abs=100_000)
        assert tail.flags & Flag.CLOCK_HELD


@pytest.mark.proves("D-9.1c")
@pytest.mark.parametrize("gop", [25, 100])
def test_while_no_disk_takes_footage_viewers_see_every_picture(encode_clip, gop):
    camera = Camera()
    viewer = Viewer()
    camera.channel.join(viewer)
    camera.play(units_of(encode_clip(frames=100, gop=gop)))
    camera.shelf.accepts, camera.shelf.fault = False, "volume_full"
    camera.play(units_of(encode_clip(frames=400, gop=gop), shift_90k=100 * 3600))
    assert not camera.packager.is_writing
    assert camera.packager.storage_fault == "volume_full"
    assert {tuple(gap[2:]) for gap in camera.shelf.gaps} == {(Cause.DISK_FAILURE, "volume_full")}
    stored_until_us = camera.packager.recorded_until_us
    assert stored_until_us < camera.clock.now_us() - 10 * US_PER_SECOND
    camera.shelf.accepts, camera.shelf.fault = True, None
    camera.play(units_of(encode_clip(frames=300, gop=gop), shift_90k=500 * 3600))
    assert camera.packager.is_writing
    assert not camera.packager.storage_fault
    camera.packager.end(Cause.CAMERA_OFFLINE, "closed")
    assert viewer.got == 800
    assert_contiguous([segment for segment in camera.shelf.segments if segment[1]])


def test_a_disk_that_is_too_slow_is_told_as_a_disk_failure(encode_clip):
    camera = Camera()
    camera.play(units_of(encode_clip(frames=50, gop=25)))
    camera.shelf.accepts = False  # no fault: the buffer is full
    camera.play(units_of(encode_clip(frames=50, gop=25), shift_90k=50 * 3600))
    assert camera.shelf.gaps[-1][2:] == [Cause.DISK_FAILURE, "disk_behind"]
    begun = len(camera.shelf.segments)
    camera.play(units_of(encode_clip(frames=25, gop=25), shift_90k=100 * 3600))
    assert len(camera.shelf.segments) <= begun + 1


@pytest.mark.proves("edge-26")
def test_a_run_ends_before_footage_that_lies_ahead_and_goes_on_behind_it(encode_clip):
    camera = Camera()
    camera.shelf.ahead = [camera.clock.now_us() + 4 * US_PER_SECOND]
    camera.play(units_of(encode_clip(frames=250, gop=25)))
    first = camera.shelf.segments[0]
    assert first[2].end_us <= camera.shelf.ahead[0]
    assert camera.shelf.segments[1][0].is_new_run
    assert camera.shelf.gaps[0][2:] == [Cause.UNKNOWN, "time_taken"]


@pytest.mark.proves("D-13.1", "edge-34")
def test_without_a_writer_nothing_is_written_and_viewers_still_see(encode_clip):
    clock, channel = ManualClock(), TapChannel()
    packager = Packager(None, channel, clock, Rotation(CAMERA), StreamFacts())
    for unit in units_of(encode_clip(frames=30, gop=10)):
        packager.on_access_unit(unit)
        clock.advance(0.04)

    viewer = Viewer()
    channel.join(viewer)
    assert viewer.got == 10
    assert not packager.is_writing
    packager.end(Cause.CAMERA_OFFLINE, "closed")


def test_lost_packets_are_told_in_the_row(encode_clip):
    camera = Camera()
    units = units_of(encode_clip(frames=50, gop=25))
    camera.play(units[:25])
    camera.facts.stats.lost_packets += 3
    camera.play(units[25:])
    camera.packager.end(Cause.CAMERA_OFFLINE, "closed")
    tail = camera.shelf.segments[0][2]
    assert (tail.lost_packets, bool(tail.flags & Flag.DAMAGED)) == (3, True)


@pytest.mark.proves("C-3")
def test_a_stream_that_breaks_at_every_picture_does_not_fill_the_disk_with_files(encode_clip):
    """25 files a second of one camera would hold the disk up for all others."""
    one, other = (units_of(encode_clip(frames=2, gop=1, **size)) for size in ({}, {"width": 320, "height": 240}))
    camera = Camera()
    viewer = Viewer()
    camera.channel.join(viewer)

    def played(first_s, seconds, pictures):
        for at in range(first_s * 25, (first_s + seconds) * 25):
            unit = pictures[at % len(pictures)]
            yield AccessUnit(unit.data, at * 3600, 0, True, unit.format)

    camera.play(played(0, 10, [one[0], other[0]]))
    begun = len(camera.shelf.segments)
    assert (begun, camera.packager.is_writing, camera.packager.is_unsteady) == (MOST_RUNS_A_MINUTE, False, True)
    assert camera.shelf.gaps[-1][1:] == [None, Cause.CAMERA_OFFLINE, "unsteady"]
    assert viewer.got >= 250  # whoever watches sees all of it
    camera.play(played(10, 55, [one[0]]))
    assert (camera.packager.is_writing, camera.packager.is_unsteady) == (True, False)
    assert len(camera.shelf.segments) <= begun + 2
    assert camera.shelf.gaps[-1][1] is not None
