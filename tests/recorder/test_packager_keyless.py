"""Pictures of cameras that send no key frames: recorded after ten seconds, and told so."""

import pytest
from packager_stage import Camera, assert_contiguous, units_of

from recorder.rotation import LONGEST_US
from vms.archive.model import Cause, Flag
from vms.kernel.clock import US_PER_SECOND
from vms.media.access_unit import AccessUnit


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
