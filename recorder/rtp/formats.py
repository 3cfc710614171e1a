"""Parameter sets in force, with the VideoFormat they make."""

from collections.abc import Iterable

from recorder.rtp.nal_rules import NalRules
from recorder.rtp.units import MAX_SET_BYTES, PREFIX_BYTES
from vms.kernel.errors import VmsError
from vms.media import h264, h265
from vms.media.bits import BitReader
from vms.media.h264_sps import read_sps as read_h264_sps
from vms.media.h265_sps import read_sps as read_h265_sps
from vms.media.video_format import VideoFormat

_MAX_REMEMBERED = 8  # formats a camera may alternate between and still get the same objects
_MAX_SETS = {"vps": 16, "sps": 16, "pps": 64}
_H264_NAMES = {7: "sps", 8: "pps"}
_H265_NAMES = {32: "vps", 33: "sps", 34: "pps"}

Sets = dict[str, dict[int, bytes]]


class FormatTracker:
    """Keeps parameter sets by id; sets from pictures win over those of the SDP, kind by kind.

    The same sets always give the same VideoFormat object while few enough alternate. Sets that cannot be
    read are ignored,
    so that a damaged one does not end a good format.
    """

    def __init__(self, rules: NalRules) -> None:
        self._rules = rules
        self._names = _H264_NAMES if rules.codec == "h264" else _H265_NAMES
        self._from_sdp: Sets = {name: {} for name in self._names.values()}
        self._in_band: Sets = {name: {} for name in self._names.values()}
        self._in_force: set[bytes] = set()
        self._remembered: dict[tuple[tuple[bytes, ...], ...], VideoFormat | None] = {}
        self._is_changed = False
        self._active_pps: int | None = None
        self._format: VideoFormat | None = None
        self.is_interlaced = False

    def offer(self, nals: Iterable[bytes], *, is_from_sdp: bool = False) -> None:
        """Note parameter sets as they come; others are ignored."""
        for nal in nals:
            if nal in self._in_force and not is_from_sdp:
                continue
            self._note(nal, self._from_sdp if is_from_sdp else self._in_band)

    def format_for(self, first_slice: bytes, *, is_sync: bool) -> VideoFormat | None:
        """The format of a picture whose first slice (behind its length) is given; None while sets are missing."""
        if is_sync and len(self._sets("sps")) > 1:
            self._note_active(first_slice)
        if self._is_changed:
            self.resolve()
        return self._format

    def resolve(self) -> bool:
        """Bring new sets into force; returns whether pictures may come as two fields."""
        if self._is_changed:
            self._is_changed = False
            self._resolve()
        return self.is_interlaced

    def _note(self, nal: bytes, into: Sets) -> None:
        name = self._names.get(self._rules.type_of(nal)) if nal else None
        if name is None or len(nal) > MAX_SET_BYTES:
            return
        try:
            identity = self._identity(name, nal)
        except ValueError:
            return
        held = into[name]
        if len(held) >= _MAX_SETS[name] and identity not in held:
            return
        held[identity] = nal
        self._is_changed = True

    def _identity(self, name: str, nal: bytes) -> int:
        """The set's own id; ValueError when it is no such set."""
        if name == "sps":
            return (read_h264_sps if self._rules.codec == "h264" else read_h265_sps)(nal).id
        bits = BitReader(nal[self._rules.header_bytes : 32])
        return bits.read(4) if name == "vps" else bits.ue(255)

    def _sets(self, name: str) -> dict[int, bytes]:
        return self._in_band.get(name) or self._from_sdp.get(name) or {}

    def _note_active(self, first_slice: bytes) -> None:
        """Several SPS: the picture's PPS tells which one counts (H.264 §7.4.3, H.265 §7.4.7.1)."""
        try:
            bits = BitReader(first_slice[PREFIX_BYTES + self._rules.header_bytes : 32])
            if self._rules.codec == "h264":
                bits.ue()
                bits.ue()
            else:
                bits.skip(2)  # first slice, no output of prior pictures: both there in an IRAP picture
            pps = bits.ue(255)
        except ValueError:
            return
        if pps != self._active_pps:
            self._active_pps = pps
            self._is_changed = True

    def _resolve(self) -> None:
        pps = sorted(self._sets("pps").items(), key=lambda item: (item[0] != self._active_pps, item[0]))
        key = (
            tuple(nal for _, nal in sorted(self._sets("vps").items())),
            tuple(nal for _, nal in sorted(self._sets("sps").items())),
            tuple(nal for _, nal in pps),
        )
        if key not in self._remembered:
            if len(self._remembered) >= _MAX_REMEMBERED:
                del self._remembered[next(iter(self._remembered))]
            self._remembered[key] = self._parse(*key)
        found = self._remembered[key]
        if found is not None:
            self._format = found
            self._in_force = {nal for held in self._in_band.values() for nal in held.values()}
            self.is_interlaced = self._rules.codec == "h264" and not _is_progressive(found)

    def _parse(self, vps: tuple[bytes, ...], sps: tuple[bytes, ...], pps: tuple[bytes, ...]) -> VideoFormat | None:
        try:
            return h264.parse(sps, pps) if self._rules.codec == "h264" else h265.parse(vps, sps, pps)
        except VmsError:
            return None


def _is_progressive(video: VideoFormat) -> bool:
    try:
        return h264.active_sps(video.sps, video.pps).frame_mbs_only
    except VmsError:
        return True
