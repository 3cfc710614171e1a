"""Which of several senders on one channel is the camera's encoder (RFC 3550 §8.2)."""

from recorder.rtp.packet import RtpPacket

_STAMPS_TO_SWITCH = 4  # pictures of another sender without one of ours between them
MAX_HELD_BYTES = 2 << 20
MAX_HELD_PACKETS = 4096


class SenderChoice:
    """Keeps one SSRC; holds packets of another until it is clear that it has taken over.

    A new SSRC alone is an encoder that restarted: its packets must not be lost. Two in turn are a session
    that the camera
    forgot to end: the foreign packets must never get in. What is held is bounded; beyond that it is let go.
    """

    def __init__(self, hint: int | None = None) -> None:
        self.ssrc: int | None = None
        self._hint = hint
        self._candidate: int | None = None
        self._stamps = 0
        self._last_stamp = -1
        self._held: list[RtpPacket] = []
        self._held_bytes = 0
        self._said_goodbye = False
        self.foreign_packets = 0

    def take(self, packet: RtpPacket) -> list[RtpPacket]:
        """Packets to go on with, in order; empty while it is open whose they are. `ssrc` has then changed or not."""
        if self.ssrc is None or packet.ssrc == self.ssrc:
            self.ssrc = packet.ssrc
            self.confirm()
            return [packet]
        if packet.ssrc != self._candidate:
            self._forget()
            self._candidate = packet.ssrc
        if packet.timestamp != self._last_stamp:
            self._last_stamp = packet.timestamp
            self._stamps += 1
        self._hold(packet)
        has_won = self._stamps >= _STAMPS_TO_SWITCH or self._said_goodbye or packet.ssrc == self._hint
        return self._switch() if has_won else []

    def confirm(self) -> None:
        """A packet of our sender came."""
        if self._candidate is not None:
            self._forget()
        self._said_goodbye = False

    def goodbye(self) -> None:
        """Our sender announced its end: another may take over at once."""
        self._said_goodbye = True

    def _hold(self, packet: RtpPacket) -> None:
        self._held.append(packet)
        self._held_bytes += len(packet.payload)
        if self._held_bytes > MAX_HELD_BYTES or len(self._held) > MAX_HELD_PACKETS:
            self.foreign_packets += len(self._held)
            self._held.clear()
            self._held_bytes = 0

    def _switch(self) -> list[RtpPacket]:
        packets, self._held = self._held, []
        self.ssrc = self._candidate
        self._forget()
        self._said_goodbye = False
        return packets

    def _forget(self) -> None:
        self.foreign_packets += len(self._held)
        self._candidate = None
        self._held = []
        self._held_bytes = 0
        self._stamps = 0
        self._last_stamp = -1
