"""Short clips of a scene coded in rare ways, for faults of the coding."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from recorder.simcam.camera import SimStream
from recorder.simcam.clip import Clip
from recorder.simcam.coded_unit import CodedUnit
from recorder.simcam.encoder import TICKS_PER_SECOND, EncoderSettings, StreamEncoder
from recorder.simcam.nal import SYNTAX
from recorder.simcam.scenes import build_scene
from vms.media.video_format import Codec

_WIDTH, _HEIGHT, _FPS = 640, 360, 15
_ONLY_H264 = ("interlaced", "many_slices")  # libx265 does not do them; the camera then sends H.264
_START_US = 1_750_000_000_000_000


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of pictures from one encoder; `steps_90k` are the distances between them, in turn."""

    settings: EncoderSettings
    seconds: float
    steps_90k: tuple[int, ...] = (TICKS_PER_SECOND // _FPS,)


def build_variant(coding: str, stream: SimStream, scene: str, title: str) -> Clip:
    """The clip for one of `faults.coding`'s names; 640×360, cached. Takes about a second of CPU the first time."""
    return _build(coding, "h264" if coding in _ONLY_H264 else stream.codec, scene, title)


@lru_cache(maxsize=32)
def _build(coding: str, codec: Codec, scene: str, title: str) -> Clip:
    clip = encode_parts(_PLANS[coding](_base(codec)), scene, title)
    return _without_sets(clip) if coding == "sets_once" else clip


def encode_parts(parts: list[Part], scene: str, title: str) -> Clip:
    """One clip of several encoders' pictures, one after the other."""
    units: list[CodedUnit] = []
    start_90k = 0
    for part in parts:
        encoded, duration_90k = _encode(part, start_90k, scene, title)
        units += encoded
        start_90k += duration_90k
    first = parts[0].settings
    sets = SYNTAX[first.codec].sets_in(units[0].nals)
    return Clip(units, first.width, first.height, start_90k, sets)


def _encode(part: Part, start_90k: int, scene: str, title: str) -> tuple[list[CodedUnit], int]:
    settings = part.settings
    view = build_scene(scene, settings.width, settings.height, title)
    encoder = StreamEncoder(settings)
    units: list[CodedUnit] = []
    times = list(_times(part))
    for at_90k in times:
        at_us = _START_US + (start_90k + at_90k) * 100 // 9
        units += encoder.encode(view.draw(at_us, at_us), at_90k, force_sync=at_90k == 0)
    units += encoder.flush()
    duration_90k = times[-1] + part.steps_90k[(len(times) - 1) % len(part.steps_90k)]
    # Reordering moves decoding before presentation: what is sent first is due at the part's start.
    shift_90k = start_90k - units[0].dts_90k
    return [
        CodedUnit(unit.codec, unit.nals, unit.pts_90k + start_90k, unit.dts_90k + shift_90k) for unit in units
    ], duration_90k


def _times(part: Part) -> Iterator[int]:
    at_90k, index = 0, 0
    while at_90k < part.seconds * TICKS_PER_SECOND:
        yield at_90k
        at_90k += part.steps_90k[index % len(part.steps_90k)]
        index += 1


def _base(codec: Codec) -> EncoderSettings:
    return EncoderSettings(codec, _WIDTH, _HEIGHT, _FPS, bitrate_kbps=600, gop_s=2.0)


def _with(settings: EncoderSettings, **extra: str) -> EncoderSettings:
    pairs = tuple((name.replace("_", "-"), value) for name, value in extra.items())
    return replace(settings, extra=settings.extra + pairs)


def _unseen(settings: EncoderSettings) -> EncoderSettings:
    """Another SPS that promises the viewer the same: a reference picture more, another smoothing filter."""
    if settings.codec == "h264":
        return _with(settings, ref="2")
    return _with(settings, strong_intra_smoothing="0")


def _without_sets(clip: Clip) -> Clip:
    syntax = SYNTAX[clip.codec]
    units = [
        CodedUnit(u.codec, tuple(n for n in u.nals if not syntax.is_parameter_set(n)), u.pts_90k, u.dts_90k)
        for u in clip.units
    ]
    return Clip(units, clip.width, clip.height, clip.duration_90k, clip.parameter_sets)


_VARIABLE = tuple(TICKS_PER_SECOND // fps for fps in (30, 30, 25, 5, 10, 30, 15, 6))
_Plan = Callable[[EncoderSettings], list[Part]]
_PLANS: dict[str, _Plan] = {
    "resolution": lambda s: [Part(s, 2), Part(replace(s, width=480, height=272), 2)],
    "parameter_sets": lambda s: [Part(s, 2), Part(_with(s, colorprim="bt709", colormatrix="bt709"), 2)],
    "invisible_sets": lambda s: [Part(s, 2), Part(_unseen(s), 2)],
    "b_frames": lambda s: [Part(replace(s, b_frames=3, preset="veryfast"), 8)],
    "long_gop": lambda s: [Part(replace(s, gop_s=10), 20)],
    "variable_rate": lambda s: [Part(s, 8, _VARIABLE)],
    "intra_refresh": lambda s: [Part(_with(replace(s, gop_s=600), intra_refresh="1"), 12)],
    "many_slices": lambda s: [Part(_with(s, slices="16"), 4)],
    "sets_once": lambda s: [Part(s, 4)],
    "interlaced": lambda s: [Part(_with(replace(s, preset="veryfast"), interlaced="1"), 4)],
    "one_fps": lambda s: [Part(s, 12, (TICKS_PER_SECOND,))],
}
