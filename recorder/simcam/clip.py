"""A clip held in memory as coded units, to be sent in a loop without encoding."""

from collections.abc import Sequence
from pathlib import Path

import av
from av.bitstream import BitStreamFilterContext

from recorder.simcam.coded_unit import CodedUnit
from recorder.simcam.encoder import TICKS_PER_SECOND
from recorder.simcam.nal import SYNTAX, split_annex_b
from vms.kernel.errors import Kind, VmsError
from vms.media.video_format import Codec

MAX_CLIP_BYTES = 2 << 30
_CODECS: dict[str, Codec] = {"h264": "h264", "hevc": "h265"}
_FILTERS: dict[Codec, str] = {"h264": "h264_mp4toannexb", "h265": "hevc_mp4toannexb"}


class Clip:
    """Units of one loop with times from 0; unit n of the endless loop is unit n mod `len(units)`.

    `parameter_sets` are those in force at the start (VPS, SPS, PPS).
    """

    def __init__(
        self, units: Sequence[CodedUnit], width: int, height: int, duration_90k: int,
        parameter_sets: tuple[bytes, ...],
    ) -> None:  # fmt: skip
        if not units or not units[0].is_sync:
            raise VmsError(Kind.INVALID, "clip_invalid", "The clip must begin with a key frame. Encode it anew.")
        self.units = tuple(units)
        self.codec = units[0].codec
        self.width, self.height = width, height
        self.duration_90k = duration_90k
        self.parameter_sets = parameter_sets
        self.fps = len(units) * TICKS_PER_SECOND / duration_90k
        size_bytes = sum(unit.payload_bytes for unit in units)
        self.bitrate_kbps = round(size_bytes * 8 * TICKS_PER_SECOND / duration_90k / 1000)
        self._syncs = [index for index, unit in enumerate(units) if unit.is_sync]

    @classmethod
    def load(cls, path: Path) -> "Clip":
        """Read a whole file (H.264 or H.265, any container libav knows).

        Raises VmsError(INVALID, `clip_invalid`) when it holds no such video or is larger than 2 GiB.
        """
        try:
            if path.stat().st_size > MAX_CLIP_BYTES:
                raise VmsError(Kind.INVALID, "clip_invalid", "The clip is larger than 2 GiB. Cut it.")
            with av.open(str(path)) as container:
                return _read(container)
        except (av.FFmpegError, OSError, IndexError) as err:
            raise VmsError(
                Kind.INVALID, "clip_invalid", "The clip cannot be read as H.264 or H.265 video. Convert it first."
            ) from err

    def unit_at(self, number: int) -> CodedUnit:
        """Unit `number` of the endless loop."""
        return self.units[number % len(self.units)]

    def loop_90k(self, number: int) -> int:
        """What to add to the times of unit `number` so that they go on over the loop."""
        return number // len(self.units) * self.duration_90k

    def next_sync(self, number: int) -> int:
        """First unit from `number` on at which a decoder can begin."""
        loops, inside = divmod(number, len(self.units))
        for index in self._syncs:
            if index >= inside:
                return loops * len(self.units) + index
        return (loops + 1) * len(self.units)

    def digests(self) -> list[str]:
        """SHA-256 of each unit of one loop, as an archive should hold it: compare with what was recorded."""
        return [unit.digest for unit in self.units]


def _read(container: av.container.InputContainer) -> Clip:
    stream = container.streams.video[0]
    codec = _CODECS.get(stream.codec_context.name)
    if codec is None:
        raise VmsError(Kind.INVALID, "clip_invalid", "The clip is neither H.264 nor H.265. Convert it first.")
    syntax = SYNTAX[codec]
    to_annex_b = BitStreamFilterContext(_FILTERS[codec], stream)
    units: list[CodedUnit] = []
    sets: tuple[bytes, ...] = ()
    start_90k, end_90k = None, 0
    for packet in container.demux(stream):
        for filtered in to_annex_b.filter(packet if packet.size else None):
            nals = [n for n in split_annex_b(bytes(filtered)) if syntax.type_of(n) not in syntax.unstored]
            sets = syntax.sets_in(nals) or sets
            base = filtered.time_base or stream.time_base
            assert base is not None
            assert filtered.pts is not None
            assert filtered.dts is not None
            pts, dts = (round(t * base * TICKS_PER_SECOND) for t in (filtered.pts, filtered.dts))
            start_90k = dts if start_90k is None else start_90k
            unit = CodedUnit(codec, _with_sets(nals, sets, codec), pts - start_90k, dts - start_90k)
            end_90k = unit.dts_90k + round((filtered.duration or 0) * base * TICKS_PER_SECOND)
            units.append(unit)
    if len(units) > 1 and end_90k <= units[-1].dts_90k:
        end_90k = 2 * units[-1].dts_90k - units[-2].dts_90k
    first_sets = syntax.sets_in(units[0].nals)
    return Clip(units, stream.width, stream.height, max(end_90k, 1), first_sets)


def _with_sets(nals: list[bytes], sets: tuple[bytes, ...], codec: Codec) -> tuple[bytes, ...]:
    syntax = SYNTAX[codec]
    if not syntax.is_sync(nals):
        return tuple(nals)
    rest = tuple(nal for nal in nals if not syntax.is_parameter_set(nal))
    return (syntax.sets_in(nals) or sets) + rest
