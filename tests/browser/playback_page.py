"""The playback page as a person uses it."""

from collections.abc import Sequence

from playwright.sync_api import Locator, Page, expect
from wall_page import LUMA, Api, decoded

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
