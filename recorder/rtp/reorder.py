"""Order restored among packets that came by UDP."""

RESET_AFTER_OLD = 64  # so many old packets in a row mean that the sender counts anew


class ReorderBuffer:
    """Holds up to `depth` early packets until the missing one comes or the buffer is full.

    Repetitions are dropped. Bounded: `depth` packets of at most 64 KiB.
    """

    def __init__(self, depth: int = 64) -> None:
        self._depth = depth
        self._next: int | None = None
        self._held: dict[int, bytes] = {}
        self._old_in_a_row = 0
        self.repeated = 0

    def push(self, sequence: int, packet: bytes) -> list[bytes]:
        """Take one packet; returns those that are now in order (gaps are given up only when the buffer is full)."""
        if self._next is None:
            self._next = sequence
        ahead = (sequence - self._next) & 0xFFFF
        if ahead >= 0x8000:
            return self._old(sequence, packet)
        self._old_in_a_row = 0
        if sequence in self._held:
            self.repeated += 1
            return []
        self._held[sequence] = packet
        if ahead >= self._depth or len(self._held) > self._depth:
            self._next = min(self._held, key=self._distance)
        return self._in_order()

    def flush(self) -> list[bytes]:
        """Everything held, in order, gaps or not."""
        packets = [self._held[sequence] for sequence in sorted(self._held, key=self._distance)]
        if self._held:
            self._next = (max(self._held, key=self._distance) + 1) & 0xFFFF
            self._held.clear()
        return packets

    def _distance(self, sequence: int) -> int:
        return (sequence - (self._next or 0)) & 0xFFFF

    def _in_order(self) -> list[bytes]:
        ready: list[bytes] = []
        sequence = self._next or 0
        while (packet := self._held.pop(sequence, None)) is not None:
            ready.append(packet)
            sequence = (sequence + 1) & 0xFFFF
        self._next = sequence
        return ready

    def _old(self, sequence: int, packet: bytes) -> list[bytes]:
        self._old_in_a_row += 1
        if self._old_in_a_row < RESET_AFTER_OLD:
            self.repeated += 1
            return []
        ready = self.flush()
        self._old_in_a_row = 0
        self._next = (sequence + 1) & 0xFFFF
        return [*ready, packet]
