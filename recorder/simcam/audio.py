"""A quiet hum as a second track (PCMU, RFC 3551 §4.5.14), paced by the pictures."""

import math
import secrets

from recorder.simcam.packet import RtpPacket
from recorder.simcam.transport import Transport

_RATE_HZ = 8000
_PACKET_SAMPLES = 160  # 20 ms
_MAX_CATCH_UP = 50
_PAYLOAD_TYPE = 0


class Hum:
    """Sends the 20 ms packets that are due whenever it is asked."""

    def __init__(self, transport: Transport, now_s: float) -> None:
        self.transport = transport
        self._start_s = now_s
        self._ssrc = secrets.randbits(32)
        self._first_sequence = secrets.randbits(16)
        self._sent = 0
        self._samples = bytes(_mu_law(900 * math.sin(2 * math.pi * n / 40)) for n in range(_PACKET_SAMPLES))

    def catch_up(self, now_s: float) -> None:
        """Send all packets due by `now_s` (event loop's time), at most a second's worth."""
        due = int((now_s - self._start_s) * _RATE_HZ / _PACKET_SAMPLES)
        self._sent = max(self._sent, due - _MAX_CATCH_UP)
        while self._sent < due:
            packet = RtpPacket(
                self._samples, self._sent == 0, self._first_sequence + self._sent,
                self._sent * _PACKET_SAMPLES, self._ssrc, _PAYLOAD_TYPE,
            )  # fmt: skip
            self.transport.send_pieces([packet])
            self._sent += 1


def _mu_law(sample: float) -> int:
    """One sample by ITU-T G.711, continuous form."""
    share = math.copysign(math.log1p(255 * min(1.0, abs(sample) / 32768)) / math.log(256), sample)
    code = round(abs(share) * 127)
    return (0x7F if share < 0 else 0xFF) - code
