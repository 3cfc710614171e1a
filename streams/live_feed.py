"""One live stream from the recorder's tap, shared by all its viewers."""

import asyncio
import json
import logging
import random
import struct
from collections.abc import Callable, Iterable
from contextlib import aclosing

from streams import tap_format
from streams.fragmenter import Fragmenter
from streams.live_items import Notice, Picture, Piece
from streams.tap_client import Messages
from streams.viewer import Viewer
from vms.kernel.errors import VmsError
from vms.media import tap
from vms.media.video_format import VideoFormat

log = logging.getLogger(__name__)

GOP_BYTES = 6 * 1024 * 1024  # as the recorder keeps: of a longer one, new viewers wait for the next key frame
GOP_PICTURES = 900
SILENCE_S = 3.0  # then a viewer is told that there is no picture
FIRST_PAUSE_S, LONGEST_PAUSE_S = 0.1, 2.0

OpenTap = Callable[[], Messages]


class LiveFeed:
    """Keeps one subscription alive, the last group of pictures at hand, every viewer served.

    `run` ends only by cancellation; when the recorder is away it comes back to it by itself. Pieces are made only
    while somebody wants them. On the event loop's thread.
    """

    def __init__(self, open_tap: OpenTap, label: str) -> None:
        self._open_tap = open_tap
        self._label = label
        self._picture_viewers: set[Viewer[Picture]] = set()
        self._piece_viewers: set[Viewer[Piece]] = set()
        self._format: VideoFormat | None = None
        self._format_body = b""
        self._gop: list[Picture] = []
        self._gop_bytes = 0
        self._fragmenter = Fragmenter()
        self._pieces: list[Piece] = []
        self._waiting: Notice | None = Notice("waiting", "connecting")
        self._last_s = 0.0
        self._has_dropped = False  # pictures came since the last look, but none that a viewer could begin with
        self._pause_s = FIRST_PAUSE_S
        self._has_begun = False

    @property
    def viewers(self) -> int:
        """How many are served."""
        return len(self._picture_viewers) + len(self._piece_viewers)

    @property
    def gop(self) -> list[Picture]:
        """The last group of pictures: its key frame, what followed; empty while there is none."""
        return self._gop

    def add_picture_viewer(self, viewer: Viewer[Picture]) -> None:
        """Serve whole access units, beginning with the last group of pictures."""
        self._picture_viewers.add(viewer)
        viewer.begin(self._gop)
        self._tell_state(viewer)

    def add_piece_viewer(self, viewer: Viewer[Piece]) -> None:
        """Serve fragments, beginning with the last group of pictures."""
        if not self._piece_viewers:
            self._fragmenter = Fragmenter()
            self._pieces = [piece for picture in self._gop for piece in self._fragmenter.add(picture)]
        self._piece_viewers.add(viewer)
        viewer.begin(self._pieces)
        self._tell_state(viewer)

    def remove(self, viewer: Viewer[Picture] | Viewer[Piece]) -> None:
        """Forget a viewer."""
        self._picture_viewers.discard(viewer)
        self._piece_viewers.discard(viewer)
        if not self._piece_viewers:
            self._pieces = []

    def end(self) -> None:
        """The server stops: all viewers are told by the end of their queue."""
        for viewer in self._all_viewers():
            viewer.end()

    async def run(self) -> None:
        """Follow the tap until cancelled."""
        watch = asyncio.create_task(self._watch(), name=f"silence of {self._label}")
        try:
            while True:
                code = await self.run_once()
                self._lose(code)
                await asyncio.sleep(self._pause_s * random.uniform(0.8, 1.2))  # noqa: S311 - spreads load
                self._pause_s = min(self._pause_s * 2, LONGEST_PAUSE_S)
        finally:
            watch.cancel()

    async def run_once(self) -> str:
        """One subscription from its start to its end; returns why it ended."""
        try:
            async with aclosing(self._open_tap()) as messages:
                async for kind, body in messages:
                    self._on_message(kind, body)
        except VmsError as err:
            return err.code
        except (ValueError, KeyError, TypeError, struct.error) as err:
            log.warning("live %s: the recorder's message makes no sense (%s)", self._label, type(err).__name__)
            return "recorder_garbled"
        return "recorder_away"

    def _on_message(self, kind: tap.Kind, body: bytes) -> None:
        if kind is tap.Kind.UNIT:
            self._on_unit(tap.read_unit(body))
        elif kind is tap.Kind.FORMAT:
            if body != self._format_body:
                self._format, self._format_body = tap_format.read_format(body), body
        elif kind is tap.Kind.JSON:
            self._on_event(json.loads(body))

    def _on_event(self, values: dict[str, object]) -> None:
        event = values.get("event")
        if event == "skipped":
            self._forget()
            self._tell(Notice("skipped"))
        elif event == "discontinuity":
            self._lose("camera_away", str(values.get("reason", ""))[:64])

    def _on_unit(self, unit: tap.Unit) -> None:
        if self._format is None or (not unit.is_sync and not self._has_begun):
            self._has_dropped = True
            return
        is_damaged = bool(unit.flags & tap.UnitFlag.DAMAGED)
        picture = Picture(self._format, unit.data, unit.pts_90k, unit.wall_us, unit.is_sync, is_damaged)
        self._last_s, self._has_dropped = asyncio.get_running_loop().time(), False
        self._waiting, self._pause_s, self._has_begun = None, FIRST_PAUSE_S, True
        self._keep(picture)
        for viewer in self._picture_viewers:
            viewer.put(picture)
        if self._piece_viewers:
            self._publish_pieces(self._fragmenter.add(picture))

    def _keep(self, picture: Picture) -> None:
        if picture.is_sync:
            self._gop, self._gop_bytes = [picture], len(picture.data)
            return
        self._gop_bytes += len(picture.data)
        if self._gop_bytes > GOP_BYTES or len(self._gop) >= GOP_PICTURES:
            self._gop = []
        elif self._gop:
            self._gop.append(picture)

    def _publish_pieces(self, pieces: Iterable[Piece]) -> None:
        for piece in pieces:
            if piece.is_sync:
                self._pieces = []
            if (self._pieces or piece.is_sync) and self._gop:
                self._pieces.append(piece)
            for viewer in self._piece_viewers:
                viewer.put(piece)
        if not self._gop:
            self._pieces = []  # the group is too long to be kept: its beginning without its end is of no use

    def _lose(self, code: str, detail: str = "") -> None:
        """No picture any more: what comes next is another recording."""
        if self._has_begun:
            self._tell(Notice("discontinuity", code, detail))
        self._forget()
        self._wait(Notice("waiting", code, detail))

    def _forget(self) -> None:
        self._gop, self._gop_bytes, self._pieces, self._has_begun = [], 0, [], False
        self._fragmenter.reset()

    def _wait(self, notice: Notice) -> None:
        if notice != self._waiting:
            self._waiting = notice
            self._tell(notice)

    def _tell(self, notice: Notice) -> None:
        for viewer in self._all_viewers():
            viewer.tell(notice)

    def _tell_state(self, viewer: Viewer[Picture] | Viewer[Piece]) -> None:
        if self._waiting is not None:
            viewer.tell(self._waiting)

    def _all_viewers(self) -> list[Viewer[Picture] | Viewer[Piece]]:
        return [*self._picture_viewers, *self._piece_viewers]

    async def _watch(self) -> None:
        """Notice that nothing can be shown although the camera's line is open."""
        loop = asyncio.get_running_loop()
        self._last_s = loop.time()
        while True:
            left_s = self._last_s + SILENCE_S - loop.time()
            if left_s <= 0:
                self._miss_pictures()
                left_s = SILENCE_S
            await asyncio.sleep(left_s)

    def _miss_pictures(self) -> None:
        """Say why: pictures that come outweigh whatever was told before, silence does not."""
        if self._has_dropped:
            self._wait(Notice("waiting", "no_key_frame"))
        elif self._waiting is None or self._waiting.code in ("connecting", "no_key_frame"):
            self._wait(Notice("waiting", "camera_silent"))
        self._has_dropped = False
