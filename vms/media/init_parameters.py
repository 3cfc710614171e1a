"""Reading the parameter sets back from an init segment."""

from vms.kernel.errors import VmsError
from vms.media import h264, h265
from vms.media.boxes import walk
from vms.media.video_format import Codec, VideoFormat

_TO_SAMPLE_ENTRY = (b"moov", b"trak", b"mdia", b"minf", b"stbl", b"stsd")
_STSD_HEAD_BYTES = 8  # version with flags, number of entries
_ENTRY_HEAD_BYTES = 78  # of a VisualSampleEntry (ISO/IEC 14496-12 §12.1.3)
_CONFIGURATION: dict[bytes, tuple[Codec, bytes]] = {b"avc1": ("h264", b"avcC"), b"hvc1": ("h265", b"hvcC")}


def parameter_sets_of(init: bytes) -> tuple[Codec, list[bytes]]:
    """The codec, with its parameter sets in the order a decoder wants them.

    Reads what `init_segment.build` writes (one video track); ValueError for anything else.
    """
    start, end = 0, len(init)
    for kind in _TO_SAMPLE_ENTRY:
        start, end = _inside(init, start, end, kind)
    for entry in walk(init, start + _STSD_HEAD_BYTES, end):
        if entry.type in _CONFIGURATION:
            codec, kind = _CONFIGURATION[entry.type]
            body = slice(*_inside(init, entry.payload_offset + _ENTRY_HEAD_BYTES, entry.end, kind))
            return codec, (_of_avcc if codec == "h264" else _of_hvcc)(init[body])
    raise ValueError("no sample entry of a codec we know")


def video_format_of(init: bytes) -> VideoFormat:
    """What the init segment tells of its pictures; ValueError as `parameter_sets_of`."""
    codec, sets = parameter_sets_of(init)
    kinds: dict[int, list[bytes]] = {}
    for nal in sets:
        kinds.setdefault(h264.nal_type(nal) if codec == "h264" else h265.nal_type(nal), []).append(nal)
    try:
        if codec == "h264":
            return h264.parse(kinds.get(h264.NalType.SPS, []), kinds.get(h264.NalType.PPS, []))
        types = (h265.NalType.VPS, h265.NalType.SPS, h265.NalType.PPS)
        return h265.parse(*(kinds.get(kind, []) for kind in types))
    except VmsError as err:
        raise ValueError("unreadable parameter sets") from err


def _inside(init: bytes, start: int, end: int, kind: bytes) -> tuple[int, int]:
    for box in walk(init, start, end):
        if box.type == kind:
            return box.payload_offset, box.end
    raise ValueError(f"no {kind.decode()} box")


def _of_avcc(body: bytes) -> list[bytes]:
    """ISO/IEC 14496-15 §5.3.3.1.2: SPS behind 5 bytes, then PPS."""
    try:
        sps, at = _counted(body, 6, body[5] & 0x1F)
        pps, _ = _counted(body, at + 1, body[at])
    except IndexError as err:
        raise ValueError("an avcC is torn") from err
    return sps + pps


def _of_hvcc(body: bytes) -> list[bytes]:
    """ISO/IEC 14496-15 §8.3.3.1.2: arrays behind 22 bytes, each with its type and count."""
    sets: list[bytes] = []
    try:
        at = 23
        for _ in range(body[22]):
            found, at = _counted(body, at + 3, int.from_bytes(body[at + 1 : at + 3], "big"))
            sets += found
    except IndexError as err:
        raise ValueError("an hvcC is torn") from err
    return sets


def _counted(body: bytes, at: int, count: int) -> tuple[list[bytes], int]:
    """`count` sets, each behind its length in 2 bytes; with where they end."""
    sets = []
    for _ in range(count):
        size = int.from_bytes(body[at : at + 2], "big")
        nal = body[at + 2 : at + 2 + size]
        if not size or len(nal) != size:
            raise ValueError("a parameter set is torn")
        sets.append(nal)
        at += 2 + size
    return sets, at
