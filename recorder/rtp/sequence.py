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
            self.take_run(1)
            self._strange_next = None
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

    def take_run(self, count: int) -> None:
        """Note `count` packets in order, which the caller compared itself; only the last may be number 65535."""
        self.received += count
        following = (self.expected or 0) + count
        if following > 0xFFFF:
            following = 0
            self.cycles += 1
        self.expected = following

    @property
    def highest_extended(self) -> int:
        """The highest number taken, with its wraps in the upper 16 bits (RFC 3550 §6.4.1)."""
        return ((self.cycles << 16) + (self.expected or 0) - 1) & 0xFFFFFFFF

    def _advance(self, sequence: int) -> None:
        following = (sequence + 1) & 0xFFFF
        if following < (self.expected or 0):
            self.cycles += 1
        self.expected = following
        self._strange_next = None
