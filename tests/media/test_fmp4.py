from statistics import median
from time import perf_counter_ns

import pytest

from vms.media import boxes, fmp4, init_segment
from vms.media.decode import decoded_frame_hashes
from vms.media.fragment import Sample

CLIPS = [
    {"options": {"profile": "baseline"}},
    {"options": {"profile": "main"}, "bframes": 2},
    {"bframes": 3, "width": 162, "height": 122},
    {"codec": "libx265"},
    {"codec": "libx265", "bframes": 3, "width": 322, "height": 242},
]


def test_bytes_of_a_moof():
    samples = [Sample(b"abcdef", 3600, 0, True), Sample(b"gh", 3601, -3600, False)]
    fragment = fmp4.build(7, 0x1_0000_0002, samples)
    head, *data = fragment.buffers
    expected = (
        "00000078 6d6f6f66",  # moof, 120 bytes
        "00000010 6d666864 00000000 00000007",  # mfhd: sequence 7
        "00000060 74726166",  # traf
        "00000010 74666864 00020000 00000001",  # tfhd: default-base-is-moof, track 1
        "00000014 74666474 01000000 00000001 00000002",  # tfdt version 1
        "00000034 7472756e 01000f01 00000002 00000080",  # trun version 1: 2 samples, data 128 bytes from moof
        "00000e10 00000006 02000000 00000000",
        "00000e11 00000002 01010000 fffff1f0",
        "00000010 6d646174",  # mdat
    )
    assert head == bytes.fromhex("".join(expected))
    assert data == [b"abcdef", b"gh"]
    assert data[0] is samples[0].data
    assert fragment.size_bytes == sum(map(len, fragment.buffers)) == 136
    assert (fragment.start_90k, fragment.duration_90k, fragment.samples) == (0x1_0000_0002, 7201, 2)
    assert fragment.is_sync


def test_what_players_refuse_is_never_built():
    with pytest.raises(ValueError, match="without samples"):
        fmp4.build(1, 0, [])
    with pytest.raises(ValueError, match="without bytes"):
        fmp4.build(1, 0, [Sample(b"a", 1, 0, True), Sample(b"", 1, 0, False)])


@pytest.mark.system
@pytest.mark.parametrize("wanted", CLIPS)
def test_a_file_shows_the_pictures_that_came(encode_clip, units_of, write_file, ffprobe, tmp_path, wanted):
    clip = encode_clip(**wanted)
    units = units_of(clip)
    path = write_file(units)
    raw = tmp_path / ("raw.h265" if wanted.get("codec") == "libx265" else "raw.h264")
    raw.write_bytes(b"".join(picture.annexb for picture in clip))
    expected = decoded_frame_hashes(raw)
    assert decoded_frame_hashes(path) == expected
    assert len(set(expected)) == len(clip)
    report = ffprobe(path, "-show_streams", "-show_packets", "-show_frames")
    (stream,) = report["streams"]
    assert (stream["width"], stream["height"]) == (units[0].format.width, units[0].format.height)
    assert stream["codec_tag_string"] == units[0].format.codec_string[:4]
    assert (stream["time_base"], stream["duration_ts"]) == ("1/90000", len(clip) * 3600)
    entries = report["packets_and_frames"]
    packets = [entry for entry in entries if entry["type"] == "packet"]
    frames = [entry for entry in entries if entry["type"] == "frame"]
    # libav shifts a whole file with negative offsets so that no picture is shown before it is decoded
    shift = packets[0]["pts"]
    assert shift == max(index * 3600 - picture.pts_90k for index, picture in enumerate(clip))
    assert [packet["pts"] - shift for packet in packets] == [picture.pts_90k for picture in clip]
    assert [packet["duration"] for packet in packets] == [3600] * len(clip)
    assert ["K" in packet["flags"] for packet in packets] == [picture.is_key for picture in clip]
    assert [frame["pts"] - shift for frame in frames] == sorted(picture.pts_90k for picture in clip)


@pytest.mark.system
@pytest.mark.parametrize("at_once", [1, 3, 10])
def test_irregular_durations_stay_exact(encode_clip, units_of, ffprobe, tmp_path, at_once):
    durations = [3600, 1, 90000, 3599, 7200, 3003, 3003, 100, 3600, 3600]
    units = units_of(encode_clip(frames=10))
    samples = [Sample(unit.data, length, 0, unit.is_sync) for unit, length in zip(units, durations, strict=True)]
    path = tmp_path / "irregular.mp4"
    with path.open("wb") as file:
        file.write(init_segment.build(units[0].format).data)
        for start in range(0, 10, at_once):
            fragment = fmp4.build(start, sum(durations[:start]), samples[start : start + at_once])
            file.writelines(fragment.buffers)
    report = ffprobe(path, "-show_packets", "-show_streams")
    assert report["streams"][0]["duration_ts"] == sum(durations)
    assert [packet["dts"] for packet in report["packets"]] == [sum(durations[:count]) for count in range(10)]


@pytest.mark.parametrize("count", [1, 12, 250])
def test_what_was_built_is_read_back(count):
    samples = [Sample(bytes(1 + index), 3000 + index, 5 - index, index % 50 == 0) for index in range(count)]
    fragment = fmp4.build(9, 77, samples)
    data = b"".join(fragment.buffers)
    moof, mdat = boxes.walk(data)
    info = boxes.read_fragment(data[: moof.end])
    assert (moof.type, mdat.type, mdat.end) == (b"moof", b"mdat", fragment.size_bytes)
    assert info.data_bytes == mdat.payload_bytes
    assert (info.sequence, info.start_90k, info.samples) == (9, 77, count)
    assert (info.duration_90k, info.is_sync) == (fragment.duration_90k, True)


def test_a_fragment_costs_microseconds():
    samples = [Sample(bytes(20_000), 3600, 0, index == 0) for index in range(12)]
    times_us = []
    for _ in range(200):
        before = perf_counter_ns()
        fmp4.build(1, 0, samples)
        times_us.append((perf_counter_ns() - before) / 1000)
    assert median(times_us) < 150  # a guard against copying media; 13 µs is normal on an idle machine
