"""Stills are told apart by what they show: the nearest of all pictures of the clip must be the right one."""

import io
import time
from pathlib import Path

import av
import numpy as np
import pytest

from streams.playback import pictures
from streams.playback.frame import frame_at, key_frames
from vms.archive.model import Flag
from vms.kernel.errors import Kind, VmsError
from vms.kernel.span import Span

SECOND_US = 1_000_000
FRAME_US = 40_000
WIDTH_PX = 160


def luma(jpeg: bytes) -> np.ndarray:
    with av.open(io.BytesIO(jpeg), format="mjpeg") as container:
        (frame,) = container.decode(video=0)
        return frame.reformat(format="gray").to_ndarray().astype(int)


def shown_by(jpeg: bytes, camera) -> int:
    """When the picture was that the still resembles most."""
    still = luma(jpeg)
    height, width = still.shape
    differences = []
    for one in camera.shown:
        truth = one.picture[:height, :width].astype(int)
        truth = np.clip((truth - 16) * 255 // 219, 0, 255)  # a JPEG has full range
        differences.append(np.abs(still - truth).mean())
    nearest = int(np.argmin(differences))
    assert differences[nearest] < 4
    return camera.shown[nearest].at_us


@pytest.fixture(params=["clip", "long_gop_clip", "b_frame_clip"])
def filmed(request, camera, archive, key, when_closed):
    """Four seconds in two files."""
    camera.clip = request.getfixturevalue(request.param)
    camera.record(2, is_new_run=True)
    when_closed(archive, key, camera.record(2))
    return camera


def test_the_exact_picture_of_any_moment(filmed, archive, key, start_us):
    for index in (0, 1, 2, 3, 24, 25, 37, 49, 50, 51, 98, 99):
        for within_us in (0, 1, FRAME_US - 1):
            still = frame_at(archive, key, start_us + index * FRAME_US + within_us, WIDTH_PX, exact=True)
            assert still.at_us == start_us + index * FRAME_US
            assert shown_by(still.jpeg, filmed) == still.at_us


def test_the_key_frame_at_or_before_a_moment(filmed, archive, key, start_us):
    keys = [one.at_us for one in filmed.shown if one.is_key]
    for at_us in (start_us, start_us + SECOND_US - 1, start_us + SECOND_US, filmed.at_us - 1):
        still = frame_at(archive, key, at_us, WIDTH_PX, exact=False)
        assert still.at_us == max(one for one in keys if one <= at_us)
        assert shown_by(still.jpeg, filmed) == still.at_us


def test_key_frames_are_listed_and_each_is_found_under_its_time(filmed, archive, key, start_us):
    listed = key_frames(archive, key, Span(start_us, filmed.at_us))
    assert listed == [one.at_us for one in filmed.shown if one.is_key]
    assert [frame_at(archive, key, at_us, 32, exact=False).at_us for at_us in listed] == listed
    assert key_frames(archive, key, Span(listed[1], listed[1] + 1)) == [listed[1]]
    assert key_frames(archive, key, Span(filmed.at_us, filmed.at_us + SECOND_US)) == []


def test_key_frames_of_more_than_an_hour_are_refused(archive, key, start_us):
    with pytest.raises(VmsError, match="span_too_long"):
        key_frames(archive, key, Span(start_us, start_us + 3601 * SECOND_US))


def test_the_newest_picture_of_a_file_being_written(camera, archive, key, when_held):
    camera.record(2, is_new_run=True, is_left_open=True)
    when_held(archive, key, camera.at_us)
    still = frame_at(archive, key, camera.at_us - 1, WIDTH_PX, exact=True)
    assert still.at_us == camera.at_us - FRAME_US
    assert shown_by(still.jpeg, camera) == still.at_us
    assert key_frames(archive, key, Span(camera.at_us - SECOND_US, camera.at_us)) == [camera.at_us - SECOND_US]


@pytest.mark.parametrize("exact", [True, False])
def test_in_a_gap_there_is_no_picture_but_the_nearest_are_named(camera, archive, key, when_closed, exact):
    end_us = camera.record(2, is_new_run=True)
    camera.pause(60)
    back_us = camera.at_us
    when_closed(archive, key, camera.record(2, is_new_run=True))
    with pytest.raises(VmsError) as refused:
        frame_at(archive, key, end_us + 30 * SECOND_US, WIDTH_PX, exact)
    assert (refused.value.kind, refused.value.code) == (Kind.NOT_FOUND, "no_footage")
    assert refused.value.detail == {"previous_us": end_us - 1, "next_us": back_us}
    assert frame_at(archive, key, end_us - 1, WIDTH_PX, exact=True).at_us == end_us - FRAME_US
    assert frame_at(archive, key, back_us, WIDTH_PX, exact).at_us == back_us


def test_a_hole_of_rounding_shows_the_picture_before_it(camera, archive, key, when_closed):
    end_us = camera.record(2, is_new_run=True)
    camera.at_us += 60_000
    when_closed(archive, key, camera.record(2))
    assert frame_at(archive, key, end_us + 59_999, WIDTH_PX, exact=True).at_us == end_us - FRAME_US


def test_before_the_first_key_frame_its_picture_is_shown(camera, long_gop_clip, archive, key, start_us, when_closed):
    camera.clip, camera._second = long_gop_clip, 1
    when_closed(archive, key, camera.record(3, is_new_run=True, flags=Flag.NO_SYNC))
    for exact in (True, False):
        assert frame_at(archive, key, start_us, WIDTH_PX, exact).at_us == start_us + SECOND_US


def test_footage_without_key_frames_shows_nothing(camera, long_gop_clip, archive, key, start_us, when_closed):
    camera.clip, camera._second = long_gop_clip, 1
    when_closed(archive, key, camera.record(1, is_new_run=True, flags=Flag.NO_SYNC))
    with pytest.raises(VmsError, match="no_key_frame"):
        frame_at(archive, key, start_us, WIDTH_PX, exact=True)


def test_h265_is_shown_too(camera, h265_clip, archive, key, start_us, when_closed):
    camera.clip = h265_clip
    when_closed(archive, key, camera.record(2, is_new_run=True))
    still = frame_at(archive, key, start_us + 40 * FRAME_US, WIDTH_PX, exact=True)
    assert shown_by(still.jpeg, camera) == still.at_us == start_us + 40 * FRAME_US


def test_a_picture_too_far_from_its_key_frame(camera, long_gop_clip, archive, key, start_us, when_closed, monkeypatch):
    monkeypatch.setattr(pictures, "MAX_PICTURES", 30)
    camera.clip = long_gop_clip
    when_closed(archive, key, camera.record(2, is_new_run=True))
    assert frame_at(archive, key, start_us + 29 * FRAME_US, WIDTH_PX, exact=True).at_us == start_us + 29 * FRAME_US
    with pytest.raises(VmsError, match="frame_too_far"):
        frame_at(archive, key, start_us + 30 * FRAME_US, WIDTH_PX, exact=True)


def test_damaged_footage_says_so(camera, archive, volume, key, start_us, when_closed):
    when_closed(archive, key, camera.record(2, is_new_run=True))
    (path,) = (volume.path / "segments").rglob("*.mp4")
    with archive.open_footage(volume.uuid, key, 0) as file:
        offset = file.playable.gops[1][0]
    content = path.read_bytes()
    for at, damage in ((offset, b"\xff" * 8), (offset + 100 + 16 * 25, b"\xff" * 4)):  # its moof, a NAL's length
        path.write_bytes(content[:at] + damage + content[at + len(damage) :])
        with pytest.raises(VmsError) as refused:
            frame_at(archive, key, start_us + SECOND_US, WIDTH_PX, exact=False)
        assert refused.value.kind is Kind.CORRUPT
        assert frame_at(archive, key, start_us, WIDTH_PX, exact=True).at_us == start_us


def test_a_key_frame_of_a_full_picture_takes_little(
    camera, archive, key, start_us, make_clip, encode_clip, when_closed
):
    """1920 × 1080 to a thumbnail within 60 ms of the processor, the index asked and the file opened."""
    camera.clip = make_clip(encode_clip(width=1920, height=1080, frames=25, options={"preset": "ultrafast"}))
    when_closed(archive, key, camera.record(1, is_new_run=True))
    took_s = []
    for _ in range(3):
        began_s = time.process_time()
        assert frame_at(archive, key, start_us + SECOND_US // 2, 320, exact=False).at_us == start_us
        took_s.append(time.process_time() - began_s)
    assert min(took_s) < 0.06


def test_many_stills_leave_nothing_open(camera, archive, key, start_us, when_closed):
    when_closed(archive, key, camera.record(2, is_new_run=True))
    frame_at(archive, key, start_us, 16, exact=False)
    before = len(list(Path("/proc/self/fd").iterdir()))
    for index in range(200):
        frame_at(archive, key, start_us + index % 2 * SECOND_US, 16, exact=index % 3 == 0)
    assert len(list(Path("/proc/self/fd").iterdir())) <= before
