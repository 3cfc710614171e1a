"""Where the pictures of one stream come from, seen by those who play it."""

from typing import Protocol

from recorder.simcam.player import Player
from vms.media.video_format import Codec


class Feed(Protocol):
    """Pictures of one stream for any number of players. Event loop's thread only."""

    codec: Codec
    fps: float

    async def parameter_sets(self) -> tuple[bytes, ...]:
        """VPS, SPS, PPS for the description."""

    def join(self, player: Player) -> None:
        """Send to `player` from the next key picture on (which comes at once)."""

    def leave(self, player: Player) -> None:
        """Stop; a player that never joined is ignored."""
