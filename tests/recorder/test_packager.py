"""Runs, segments and fragments from real pictures."""

from itertools import pairwise
from uuid import UUID

import pytest

from recorder.packager import Packager
from recorder.rotation import LONGEST_US, Rotation
from recorder.rtp.delivery import Delivery
from recorder.rtp.nal_rules import H264
from recorder.rtp.units import Picture
from recorder.run import FRAGMENT_90K, StreamFacts
from recorder.tap_channel import TapChannel
from vms.archive.model import Cause, Flag, Place
from vms.kernel.clock import US_PER_SECOND, ManualClock
from vms.media import annexb, h264
from vms.media.access_unit import AccessUnit
from vms.media.decode import decoded_frame_hashes

CAMERA = UUID(int=7)
SETS = (7, 8)


class Shelf:
    """A `FootageWriter` that keeps everything where a test can look."""

    def __init__(self):
        self.segments = []  # [head, fragments, tail]
        self.gaps = []
        self.last_end_us = None
        self.fault = None
        self.accepts = True
        self.ahead = []

    def place(self, start_us):
        ahead = [at for at in self.ahead if at > start_us]
        return Place(max(start_us, self.last_end_us or 0), min(ahead, default=None))

    def begin_segment(self, head):
        self.segments.append([head, [], None])

    def append(self, fragment):
        if self.accepts:
            self.segments[-1][1].append(fragment)
        return self.accepts

    def end_segment(self, tail):
        self.segments[-1][2] = tail
        self.last_end_us = tail.end_us

    def open_gap(self, start_us, cause, detail):
        self.gaps.append([start_us, None, cause, detail])

    def close_gap(self, end_us):
        for gap in self.gaps:
            gap[1] = gap[1] or end_us

    def file(self, tmp_path, number=-1):
        head, fragments, _ = self.segments[number]
        path = tmp_path / f"{number}.mp4"
        path.write_bytes(head.init.data + b"".join(buffer for part in fragments for buffer in part.buffers))
        return path


def units_of(pictures, *, shift_90k=0):
    """Access units of an encoded H.264 clip."""
    units, video = [], None
    for picture in pictures:
        nals = list(annexb.split(picture.annexb))
        sets = {kind: tuple(nal for nal in nals if nal[0] & 31 == kind) for kind in SETS}
        if sets[7]:
            found = h264.parse(sets[7], sets[8])
            video = video if found == video else found
        data = b"".join(len(nal).to_bytes(4) + nal for nal in nals if nal[0] & 31 not in (*SETS, 9))
        units.append(AccessUnit(data, picture.pts_90k + shift_90k, 0, picture.is_key, video))
    return units


class Viewer:
    """A reader of the tap that counts pictures."""

    want = "access_units"

    def __init__(self):
        self.got = 0

    def send(self, message, *, is_sync):
        self.got += 1

    def notify(self, message):
        pass

    def end(self):
        pass


class Camera:
    """Feeds a packager in real time of a manual clock."""

    def __init__(self, *, writer=None, length_us=60 * US_PER_SECOND):
        self.clock = ManualClock()
        self.shelf = writer or Shelf()
        self.facts = StreamFacts()
        self.channel = TapChannel()
        self.packager = Packager(self.shelf, self.channel, self.clock, Rotation(CAMERA, length_us), self.facts)

    def play(self, units, frame_us=40_000):
        for unit in units:
            unit.arrival_us = self.clock.boottime_us()
            self.packager.on_access_unit(unit)
            self.clock.advance(frame_us / US_PER_SECOND)


def assert_contiguous(segments):
    for (_, _, tail), (head, _, _) in pairwise(segments):
        assert tail.end_us <= head.start_us


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


def test_without_any_key_frame_it_records_after_ten_seconds_and_says_so(encode_clip):
    camera = Camera()
    camera.play(units_of(encode_clip(frames=300, gop=300))[1:])
    camera.packager.end(Cause.CAMERA_OFFLINE, "closed")
    _, fragments, tail = camera.shelf.segments[0]
    assert tail.flags & Flag.NO_SYNC
    assert sum(part.samples for part in fragments) == 299 - 250


class Keyless:
    """A camera that never sends a key frame."""

    def __init__(self, encode_clip):
        self._units = units_of(encode_clip(frames=250, gop=250))
        self._at = 0

    def units(self, seconds):
        for _ in range(seconds * 25):
            unit = self._units[1 + self._at % 249]
            yield AccessUnit(unit.data, self._at * 3600, 0, False, unit.format)
            self._at += 1


@pytest.mark.proves("D-9.1c")
def test_without_key_frames_a_disk_that_is_back_is_used_again(encode_clip):
    camera, keyless = Camera(), Keyless(encode_clip)
    camera.play(keyless.units(15))
    assert camera.packager.is_writing
    camera.shelf.accepts, camera.shelf.fault = False, "volume_full"
    camera.play(keyless.units(5))
    assert camera.packager.storage_fault == "volume_full"
    camera.shelf.accepts, camera.shelf.fault = True, None
    back_us = camera.clock.now_us()
    camera.play(keyless.units(5))
    assert camera.packager.is_writing
    assert not camera.packager.storage_fault
    camera.packager.end(Cause.CAMERA_OFFLINE, "closed")
    head, fragments, tail = camera.shelf.segments[-1]
    assert head.start_us - back_us < 3 * US_PER_SECOND
    assert fragments
    assert tail.flags & Flag.NO_SYNC


@pytest.mark.proves("edge-26", "C-3")
@pytest.mark.parametrize("step_s", [7200, -7200])
def test_without_key_frames_a_step_of_the_clock_is_noticed_at_once(encode_clip, step_s):
    camera, keyless = Camera(), Keyless(encode_clip)
    camera.play(keyless.units(15))
    camera.clock.step_wall(step_s)
    stepped_us = camera.clock.now_us()
    camera.play(keyless.units(5))
    camera.packager.end(Cause.CAMERA_OFFLINE, "closed")
    first, second = camera.shelf.segments
    assert second[0].is_new_run
    assert camera.shelf.gaps[0][2:] == [Cause.UNKNOWN, "clock_step"]
    assert second[0].start_us - second[0].clock_error_us == pytest.approx(stepped_us, abs=100_000)
    assert_contiguous(camera.shelf.segments)
    assert sum(part.samples for part in second[1]) == 5 * 25
    assert sum(part.samples for part in first[1]) == 5 * 25


def test_a_source_that_begins_anew_waits_for_its_key_frame_again(encode_clip):
    camera, keyless = Camera(), Keyless(encode_clip)
    camera.play(keyless.units(15))
    camera.packager.end(Cause.NETWORK, "silent")
    camera.play(keyless.units(9))
    assert not camera.packager.is_writing
    camera.play(units_of(encode_clip(frames=50, gop=25)))
    camera.packager.end(Cause.CAMERA_OFFLINE, "closed")
    assert not camera.shelf.segments[-1][2].flags & Flag.NO_SYNC


def test_a_stream_without_key_frames_is_cut_by_time(encode_clip):
    camera = Camera()
    units = units_of(encode_clip(frames=40, gop=40))
    endless = [AccessUnit(units[1 + at % 39].data, at * 90_000, 0, at == 0, units[0].format) for at in range(700)]
    camera.play(endless, frame_us=1_000_000)
    camera.packager.end(Cause.CAMERA_OFFLINE, "closed")
    lengths = [tail.end_us - head.start_us for head, _, tail in camera.shelf.segments]
    assert max(lengths) <= LONGEST_US + 2 * US_PER_SECOND
    assert [bool(tail.flags & Flag.NO_SYNC) for _, _, tail in camera.shelf.segments] == [False, True, True]


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
