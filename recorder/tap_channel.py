"""One stream's live pictures, for any number of readers."""

from typing import Protocol

from vms.media import tap
from vms.media.access_unit import AccessUnit
from vms.media.fragment import Fragment, InitSegment

GOP_BYTES = 6 * 1024 * 1024  # a longer group of pictures is not kept: new readers wait for the next key frame


class Reader(Protocol):
    """A connected subscriber."""

    want: tap.Want

    def send(self, message: bytes, *, is_sync: bool) -> None:
        """Queue a message, or drop it until the next key frame when the reader is too slow."""
        ...

    def notify(self, message: bytes) -> None:
        """Queue a short message that is never dropped."""
        ...

    def end(self) -> None:
        """Close the connection: nothing will come any more."""
        ...


class TapChannel:
    """Fans one stream out and keeps its last group of pictures.

    Pictures are packed only while somebody reads. Called on the event loop's thread.
    """

    def __init__(self) -> None:
        self._unit_readers: set[Reader] = set()
        self._fragment_readers: set[Reader] = set()
        self._init: InitSegment | None = None
        self._gop: list[tuple[AccessUnit, int]] = []
        self._gop_bytes = 0
        self._fragments: list[tuple[Fragment, int]] = []

    @property
    def readers(self) -> int:
        """How many subscribers are connected."""
        return len(self._unit_readers) + len(self._fragment_readers)

    def join(self, reader: Reader) -> None:
        """Send the last group of pictures to `reader`, then everything that follows."""
        if reader.want == "access_units":
            self._unit_readers.add(reader)
            for unit, wall_us in self._gop:
                reader.send(_pack_unit(unit, wall_us), is_sync=unit.is_sync)
            return
        self._fragment_readers.add(reader)
        for fragment, wall_us in self._fragments:
            reader.send(self._pack_fragment(fragment, wall_us), is_sync=fragment.is_sync)

    def leave(self, reader: Reader) -> None:
        """Forget `reader`."""
        self._unit_readers.discard(reader)
        self._fragment_readers.discard(reader)

    def end(self) -> None:
        """The stream is no more (or will be opened anew): readers come again and are told."""
        for reader in self._unit_readers | self._fragment_readers:
            reader.end()

    def publish_unit(self, unit: AccessUnit, wall_us: int) -> None:
        """See `LiveReaders.publish_unit`."""
        if unit.is_sync:
            self._gop, self._gop_bytes = [], 0
        self._gop_bytes += len(unit.data)
        if self._gop_bytes > GOP_BYTES:
            self._gop = []
        elif self._gop or unit.is_sync:
            self._gop.append((unit, wall_us))
        if self._unit_readers:
            message = _pack_unit(unit, wall_us)
            for reader in self._unit_readers:
                reader.send(message, is_sync=unit.is_sync)

    def publish_init(self, init: InitSegment) -> None:
        """See `LiveReaders.publish_init`."""
        self._init = init
        self._fragments = []

    def publish_fragment(self, fragment: Fragment, wall_us: int) -> None:
        """See `LiveReaders.publish_fragment`. Shares the pictures' bytes with the group of pictures."""
        if fragment.is_sync:
            self._fragments = []
        if self._fragments or fragment.is_sync:
            self._fragments.append((fragment, wall_us))
        if sum(kept.size_bytes for kept, _ in self._fragments) > GOP_BYTES:
            self._fragments = []
        if self._fragment_readers:
            message = self._pack_fragment(fragment, wall_us)
            for reader in self._fragment_readers:
                reader.send(message, is_sync=fragment.is_sync)

    def publish_discontinuity(self, reason: str) -> None:
        """See `LiveReaders.publish_discontinuity`."""
        self._gop, self._gop_bytes, self._fragments = [], 0, []
        message = tap.pack_json({"event": "discontinuity", "reason": reason})
        for reader in self._unit_readers | self._fragment_readers:
            reader.notify(message)

    def _pack_fragment(self, fragment: Fragment, wall_us: int) -> bytes:
        flags = tap.UnitFlag.SYNC if fragment.is_sync else 0
        data = b"".join(fragment.buffers)
        message = tap.pack_fragment(tap.LiveFragment(fragment.start_90k, wall_us, fragment.duration_90k, flags, data))
        return tap.pack_init(self._init) + message if fragment.is_sync and self._init else message


def _pack_unit(unit: AccessUnit, wall_us: int) -> bytes:
    message = tap.pack_unit(unit, wall_us)
    return tap.pack_format(unit.format) + message if unit.is_sync else message
