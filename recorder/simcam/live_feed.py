"""Drawn streams: one thread per watched camera draws and encodes, whoever watches shares the result."""

import asyncio
import threading
from dataclasses import dataclass, field

import cv2
import numpy as np

from recorder.simcam.camera import SimCamera, SimStream
from recorder.simcam.coded_unit import CodedUnit
from recorder.simcam.encoder import TICKS_PER_SECOND, Picture, StreamEncoder
from recorder.simcam.player import Player
from recorder.simcam.scenes import Scene, build_scene
from recorder.simcam.scenes.sprite import Planes
from recorder.simcam.view import see
from vms.kernel.clock import Clock

_LINGER_S = 2.0


@dataclass(eq=False, slots=True)
class _Line:
    """The thread's state for one stream."""

    encoder: StreamEncoder
    next_index: int
    number: int = field(default=0)


class LiveFeed:
    """One drawn stream; lives on the event loop's thread, the `Studio` works for it."""

    def __init__(self, stream: SimStream, studio: "Studio") -> None:
        self.stream = stream
        self.codec = stream.codec
        self.fps = float(stream.fps)
        self._studio = studio
        self._players: dict[Player, None] = {}
        self._sets: tuple[bytes, ...] | None = None

    async def parameter_sets(self) -> tuple[bytes, ...]:
        """See `Feed.parameter_sets`."""
        if self._sets is None:
            encoder = await asyncio.to_thread(StreamEncoder, self.stream.encoder_settings())
            self._sets = encoder.parameter_sets
        return self._sets

    def join(self, player: Player) -> None:
        """See `Feed.join`."""
        self._players[player] = None
        self._studio.want(self.stream.name, True)

    def leave(self, player: Player) -> None:
        """See `Feed.leave`."""
        self._players.pop(player, None)
        if not self._players:
            self._studio.want(self.stream.name, False)

    def deliver(self, unit: CodedUnit, number: int) -> None:
        """Hand a new picture to everybody."""
        for player in list(self._players):
            player.send(unit, number, 0)


class Studio:
    """Draws one camera while somebody watches. A thread starts at the first viewer and ends 2 s after the last.

    The picture is drawn at the main stream's size; the sub-stream gets the same picture, scaled.
    """

    def __init__(self, camera: SimCamera, clock: Clock, loop: asyncio.AbstractEventLoop) -> None:
        self._camera, self._clock, self._loop = camera, clock, loop
        self.feeds = {stream.name: LiveFeed(stream, self) for stream in camera.streams if stream.clip is None}
        self._lock = threading.Lock()
        self._changed = threading.Event()
        self._wanted: set[str] = set()
        self._key_wanted: set[str] = set()
        self._thread: threading.Thread | None = None
        self._is_ending = False
        self._scene: Scene | None = None
        self._picture: Picture | None = None

    def want(self, stream: str, is_watched: bool) -> None:
        """Say whether anybody watches a stream; each call with True also asks for a key picture."""
        with self._lock:
            if is_watched:
                self._wanted.add(stream)
                self._key_wanted.add(stream)
            else:
                self._wanted.discard(stream)
            needs_thread = is_watched and self._thread is None
            if needs_thread:
                self._thread = threading.Thread(target=self._run, name=f"simcam {self._camera.name}", daemon=True)
                self._thread.start()
        self._changed.set()

    async def stop(self) -> None:
        """End the thread and wait for it."""
        with self._lock:
            thread, self._is_ending = self._thread, True
        self._changed.set()
        if thread is not None:
            await asyncio.to_thread(thread.join)

    def _run(self) -> None:
        largest = max((feed.stream for feed in self.feeds.values()), key=lambda stream: stream.width)
        if self._scene is None:
            camera = self._camera
            self._scene = build_scene(camera.scene, largest.width, largest.height, camera.title, camera.is_night)
        lines: dict[str, _Line] = {}
        idle_since_s: float | None = None
        while True:
            now_s = self._loop.time()
            with self._lock:
                wanted = set(self._wanted)
                idle_since_s = None if wanted else (idle_since_s or now_s)
                is_over = idle_since_s is not None and now_s - idle_since_s >= _LINGER_S
                if self._is_ending or is_over:
                    self._thread = None
                    return
            self._keep_lines(lines, wanted, now_s)
            wait_s = self._work(lines, now_s) if lines else _LINGER_S
            if wait_s > 0:
                self._changed.wait(wait_s)
                self._changed.clear()

    def _keep_lines(self, lines: dict[str, _Line], wanted: set[str], now_s: float) -> None:
        for name in set(lines) - wanted:
            del lines[name]
        for name in wanted - set(lines):
            stream = self.feeds[name].stream  # type: ignore[index]
            lines[name] = _Line(StreamEncoder(stream.encoder_settings()), int(now_s * stream.fps) + 1)

    def _work(self, lines: dict[str, _Line], now_s: float) -> float:
        """Make the pictures that are due; returns seconds until the next one is."""
        due = [name for name, line in lines.items() if line.next_index / self._fps(name) <= now_s]
        if due:
            picture = self._look()
            for name in due:
                self._make(name, lines[name], picture, now_s)
        after_s = self._loop.time()
        return min(line.next_index / self._fps(name) for name, line in lines.items()) - after_s

    def _look(self) -> Picture:
        """What the sensor gives now; one that hangs gives its last picture again."""
        assert self._scene is not None
        if self._picture is None or not self._camera.faults.has("still"):
            self._picture = see(self._camera, self._scene, self._clock.now_us())
        return self._picture

    def _make(self, name: str, line: _Line, picture: Picture, now_s: float) -> None:
        feed = self.feeds[name]  # type: ignore[index]
        fps = feed.stream.fps
        with self._lock:
            is_key_wanted = name in self._key_wanted
            self._key_wanted.discard(name)
        index = max(line.next_index, int(now_s * fps))  # pictures the machine was too slow for are left out
        line.next_index = index + 1
        fitted = scaled(picture, feed.stream.width, feed.stream.height)
        for unit in line.encoder.encode(fitted, index * TICKS_PER_SECOND // fps, is_key_wanted):
            self._tell(feed, unit, line.number)
            line.number += 1

    def _tell(self, feed: LiveFeed, unit: CodedUnit, number: int) -> None:
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(feed.deliver, unit, number)

    def _fps(self, name: str) -> int:
        return self.feeds[name].stream.fps  # type: ignore[index]


def scaled(picture: Picture, width: int, height: int) -> Picture:
    """An I420 picture at another size (even numbers); the same array when nothing changes."""
    rows, old_width = picture.shape
    old_height = rows * 2 // 3
    if (old_width, old_height) == (width, height):
        return picture
    result = np.empty((height * 3 // 2, width), np.uint8)
    targets = Planes(result, width, height).all()
    for source, target in zip(Planes(picture, old_width, old_height).all(), targets, strict=True):
        cv2.resize(source, target.shape[::-1], dst=target, interpolation=cv2.INTER_AREA)
    return result
