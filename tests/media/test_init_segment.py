import struct

import pytest

from vms.kernel.errors import VmsError
from vms.media import boxes, init_segment
from vms.media.video_format import VideoFormat

CONTAINERS = {b"moov", b"trak", b"mdia", b"minf", b"dinf", b"stbl", b"mvex"}


def tree(data: bytes, start: int = 0, end: int | None = None, path: bytes = b"") -> dict[bytes, bytes]:
    """Every box by its path, with its payload."""
    found = {}
    for box in boxes.walk(data, start, end):
        name = path + b"/" + box.type
        found[name] = data[box.payload_offset : box.end]
        inside = {b"stsd": 8, b"avc1": 78, b"hvc1": 78, b"hev1": 78}.get(box.type, 0)
        if inside or box.type in CONTAINERS:
            found |= tree(data, box.payload_offset + inside, box.end, name)
    return found


@pytest.mark.parametrize("codec", ["libx264", "libx265"])
def test_boxes_are_those_a_live_player_needs(encode_clip, format_of, codec):
    video = format_of(encode_clip(codec=codec))
    init = init_segment.build(video)
    found = tree(init.data)
    assert found[b"/ftyp"] == b"iso5\0\0\0\0iso5iso6mp41"
    stbl = b"/moov/trak/mdia/minf/stbl"
    assert {stbl + name for name in (b"/stsd", b"/stts", b"/stsc", b"/stsz", b"/stco")} <= set(found)
    assert b"/moov/mvex/trex" in found
    assert not [path for path in found if path.endswith((b"/edts", b"/mehd"))]
    assert struct.unpack_from(">II", found[b"/moov/mvhd"], 12) == (90_000, 0)
    assert struct.unpack_from(">II", found[b"/moov/trak/mdia/mdhd"], 12) == (90_000, 0)
    assert struct.unpack_from(">I", found[b"/moov/trak/tkhd"], 20) == (0,)
    assert found[b"/moov/trak/tkhd"][-8:] == struct.pack(">II", 160 << 16, 120 << 16)
    assert not any(found[stbl + name].strip(b"\0") for name in (b"/stts", b"/stsc", b"/stsz", b"/stco"))
    assert (init.codec, init.width, init.height) == (video.codec_string, 160, 120)
    assert init_segment.build(format_of(encode_clip(codec=codec))) == init


def test_avcc_of_high_ends_with_chroma_format(encode_clip, format_of):
    video = format_of(encode_clip())
    (avcc,) = [v for k, v in tree(init_segment.build(video).data).items() if k.endswith(b"/avcC")]
    sps, pps = video.sps[0], video.pps[0]
    expected = b"\x01" + sps[1:4] + b"\xff\xe1" + struct.pack(">H", len(sps)) + sps
    expected += b"\x01" + struct.pack(">H", len(pps)) + pps
    assert avcc == expected + b"\xfd\xf8\xf8\x00"


def test_avcc_of_baseline_has_no_extension(encode_clip, format_of):
    video = format_of(encode_clip(options={"profile": "baseline"}))
    (avcc,) = [v for k, v in tree(init_segment.build(video).data).items() if k.endswith(b"/avcC")]
    assert avcc.endswith(video.pps[0])


@pytest.mark.parametrize(
    "params", ["", "temporal-layers=3", "level-idc=4.1:high-tier=1:vbv-maxrate=20000:vbv-bufsize=20000"]
)
def test_hvcc_says_what_libav_says(encode_clip, write_mp4, format_of, tmp_path, params):
    options = {"x265-params": params} if params else None
    video = format_of(encode_clip(codec="libx265", bframes=3, options=options))
    (ours,) = [v for k, v in tree(init_segment.build(video).data).items() if k.endswith(b"/hvcC")]
    peer = write_mp4(tmp_path / "peer.mp4", codec="libx265", bframes=3, options=options).read_bytes()
    (theirs,) = [v for k, v in tree(peer).items() if k.endswith(b"/hvcC")]
    assert ours[:13] == theirs[:13]
    assert ours[16:22] == theirs[16:22]
    assert ours[22] == 3
    for kind, (nal,) in ((32, video.vps), (33, video.sps), (34, video.pps)):
        assert bytes((0x80 | kind, 0, 1)) + struct.pack(">H", len(nal)) + nal in ours


@pytest.mark.system
@pytest.mark.parametrize(("codec", "name"), [("libx264", "x264-params"), ("libx265", "x265-params")])
def test_colour_with_pixel_shape_reach_the_player(encode_clip, units_of, write_file, ffprobe, codec, name):
    full = "fullrange=on:sar=4/3" if codec == "libx264" else "range=full:sar=14"  # idc 14 is 4:3
    params = f"colorprim=bt709:transfer=bt709:colormatrix=bt709:{full}"
    units = units_of(encode_clip(codec=codec, options={name: params}))
    found = tree(init_segment.build(units[0].format).data)
    (colr,) = [value for path, value in found.items() if path.endswith(b"/colr")]
    (pasp,) = [value for path, value in found.items() if path.endswith(b"/pasp")]
    assert colr == b"nclx" + bytes((0, 1, 0, 1, 0, 1, 0x80))
    assert pasp == struct.pack(">II", 4, 3)
    (stream,) = ffprobe(write_file(units), "-show_streams")["streams"]
    assert (stream["sample_aspect_ratio"], stream["color_space"], stream["color_range"]) == ("4:3", "bt709", "pc")


def test_a_format_nobody_parsed_is_refused():
    video = VideoFormat("h264", (), (b"\x67\x64",), (b"\x68\xce",), 2, 2, "avc1.640000", 0, ())
    with pytest.raises(VmsError) as caught:
        init_segment.build(video)
    assert caught.value.code == "bad_parameter_sets"
