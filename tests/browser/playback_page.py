"""The playback page as a person uses it."""

import time
from collections.abc import Sequence

from node_processes import Node, wait_until
from playwright.sync_api import Locator, Page, expect
from wall_page import LUMA, Api, decoded

US = 1_000_000
IN_STEP_US = 200_000
LOOKS = 12
# A jump asks for its list and its still before it is known that nothing was recorded there.
NO_FOOTAGE = r"status of 404 .*/playback/"

_LUMA_OF_ALL = f"""() => Object.fromEntries(
  [...document.querySelectorAll('section[data-camera]')].map((tile) => [
    tile.dataset.camera,
    tile.dataset.view === 'video' ? ({LUMA})(tile.querySelector('video')) : '',
  ]))"""


class Desk:
    """Cameras with their time line, in one page."""

    def __init__(self, page: Page, api: Api) -> None:
        self.page = page
        self.api = api
        page.trap.allow(NO_FOOTAGE)
        self.ids = {number: camera["id"] for number, camera in api.cameras().items()}

    def open(self, numbers: Sequence[int], at_us: int, span_s: int = 600) -> None:
        """The page at a moment, by its address; returns when every tile has looked at it."""
        cameras = ",".join(self.ids[number] for number in numbers)
        self.page.goto("about:blank")  # another moment alone would be a step within the page
        self.page.goto(f"{self.api.host}/playback?cameras={cameras}&at={at_us}&span_s={span_s}")
        for number in numbers:
            expect(self.tile(number)).not_to_have_attribute("data-view", "loading", timeout=15_000)

    def tile(self, number: int) -> Locator:
        """A camera's tile."""
        return self.page.locator(f"section[data-camera='{self.ids[number]}']")

    def wait_for(self, number: int, view: str, timeout_ms: float = 15_000) -> None:
        """Until the tile shows `video`, `gap`, `lost` …"""
        expect(self.tile(number)).to_have_attribute("data-view", view, timeout=timeout_ms)

    def toggle(self) -> None:
        """Play or pause, by its key."""
        self.page.keyboard.press(" ")

    def picture_times_us(self) -> dict[int, int]:
        """What the pictures of all tiles say of their time, looked at in one moment; without those that show none."""
        texts = self.page.evaluate(_LUMA_OF_ALL)
        times = {number: decoded(texts.get(camera_id, "")) for number, camera_id in self.ids.items()}
        return {number: at_us for number, at_us in times.items() if at_us is not None}

    def still_us(self, number: int) -> int | None:
        """The time of a paused picture, once two looks in a row see the same; None before."""
        first = self.picture_times_us().get(number)
        self.page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        return first if first == self.picture_times_us().get(number) else None

    def timeline(self, number: int, start_us: int, end_us: int) -> dict:
        """What the server says of a camera's past."""
        return self.api.get(f"/playback/{self.ids[number]}/timeline?start={start_us}&end={end_us}")

    def assert_in_step(self, numbers: Sequence[int]) -> None:
        """While they play: looked at several times, each time with newer pictures."""
        looks: list[tuple[int, int]] = []
        first: dict[int, int] = {}  # a camera that was just placed shows its first picture until its decoder runs

        def enough() -> bool:
            times = self.picture_times_us()
            if set(numbers) <= set(times):
                shown = [times[number] for number in numbers]
                moves = [times[number] != first.setdefault(number, times[number]) for number in numbers]
                if all(moves) and (not looks or max(shown) > looks[-1][0]):
                    looks.append((max(shown), max(shown) - min(shown)))
            return len(looks) == LOOKS

        wait_until(enough, 20, f"pictures of {numbers} move: {looks}")
        distances = sorted(distance for _, distance in looks)
        # A look may fall between the new pictures of two cameras, or into a moment when the machine does something
        # else.
        assert distances[LOOKS * 3 // 4] <= IN_STEP_US, distances

    def gap_of(self, node: Node, number: int, index: int, before_us: int = 9 * US, after_us: int = 6 * US) -> dict:
        """A gap of one camera with footage on both sides; `cam<index>` restarts for it when there is none yet."""

        def timeline() -> dict:
            now_us = time.time_ns() // 1000
            return self.timeline(number, now_us - 3600 * US, now_us)

        def found() -> dict | None:
            known = timeline()
            newest_us = known["newest_us"] or 0
            oldest_us = known["oldest_us"] or newest_us
            for one in _joined(known["gaps"]):
                end_us = one["end_us"] or newest_us
                if oldest_us + before_us < one["start_us"] and end_us + after_us < newest_us:
                    return one
            return None

        def is_old_enough() -> bool:
            known = timeline()
            return bool(known["oldest_us"]) and known["newest_us"] - known["oldest_us"] > before_us + US

        if not found():
            wait_until(is_old_enough, what="footage before the gap")
            node.order("reboot", index, gone_s=3, starting_s=1)
        return wait_until(found, 60, "a gap with footage on both sides")


def _joined(gaps: list[dict]) -> list[dict]:
    """Gaps that touch are one to who looks: a camera that starts up is as absent as before."""
    joined: list[dict] = []
    for one in gaps:
        if joined and joined[-1]["end_us"] == one["start_us"] and joined[-1]["cause"] == one["cause"]:
            joined[-1] = joined[-1] | {"end_us": one["end_us"]}
        else:
            joined.append(one)
    return joined
