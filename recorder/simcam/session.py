"""What one client has set up: tracks, where they go, how long it may be silent."""

import secrets
from dataclasses import dataclass, field

from recorder.simcam.audio import Hum
from recorder.simcam.feed import Feed
from recorder.simcam.player import Player
from recorder.simcam.transport import Transport


@dataclass(eq=False, slots=True)
class Session:
    """One RTSP session (RFC 2326 §3.4); `transports` by track number."""

    feed: Feed
    timeout_s: int
    last_sign_s: float
    id: str = field(default_factory=lambda: f"{secrets.randbelow(10**8):08d}")
    transports: dict[int, Transport] = field(default_factory=dict)
    player: Player | None = None
    hum: Hum | None = None
    is_playing: bool = False

    def is_expired(self, now_s: float) -> bool:
        """Whether the client was silent for too long."""
        return now_s - self.last_sign_s > self.timeout_s

    def play(self) -> None:
        """Begin or go on."""
        if not self.is_playing and self.player is not None:
            self.is_playing = True
            self.feed.join(self.player)

    def pause(self) -> None:
        """Stop for now."""
        if self.is_playing and self.player is not None:
            self.is_playing = False
            self.feed.leave(self.player)

    def close(self) -> None:
        """Stop for good."""
        self.pause()
        for transport in self.transports.values():
            transport.close()
        self.transports.clear()
