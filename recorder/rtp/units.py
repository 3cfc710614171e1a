"""Where one coded picture ends in a row of NAL units, and the next begins."""

from collections.abc import Callable
from dataclasses import dataclass, field

from recorder.rtp.nal_rules import Kind, NalRules

MAX_UNIT_BYTES = 8 << 20
MAX_UNIT_NALS = 512
MAX_SET_BYTES = 16_384  # a parameter set that is larger is junk: real ones have some hundred bytes
MAX_UNIT_AGE_US = 2_000_000
TRUSTED_AFTER = 10  # pictures whose marker was confirmed by what followed
PREFIX_BYTES = 4

# Looked up once: access through the enumeration is slow enough to be seen in the bill.
_SLICE, _FILLER, _UNKNOWN, _TRAILER = Kind.SLICE, Kind.FILLER, Kind.UNKNOWN, Kind.TRAILER


@dataclass(slots=True)
class Picture:
    """NAL units of one picture, each behind its length in 4 bytes. `sets`: parameter sets, bare, that came before it.

    `is_broken`: a part is missing. `follows_loss`: packets were lost before it, so it may refer to what never came.
    """

    nals: list[bytes] = field(default_factory=list)
    sets: list[bytes] = field(default_factory=list)
    stamp: int = 0
    arrival_us: int = 0
    size_bytes: int = 0
    slice_type: int = -1  # NAL type of its first slice, -1 without one
    first_slice: bytes = b""
    fields: int = 0
    is_marked: bool = False
    is_broken: bool = False
    follows_loss: bool = False


class UnitAssembler:
    """Collects NAL units into pictures (H.264 §7.4.1.2.3, H.265 §7.4.2.4.4, RFC 6184 §5.1).

    A picture ends at a new time stamp, at a slice that starts another, or at a NAL unit that can only precede
    slices. The RTP marker ends it at once, but only once it was right ten times: some cameras never set it, some set it
    on every packet. Call `begin`, then `add` for each NAL unit, then `end`, once per packet. Memory is
    bounded: 8 MiB, 512 NAL units; beyond that the picture is broken and its bytes are let go. So are parameter sets of
    more than 16 KiB.
    """

    def __init__(
        self,
        rules: NalRules,
        on_picture: Callable[[Picture], None],
        on_sets: Callable[[list[bytes]], None],
        on_whole: Callable[[bytes, int, int, int], None],
    ) -> None:
        self._shift, self._mask, self._kinds = rules.shift, rules.mask, rules.kinds
        self._slice_at = PREFIX_BYTES + rules.header_bytes
        self._on_picture = on_picture
        self._on_sets = on_sets
        self._on_whole = on_whole
        self._markers_confirmed = 0
        self._has_lied = False
        self.is_interlaced = False
        self.arrival_us = 0
        self.reset()

    def reset(self) -> None:
        """Let go of everything: another sender begins."""
        self._unit = Picture()
        self._ahead: Picture | None = None
        self._stamp = -1
        self._closed_stamp = -1
        self._last_kind = Kind.UNKNOWN
        self._is_start_uncertain = True
        self._follows_loss = False

    @property
    def trusts_markers(self) -> bool:
        """Whether a picture ends with the marker, without waiting for what follows."""
        return self._markers_confirmed >= TRUSTED_AFTER and not self._has_lied and not self.is_interlaced

    def begin(self, stamp: int, *, is_after_loss: bool) -> None:
        """Start a packet with this time stamp."""
        if is_after_loss:
            self._note_loss(stamp)
        if stamp == self._stamp:
            return
        unit = self._unit
        if unit.slice_type >= 0 or unit.is_broken:
            if unit.is_marked:
                self._markers_confirmed += 1
            self._finish()
        self._stamp = stamp

    def add(self, framed: bytes) -> None:
        """Take one NAL unit behind its 4-byte length."""
        nal_type = framed[PREFIX_BYTES] >> self._shift & self._mask
        kind = self._kinds[nal_type]
        if kind is _UNKNOWN or kind is _FILLER:
            return
        self._last_kind = kind
        if kind is _SLICE:
            self._add_slice(framed, nal_type)
        elif kind is _TRAILER:
            self._keep(self._unit, framed)
        else:
            self._add_opener(framed, kind)

    def take_whole(self, framed: bytes) -> bool:
        """Take a NAL unit that ends with the marker, when it alone is a picture; False when `add` must judge it."""
        unit = self._unit
        nal_type = framed[PREFIX_BYTES] >> self._shift & self._mask
        if (
            unit.nals or unit.sets or unit.is_broken or self._follows_loss or self._is_start_uncertain
            or self._kinds[nal_type] is not _SLICE or framed[self._slice_at] < 0x80 or not self.trusts_markers
        ):  # fmt: skip
            return False
        self._last_kind = Kind.UNKNOWN  # nothing is left that the marker could end
        self._closed_stamp = self._stamp
        self._on_whole(framed, self._stamp, self.arrival_us, nal_type)
        return True

    def end(self) -> None:
        """End a packet with the marker set that did not stop in the middle of a NAL unit."""
        if self._last_kind is not _SLICE and self._last_kind is not _TRAILER:
            return  # a unit may not end on parameter sets or SEI, whatever the marker says
        unit = self._unit
        if unit.slice_type >= 0 or unit.is_broken:
            unit.is_marked = True
            if self.trusts_markers:
                self._finish()

    def damage(self) -> None:
        """A part of the current picture is missing or makes no sense."""
        unit = self._unit
        if unit.slice_type < 0:
            unit.stamp, unit.arrival_us = self._stamp, self.arrival_us
        unit.is_broken = True
        self._last_kind = Kind.SLICE

    def flush(self, *, older_than_us: int | None = None) -> None:
        """Hand on the picture that waits for its end, when it is older than a moment or at the end of all."""
        unit = self._unit
        if unit.slice_type >= 0 and (older_than_us is None or unit.arrival_us < older_than_us):
            self._finish()

    def _note_loss(self, next_stamp: int) -> None:
        unit = self._unit
        if unit.slice_type >= 0:
            if unit.is_marked and next_stamp != unit.stamp and not self._has_lied:
                self._finish()  # it was whole
            else:
                unit.is_broken = True
        self._follows_loss = True
        self._is_start_uncertain = True

    def _add_slice(self, framed: bytes, nal_type: int) -> None:
        at = self._slice_at
        if len(framed) <= at:
            self.damage()
            return
        is_start = framed[at] > 0x7F
        unit = self._unit
        if unit.slice_type >= 0:
            if is_start:
                unit = self._join_or_begin()
            elif unit.is_marked:
                self._has_lied, unit.is_marked = True, False
            elif self._ahead is not None:
                unit.is_broken = True  # a delimiter, then the middle of a picture: its start was lost
        if unit.slice_type < 0:
            self._open(unit, framed, nal_type, is_start=is_start)
        unit.arrival_us = self.arrival_us
        self._keep(unit, framed)

    def _open(self, unit: Picture, framed: bytes, nal_type: int, *, is_start: bool) -> None:
        if unit.sets:
            self._pass_sets(unit)
        if not is_start and self._stamp == self._closed_stamp and not self._is_start_uncertain:
            self._has_lied = True  # the picture went on after the marker that closed it
            unit.is_broken = True
        if not is_start and self._is_start_uncertain:
            unit.is_broken = True
        unit.stamp = self._stamp
        unit.slice_type = nal_type
        unit.first_slice = framed
        unit.fields = 1
        unit.follows_loss = self._follows_loss
        self._is_start_uncertain = self._follows_loss = False

    def _join_or_begin(self) -> Picture:
        """A second field of the same time stamp belongs to the picture (H.264 §7.4.1.2.4); all else begins one."""
        unit = self._unit
        if self.is_interlaced and unit.fields == 1 and unit.stamp == self._stamp:
            unit.fields = 2
            unit.is_marked = False
            if self._ahead is not None:
                unit.nals += self._ahead.nals
                self._pass_sets(self._ahead)
                self._ahead = None
            return unit
        if unit.is_marked:
            self._markers_confirmed += 1
        self._finish()
        return self._unit

    def _add_opener(self, framed: bytes, kind: Kind) -> None:
        unit = self._unit
        if unit.slice_type >= 0:
            if self.is_interlaced and unit.fields == 1:
                if self._ahead is None:
                    self._ahead = Picture()
                unit = self._ahead
            else:
                self._finish()
                unit = self._unit
        if kind is Kind.INFO:
            self._keep(unit, framed)
        elif kind is Kind.PARAMETER_SET and len(unit.sets) < MAX_UNIT_NALS and len(framed) <= MAX_SET_BYTES:
            unit.sets.append(framed[PREFIX_BYTES:])

    def _pass_sets(self, unit: Picture) -> None:
        """Tell of new sets before the picture is judged: they say whether a second field may follow."""
        sets, unit.sets = unit.sets, []
        if sets:
            self._on_sets(sets)

    def _keep(self, unit: Picture, framed: bytes) -> None:
        unit.nals.append(framed)
        unit.size_bytes += len(framed)
        if unit.size_bytes > MAX_UNIT_BYTES or len(unit.nals) > MAX_UNIT_NALS:
            unit.is_broken = True
            unit.nals.clear()
            unit.size_bytes = 0

    def _finish(self) -> None:
        unit = self._unit
        self._unit = self._ahead or Picture()
        self._ahead = None
        self._closed_stamp = unit.stamp
        if unit.sets:
            self._pass_sets(unit)
        self._on_picture(unit)
