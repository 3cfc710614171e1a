"""Loss, repetition or restart told by RTP sequence numbers (RFC 3550 A.1)."""

MAX_DROPOUT = 3000
MAX_MISORDER = 100

LATE = -1  # repeated, or older than what was taken already
STRANGE = -2  # far from the line; another like it makes a new line
RESTARTED = -3  # the second of two in a row on a new line


class SequenceTracker:
    """Follows one sender's numbers. `expected` is the next number, None before the first packet."""

    def __init__(self) -> None:
        self.expected: int | None = None
        self.received = 0
        self.lost = 0
        self.cycles = 0
        self._strange_next: int | None = None

    def take(self, sequence: int) -> int:
        """Judge the next packet: how many are missing before it (0: in order), or LATE, STRANGE, RESTARTED."""
        if sequence == self.expected:
            self.received += 1
            self._advance(sequence)
            return 0
        if self.expected is None:
            self.received += 1
            self.expected = (sequence + 1) & 0xFFFF
            return 0
        ahead = (sequence - self.expected) & 0xFFFF
        if ahead < MAX_DROPOUT:
            self.received += 1
            self.lost += ahead
            self._advance(sequence)
            return ahead
        if ahead >= 0x10000 - MAX_MISORDER:
            return LATE
        if sequence != self._strange_next:
            self._strange_next = (sequence + 1) & 0xFFFF
            return STRANGE
        self.received += 1
        self._advance(sequence)
        return RESTARTED

    def step(self) -> None:
        """Note the expected packet, which the caller compared itself."""
        self.received += 1
        self.expected = following = ((self.expected or 0) + 1) & 0xFFFF
        if following == 1:
            self.cycles += 1

    def take_run(self, count: int) -> None:
        """Note `count` packets in order without wrapping, which the caller compared itself."""
        self.received += count
        self.expected = ((self.expected or 0) + count) & 0xFFFF

    @property
    def highest_extended(self) -> int:
        """The highest number taken, with its wraps in the upper 16 bits (RFC 3550 §6.4.1)."""
        return (self.cycles << 16 | (((self.expected or 0) - 1) & 0xFFFF)) & 0xFFFFFFFF

    def _advance(self, sequence: int) -> None:
        if self.expected is not None and (sequence - self.expected) & 0xFFFF < 0x8000 and sequence < self.expected:
            self.cycles += 1
        self.expected = (sequence + 1) & 0xFFFF
        self._strange_next = None
