"""The console's pages as a person uses them."""

import base64
import json
from collections.abc import Sequence

import numpy as np
from node_processes import Person, wait_until
from playwright.sync_api import JSHandle, Locator, Page, expect

from recorder.simcam import timecode

PICTURE_MS = 15_000
_WIDTH, _HEIGHT = 360, 225  # blocks of the time code are 10 by 5 pixels then

# Brightness of what the element shows now, as base64; empty when it shows nothing.
LUMA = f"""(video) => {{
  if (!video || video.readyState < 2 || video.videoWidth === 0) return '';
  const canvas = new OffscreenCanvas({_WIDTH}, {_HEIGHT});
  const brush = canvas.getContext('2d', {{ willReadFrequently: true }});
  brush.drawImage(video, 0, 0, {_WIDTH}, {_HEIGHT});
  const {{ data }} = brush.getImageData(0, 0, {_WIDTH}, {_HEIGHT});
  let text = '';
  for (let at = 0; at < data.length; at += 4) text += String.fromCharCode(data[at + 1]);
  return btoa(text);
}}"""


# Follows the picture shown in a tile, whichever element shows it: how many frames reached the screen, the longest time
# without a new one, the longest without any picture at all, until now included.
_FRAMES = """(number) => {
  const seen = { frames: 0, longest_ms: 0, black_ms: 0 };
  let last_ms = performance.now();
  let filled_ms = last_ms;
  const known = new WeakSet();
  const shown = () => document.querySelector(`[data-camera='${number}'] video[data-shown='true']`);
  const measure = () => (seen.longest_ms = Math.max(seen.longest_ms, performance.now() - last_ms));
  const listen = (video) => video.requestVideoFrameCallback(() => {
    if (video === shown()) {
      measure();
      seen.frames += 1;
      last_ms = performance.now();
    }
    listen(video);
  });
  setInterval(() => {
    measure();
    const video = shown();
    if (video && video.readyState >= 2) filled_ms = performance.now();
    seen.black_ms = Math.max(seen.black_ms, performance.now() - filled_ms);
    if (!video || known.has(video)) return;
    known.add(video);
    listen(video);
  }, 20);
  return seen;
}"""


def picture_time_us(video: Locator) -> int | None:
    """The time painted into the picture that `video` shows; None while it shows none."""
    return decoded(video.evaluate(LUMA))


def decoded(text: str) -> int | None:
    """The time code in the brightness of a picture."""
    if not text:
        return None
    return timecode.read(np.frombuffer(base64.b64decode(text), np.uint8).reshape(_HEIGHT, _WIDTH))


def sign_in(page: Page, address: str, person: Person, password: str | None = None) -> None:
    """Fill in the sign-in page and send it."""
    if not page.url.startswith(f"{address}/sign-in"):
        page.goto(f"{address}/sign-in")
    page.locator("input[name=username]").fill(person.name)
    page.locator("input[name=password]").fill(password or person.password)
    page.locator("button[type=submit]").click()


class Wall:
    """The live wall in one page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.grid = page.locator("[data-layout]")

    def cell(self, at: int) -> Locator:
        """A cell by its place."""
        return self.page.locator(f"[data-cell='{at}']")

    def tile(self, number: int) -> Locator:
        """The tile of a camera."""
        return self.page.locator(f"[data-camera='{number}'][data-state]")

    def video(self, number: int) -> Locator:
        """The picture that is seen in it."""
        return self.tile(number).locator("video[data-shown='true']")

    def clock(self, number: int) -> str:
        """The frame clock's words."""
        return self.tile(number).locator("time").inner_text()

    def wait_for(self, number: int, state: str, timeout_ms: float = PICTURE_MS) -> None:
        """Until the tile says `state`."""
        expect(self.tile(number)).to_have_attribute("data-state", state, timeout=timeout_ms)

    def wait_until_live(self, numbers: Sequence[int], timeout_ms: float = PICTURE_MS) -> None:
        """Until all of these tiles are live."""
        for number in numbers:
            self.wait_for(number, "live", timeout_ms)

    def picture_us(self, number: int) -> int | None:
        """When the picture in the tile was taken, by its time code."""
        video = self.video(number)
        return picture_time_us(video) if video.count() else None

    def wait_until_moving(
        self, numbers: Sequence[int], deadline_s: float = 15.0, since_us: int = 0
    ) -> dict[int, list[int]]:
        """Until each tile has shown three pictures filmed after `since_us`, one after the other; their times."""
        seen: dict[int, list[int]] = {number: [] for number in numbers}

        def all_moved() -> bool:
            for number, times in seen.items():
                at_us = self.picture_us(number) if len(times) < 3 else None
                if at_us is not None and at_us > (times[-1] if times else since_us):
                    times.append(at_us)
            return all(len(times) == 3 for times in seen.values())

        wait_until(all_moved, deadline_s, f"pictures move: {seen}")
        return seen

    def wait_for_seconds_of(self, number: int, seconds: int) -> None:
        """Until the tile's clock has shown this many further seconds."""
        shown = {self.clock(number)}
        wait_until(lambda: shown.add(self.clock(number)) or len(shown) > seconds, 10.0 + seconds, "the clock runs")

    def watch_frames(self, number: int) -> JSHandle:
        """What reaches the screen in a tile from now on: `frames`, `longest_ms` without one, `black_ms` without any."""
        return self.page.evaluate_handle(_FRAMES, number)

    def cameras(self) -> list[int]:
        """Numbers of the cameras on the wall, by cell."""
        tiles = self.page.locator("[data-cell] [data-camera]")
        pairs = tiles.evaluate_all(
            "all => all.map((tile) => [tile.closest('[data-cell]').dataset.cell, tile.dataset.camera].map(Number))"
        )
        return [number for _, number in sorted(pairs)]

    def has_no_picture(self, number: int) -> bool:
        """Whether nothing of a picture can be seen: no video, or one that is blank or hidden."""
        return bool(
            self.tile(number).evaluate(
                """(tile) => [...tile.querySelectorAll('video, canvas')].every((node) =>
                  getComputedStyle(node).visibility === 'hidden' || !node.checkVisibility({ opacityProperty: true })
                  || (node instanceof HTMLVideoElement && node.readyState === 0))"""
            )
        )


class Api:
    """The server, asked with the page's own session."""

    def __init__(self, page: Page, address: str) -> None:
        self._request = page.context.request
        self.host = address
        self._address = f"{address}/api/v1"

    def get(self, path: str) -> object:
        """The JSON answer."""
        answer = self._request.get(self._address + path)
        assert answer.ok, f"{path}: {answer.status} {answer.text()}"
        return json.loads(answer.body())

    def post(self, path: str, body: object) -> dict:
        """The JSON answer to something new."""
        answer = self._request.post(self._address + path, data=body)
        assert answer.ok, f"{path}: {answer.status} {answer.text()}"
        return json.loads(answer.body())

    def delete(self, path: str) -> None:
        """Take it away."""
        assert self._request.delete(self._address + path).ok

    def cameras(self) -> dict[int, dict]:
        """By number."""
        return {camera["number"]: camera for camera in self.get("/cameras")["cameras"]}
