"""Playlists are checked by what they play: each range fetched, decoded, compared with what the camera sent."""

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from uuid import UUID

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from streams.playback.playlist import playlist
from streams.playback.segment_bytes import open_segment
from vms.archive.archive import Archive
from vms.archive.model import Flag, StreamKey
from vms.kernel.clock import from_datetime
from vms.kernel.errors import Kind, VmsError
from vms.kernel.span import Span

SECOND_US = 1_000_000
FRAME_US = 40_000


@dataclass
class Part:
    """What stands between two discontinuities."""

    at_us: int
    map: tuple[str, int, int]
    ranges: list[tuple[str, int, int]] = field(default_factory=list)
    durations_s: list[float] = field(default_factory=list)


def parse(text: str) -> list[Part]:
    assert text.startswith("#EXTM3U\n#EXT-X-VERSION:6\n")
    parts = []
    for block in text.split("#EXT-X-DISCONTINUITY\n"):
        (at,) = re.findall(r"#EXT-X-PROGRAM-DATE-TIME:(\S+)", block)
        assert at.endswith("Z")
        ((uri, size, offset),) = re.findall(r'#EXT-X-MAP:URI="(.+?)",BYTERANGE="(\d+)@(\d+)"', block)
        part = Part(from_datetime(datetime.fromisoformat(at)), (uri, int(size), int(offset)))
        for duration, size, offset, name in re.findall(
            r"#EXTINF:([\d.]+),\n#EXT-X-BYTERANGE:(\d+)@(\d+)\n(\S+)", block
        ):
            part.ranges.append((name, int(size), int(offset)))
            part.durations_s.append(float(duration))
        parts.append(part)
    return parts


def fetch(archive: Archive, key: StreamKey, name: str, size: int, offset: int) -> bytes:
    volume, sequence = re.fullmatch(r"segments/(.+)/main/(\d+)\.mp4", name).groups()
    with open_segment(archive, UUID(volume), key, int(sequence)) as segment:
        segment.check(offset, size)
        return b"".join(segment.read(offset, size))


@pytest.fixture
def play(archive, key, decode_stream):
    """Every picture of a playlist with its time."""

    def play(text: str, of: Archive = archive) -> Iterator[tuple[int, np.ndarray]]:
        for part in parse(text):
            content = fetch(of, key, *part.map) + b"".join(fetch(of, key, *one) for one in part.ranges)
            for index, picture in enumerate(decode_stream(content)):
                yield part.at_us + index * FRAME_US, picture

    return play


def wanted(shown, span: Span):
    """The pictures of all GOPs that touch the span, from the definition."""
    keys = [one.at_us for one in shown if one.is_key]
    ends = dict(pairwise([*keys, shown[-1].at_us + FRAME_US]))
    last_shown = {start: max(one.at_us for one in shown if start <= one.at_us < ends[start]) for start in keys}
    chosen = [start for start in keys if start < span.end_us and last_shown[start] + FRAME_US > span.start_us]
    return [one for one in shown if any(start <= one.at_us < ends[start] for start in chosen)]


def assert_same(played, expected) -> None:
    played = list(played)
    assert [at_us for at_us, _ in played] == [one.at_us for one in expected]
    assert all(np.array_equal(picture, one.picture) for (_, picture), one in zip(played, expected, strict=True))


@pytest.mark.parametrize("clip_name", ["clip", "long_gop_clip"])
def test_a_playlist_plays_exactly_what_the_archive_holds(
    request, clip_name, make_volume, make_writer, key, start_us, new_camera, when_held, names, play
):
    """From the key frame at or before the start to the end of the last GOP; over two volumes, a gap, a running file."""
    volumes = make_volume("one"), make_volume("two")
    camera = new_camera(make_writer(volumes[0]).stream(key), request.getfixturevalue(clip_name), start_us)
    camera.record(2, is_new_run=True)
    camera.record(2)
    before_gap_us = camera.at_us
    camera.pause(3)
    camera.stream = make_writer(volumes[1]).stream(key)
    camera.record(2, is_new_run=True)
    camera.record(4, is_left_open=True)
    archive = Archive(volumes)
    for until_us in (before_gap_us, camera.at_us):  # each volume has its own thread
        when_held(archive, key, until_us)
    last_s = (camera.at_us - start_us) // SECOND_US

    @settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.integers(-2 * 25, last_s * 25 + 50), st.integers(1, 8 * 25))
    def check(first: int, length: int) -> None:
        span = Span(start_us + first * FRAME_US, start_us + (first + length) * FRAME_US)
        expected = wanted(camera.shown, span)
        if not expected:
            with pytest.raises(VmsError, match="no_footage"):
                playlist(archive, key, span, names)
            return
        assert_same(play(playlist(archive, key, span, names), archive), expected)

    check()


def test_ranges_are_whole_gops_one_behind_another(camera, archive, key, start_us, when_closed, names):
    end_us = camera.record(5)
    when_closed(archive, key, end_us)
    (part,) = parse(playlist(archive, key, Span(start_us, end_us), names))
    assert part.durations_s == [1.0] * 5
    for (_, size, offset), (_, _, following) in pairwise(part.ranges):
        assert offset + size == following
    assert part.map[1:] == (len(camera.clip.init.data), 0)


def test_the_start_is_told_to_the_millisecond(camera, archive, key, start_us, when_closed, names):
    when_closed(archive, key, camera.record(4))
    text = playlist(archive, key, Span(start_us + 2_345_678, start_us + 3 * SECOND_US), names)
    assert parse(text)[0].at_us == start_us + 2 * SECOND_US
    assert "#EXT-X-START:TIME-OFFSET=0.346,PRECISE=YES\n" in text


def test_a_gap_contracts_and_the_time_behind_it_is_right(camera, archive, key, start_us, when_closed, names):
    camera.record(2)
    camera.pause(600)
    when_closed(archive, key, camera.record(2, is_new_run=True))
    first, second = parse(playlist(archive, key, Span(start_us, camera.at_us), names))
    assert (first.at_us, second.at_us) == (start_us, start_us + 602 * SECOND_US)
    assert sum(first.durations_s) + sum(second.durations_s) == 4


def test_a_new_format_has_its_own_init_segment(
    camera, archive, key, start_us, make_clip, encode_clip, h265_clip, when_closed, names, decode_stream
):
    small = make_clip(encode_clip(width=96, height=64, frames=50, gop=25))
    camera.record(2, is_new_run=True)
    for clip in (small, h265_clip):
        camera.clip, camera._second = clip, 0
        camera.record(2, is_new_run=True)
    when_closed(archive, key, camera.at_us)
    parts = parse(playlist(archive, key, Span(start_us, camera.at_us), names))
    assert len(parts) == 3
    pictures = [
        decode_stream(fetch(archive, key, *part.map) + b"".join(fetch(archive, key, *one) for one in part.ranges))
        for part in parts
    ]
    assert [one[0].shape for one in pictures] == [(180, 160), (96, 96), (180, 160)]
    assert [one.shape for picture in pictures for one in picture] == [one.picture.shape for one in camera.shown]


def test_what_begins_without_a_key_frame_is_played_from_its_first_one(
    camera, long_gop_clip, archive, key, start_us, when_closed, names, play
):
    camera.clip, camera._second = long_gop_clip, 1
    camera.record(3, is_new_run=True, flags=Flag.NO_SYNC)
    when_closed(archive, key, camera.at_us)
    text = playlist(archive, key, Span(start_us, camera.at_us), names)
    assert parse(text)[0].at_us == start_us + SECOND_US
    assert [at_us for at_us, _ in play(text)] == [one.at_us for one in camera.shown[25:]]


def test_footage_without_any_key_frame_is_no_playlist(camera, long_gop_clip, archive, key, when_closed, names):
    camera.clip, camera._second = long_gop_clip, 1
    start_us, end_us = camera.at_us, camera.record(1, is_new_run=True, flags=Flag.NO_SYNC)
    when_closed(archive, key, end_us)
    with pytest.raises(VmsError, match="no_footage"):
        playlist(archive, key, Span(start_us, end_us), names)


def test_a_growing_playlist_only_ever_grows(
    camera, long_gop_clip, archive, key, start_us, when_held, when_closed, names
):
    camera.clip = long_gop_clip
    span = Span(start_us, start_us + 3600 * SECOND_US)
    camera.record(3, is_new_run=True, is_left_open=True)
    told = []

    def tell() -> str:
        text = playlist(archive, key, span, names, now_us=camera.at_us)
        assert "#EXT-X-PLAYLIST-TYPE:EVENT\n" in text
        assert "ENDLIST" not in text
        told.append(text[text.index("#EXT-X-PROGRAM") :])
        return text

    when_held(archive, key, camera.at_us)
    assert sum(parse(tell())[0].durations_s) == 2  # the second GOP is not whole
    camera.go_on(2)
    when_held(archive, key, camera.at_us)
    assert sum(parse(tell())[0].durations_s) == 4
    camera.go_on(1)
    camera.end()
    when_closed(archive, key, camera.at_us)
    assert sum(parse(tell())[0].durations_s) == 6
    camera.record(4, is_left_open=True)
    when_held(archive, key, camera.at_us)
    tell()
    for before, behind in pairwise(told):
        assert behind.startswith(before)
        assert behind != before


def test_a_finished_span_reaches_to_the_last_whole_fragment(
    camera, long_gop_clip, archive, key, start_us, when_held, names
):
    camera.clip = long_gop_clip
    camera.record(3, is_new_run=True, is_left_open=True)
    when_held(archive, key, camera.at_us)
    text = playlist(archive, key, Span(start_us, camera.at_us), names, now_us=camera.at_us)
    assert sum(parse(text)[0].durations_s) == 3
    assert text.endswith("#EXT-X-ENDLIST\n")


def test_no_duration_is_longer_than_the_target(camera, long_gop_clip, archive, key, start_us, when_closed, names):
    camera.clip = long_gop_clip
    when_closed(archive, key, camera.record(5))
    text = playlist(archive, key, Span(start_us, camera.at_us), names)
    (target,) = re.findall(r"#EXT-X-TARGETDURATION:(\d+)\n", text)
    assert int(target) == max(round(one) for part in parse(text) for one in part.durations_s) == 2


def test_without_footage_the_nearest_is_named(camera, archive, key, start_us, when_closed, names):
    first_end_us = camera.record(2)
    camera.pause(60)
    second_us = camera.at_us
    when_closed(archive, key, camera.record(2, is_new_run=True))
    with pytest.raises(VmsError) as refused:
        playlist(archive, key, Span(first_end_us + 1, second_us), names)
    assert (refused.value.kind, refused.value.code) == (Kind.NOT_FOUND, "no_footage")
    assert refused.value.detail == {"previous_us": first_end_us - 1, "next_us": second_us}
    with pytest.raises(VmsError) as refused:
        playlist(archive, key, Span(start_us - 9, start_us), names)
    assert refused.value.detail == {"previous_us": None, "next_us": start_us}


def test_a_camera_nobody_knows_has_no_footage(archive, start_us, names):
    with pytest.raises(VmsError) as refused:
        playlist(archive, StreamKey(UUID(int=9), "main"), Span(start_us, start_us + 1), names)
    assert refused.value.detail == {"previous_us": None, "next_us": None}


def test_while_a_volume_is_away_nobody_says_that_there_is_no_footage(
    camera, archive, volume, key, start_us, when_closed, names
):
    when_closed(archive, key, camera.record(2))
    moved = volume.path.rename(volume.path.with_name("away"))
    with pytest.raises(VmsError) as refused:
        playlist(archive, key, Span(start_us, camera.at_us), names)
    assert (refused.value.kind, refused.value.code) == (Kind.UNAVAILABLE, "volume_away")
    moved.rename(volume.path)
    assert len(parse(playlist(archive, key, Span(start_us, camera.at_us), names))[0].ranges) == 2


def test_a_volume_that_is_back_a_moment_later_was_away_for_who_asked_before(
    camera, archive, volume, key, start_us, when_closed, names, monkeypatch
):
    """What others see of it meanwhile changes no answer: nobody says that there is none."""
    when_closed(archive, key, camera.record(2))
    moved = volume.path.rename(volume.path.with_name("away"))
    neighbours = Archive.neighbours

    def after_it_came_back(asked, *of):
        moved.rename(volume.path)
        archive.streams()  # another thread sees it
        return neighbours(asked, *of)

    monkeypatch.setattr(Archive, "neighbours", after_it_came_back)
    with pytest.raises(VmsError) as refused:
        playlist(archive, key, Span(start_us, camera.at_us), names)
    assert (refused.value.kind, refused.value.code) == (Kind.UNAVAILABLE, "volume_away")
    assert len(parse(playlist(archive, key, Span(start_us, camera.at_us), names))[0].ranges) == 2


def test_more_than_a_day_is_refused(archive, key, start_us, names):
    with pytest.raises(VmsError, match="span_too_long"):
        playlist(archive, key, Span(start_us, start_us + 27 * 3600 * SECOND_US), names)


def test_a_day_takes_a_fifth_of_a_second(archive, volume, key, start_us, names):
    """1,440 segments of 30 GOPs. Time of this thread alone: other tests may have the machine."""
    minute_us = 60 * SECOND_US
    gops = b"".join((600 + index * 1_000_000).to_bytes(4, "little") + (index * 180_000).to_bytes(4, "little")
                    for index in range(30))  # fmt: skip
    with volume.index.write() as connection:
        connection.execute("INSERT INTO stream (camera_id, name, head_link) VALUES (?, 'main', ?)",
                           (str(key.camera_id), bytes(32)))  # fmt: skip
        connection.execute("INSERT INTO init VALUES (1, ?, ?, 'avc1.64001f', 1920, 1080)", (bytes(32), bytes(700)))
        connection.executemany(
            "INSERT INTO segment VALUES (1, ?, ?, ?, 0, 1, 30000600, 5400000, 1500, 0, 0, 0, NULL, 0, ?, ?)",
            ((start_us + at * minute_us, start_us + (at + 1) * minute_us, at, bytes(32), bytes(32))
             for at in range(1440)),
        )  # fmt: skip
        connection.executemany("INSERT INTO segment_gops VALUES (1, ?, ?)", ((at, gops) for at in range(1440)))
    span = Span(start_us, start_us + 1440 * minute_us)
    took_s = []
    for _ in range(3):
        began_s = time.thread_time()
        text = playlist(archive, key, span, names)
        took_s.append(time.thread_time() - began_s)
    assert text.count("#EXT-X-BYTERANGE:") == 43_200
    assert min(took_s) < 0.2
