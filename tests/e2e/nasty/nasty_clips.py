"""Clips of real pictures that need several packets each, coded in any way an encoder can be asked for."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from functools import cache
from hashlib import sha256
from io import BytesIO

import av
import numpy as np
from av.bitstream import BitStreamFilterContext

from recorder.simcam.clip import Clip
from recorder.simcam.coded_unit import CodedUnit
from recorder.simcam.nal import SYNTAX, split_annex_b

TICKS_PER_SECOND = 90_000
_LIBRARIES = {"h264": "libx264", "h265": "libx265"}


def _frames(width, height, fps, count, side, seed):
    """A texture that slides, with a square of fresh noise: every picture is large and like no other."""
    random = np.random.default_rng(seed)
    texture = np.kron(random.integers(0, 255, (height // 8, width // 8)), np.ones((8, 8))).astype(np.uint8)
    for index in range(count):
        picture = np.empty((height * 3 // 2, width), np.uint8)
        picture[:height] = np.roll(texture, 2 * index, axis=1)
        picture[height:] = 128
        picture[8 : 8 + side, 8 : 8 + side] = random.integers(0, 255, (side, side))
        frame = av.VideoFrame.from_ndarray(picture, format="yuv420p")
        frame.pts, frame.time_base = index, Fraction(1, fps)
        yield frame


def encode(
    codec="h264",
    *,
    width=160,
    height=120,
    fps=25,
    frames=100,
    gop=25,
    bframes=0,
    side=64,
    parameters="crf=16",
    preset="veryfast",
    seed=7,
) -> list[CodedUnit]:
    """Units in decoding order; another `seed` gives other pictures, `parameters` go to x264 or x265 as they are."""
    return list(_encode(codec, width, height, fps, frames, gop, bframes, side, parameters, preset, seed))


@cache
def _encode(codec, width, height, fps, frames, gop, bframes, side, parameters, preset, seed):
    encoder = av.CodecContext.create(_LIBRARIES[codec], "w")
    encoder.width, encoder.height, encoder.pix_fmt = width, height, "yuv420p"
    encoder.time_base, encoder.framerate, encoder.thread_count = Fraction(1, fps), Fraction(fps), 1
    texts = [f"keyint={gop}", f"min-keyint={gop}", "scenecut=0", f"bframes={bframes}", "b-adapt=0"]
    if "open-gop" not in parameters:
        texts.append("open-gop=0")
    texts += ["repeat-headers=1", "log-level=none", "pools=none", "frame-threads=1"] if codec == "h265" else []
    texts += [parameters] if parameters else []
    encoder.options = {"preset": preset, f"x{codec[1:]}-params": ":".join(texts)}
    packets = [packet for frame in _frames(width, height, fps, frames, side, seed) for packet in encoder.encode(frame)]
    packets += encoder.encode(None)
    times = [round(packet.pts * packet.time_base * TICKS_PER_SECOND) for packet in packets]
    syntax = SYNTAX[codec]
    units = []
    for packet, pts_90k, dts_90k in zip(packets, times, sorted(times), strict=True):
        nals = tuple(nal for nal in split_annex_b(bytes(packet)) if syntax.type_of(nal) not in syntax.unstored)
        units.append(CodedUnit(codec, nals, pts_90k, dts_90k))
    return tuple(units)


def clip(units: Sequence[CodedUnit], *, sets: tuple[bytes, ...] | None = None, width=160, height=120) -> Clip:
    """An endless loop of `units`; `sets` for the description, else those of the first unit."""
    syntax = SYNTAX[units[0].codec]
    duration_90k = 2 * units[-1].dts_90k - units[-2].dts_90k
    found = syntax.sets_in(units[0].nals) if sets is None else sets
    return Clip(units, width, height, duration_90k, found)


def one_after_another(*parts: Iterable[CodedUnit]) -> list[CodedUnit]:
    """Encodes joined in time."""
    joined: list[CodedUnit] = []
    for part in parts:
        units = list(part)
        start_90k = 2 * joined[-1].dts_90k - joined[-2].dts_90k if joined else 0
        joined += [CodedUnit(u.codec, u.nals, u.pts_90k + start_90k, u.dts_90k + start_90k) for u in units]
    return joined


def changed(units: Iterable[CodedUnit], change) -> list[CodedUnit]:
    """The same pictures with other NAL units: `change(number, nals)` gives them."""
    return [
        CodedUnit(unit.codec, tuple(change(number, unit.nals)), unit.pts_90k, unit.dts_90k)
        for number, unit in enumerate(units)
    ]


def with_metadata(units: Iterable[CodedUnit], **fields: str) -> list[CodedUnit]:
    """The same pictures under an SPS with other crop or VUI (libav's h264_metadata)."""
    kept = list(units)
    options = ":".join(f"{name}={value}" for name, value in fields.items())
    streams = [b"".join(b"\0\0\0\1" + nal for nal in unit.nals) for unit in kept]
    with av.open(BytesIO(streams[0]), format="h264") as container:  # a filter wants a stream to learn the codec from
        edit = BitStreamFilterContext(f"h264_metadata={options}", container.streams.video[0])
        edited = [one for data in streams for one in edit.filter(av.Packet(data))] + edit.filter(None)
    return [
        CodedUnit(unit.codec, tuple(split_annex_b(bytes(packet))), unit.pts_90k, unit.dts_90k)
        for unit, packet in zip(kept, edited, strict=True)
    ]


def from_second_key(units: Sequence[CodedUnit]) -> list[CodedUnit]:
    """The same pictures without those decoded before the second key picture."""
    start = [number for number, unit in enumerate(units) if unit.is_sync][1]
    first = units[start]
    return [
        CodedUnit(unit.codec, unit.nals, unit.pts_90k - first.pts_90k, unit.dts_90k - first.dts_90k)
        for unit in units[start:]
    ]


def stretched(units: Sequence[CodedUnit], steps_90k: Sequence[int]) -> list[CodedUnit]:
    """The same pictures (without reordering) at other distances, `steps_90k` in turn."""
    at_90k, spread = 0, []
    for number, unit in enumerate(units):
        spread.append(CodedUnit(unit.codec, unit.nals, at_90k, at_90k))
        at_90k += steps_90k[number % len(steps_90k)]
    return spread


def picture_key(codec: str, nals: Iterable[bytes]) -> bytes:
    """What tells one picture from all others: the bytes of its slices, nothing around them."""
    first_non_picture = {"h264": 6, "h265": 32}[codec]
    slices = (nal for nal in nals if SYNTAX[codec].type_of(nal) < first_non_picture)
    return sha256(b"\0\0\1".join(slices)).digest()
