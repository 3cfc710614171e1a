"""Pictures of the console: every page in both languages, both themes, on desktop and phone.

Run by `make screenshots`: starts a node in a folder of its own, lets it record for a while, signs in, looks.
"""

import itertools
import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from picture_node import PASSWORD, PERSON, PLACES, PictureNode
from playwright.sync_api import Browser, Page, sync_playwright

FOLDER = Path(__file__).with_name("screenshots")
CHROMIUM = "/usr/bin/chromium"
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--autoplay-policy=no-user-gesture-required",
)  # fmt: skip
SIZES = {"desktop": (1440, 900), "phone": (360, 740)}
PICTURE_MS = 30_000
SETTLED_MS = 1_500
SHOWN_S = 180
PLAYED = 4  # cameras on the playback page


class Look(NamedTuple):
    """One way the console can look."""

    language: str
    theme: str
    size: str


def main() -> None:
    """Start, let happen, take all pictures, stop."""
    FOLDER.mkdir(exist_ok=True)
    looks = [Look(*words) for words in itertools.product(("tr", "en"), ("dark", "light"), SIZES)]
    with tempfile.TemporaryDirectory() as data, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        with PictureNode(Path(data)) as node:
            node.start()
            gone_us = node.live_through()
            for look in looks:
                with _page(browser, look) as page:
                    take(page, node, gone_us, look)
        browser.close()


def take(page: Page, node: PictureNode, gone_us: int, look: Look) -> None:
    """Sign-in, wall, playback, health as they look in one way."""
    page.goto(f"{node.address}/sign-in")
    page.locator("input[name=password]").wait_for()
    shoot(page, "sign-in", look)
    page.locator("input[name=username]").fill(PERSON)
    page.locator("input[name=password]").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.locator("[data-tile]").first.wait_for()
    _keep_language(page, look.language)
    page.goto(f"{node.address}/live")
    page.locator("[data-state=live]").first.wait_for(timeout=PICTURE_MS)
    if look.size == "desktop":  # a phone shows one camera after the other, those in sight only
        page.locator("[data-state=live]").nth(len(PLACES) - 2).wait_for(timeout=PICTURE_MS)
        page.locator("[data-state=no_picture]").wait_for(timeout=PICTURE_MS)
    page.wait_for_timeout(SETTLED_MS)
    shoot(page, "live", look)
    page.goto(f"{node.address}/playback?cameras={_played(page)}&at={gone_us}&span_s={SHOWN_S}")
    page.locator("[data-view=gap]").wait_for(timeout=PICTURE_MS)
    page.locator("[data-view=video]").nth(PLAYED - 2).wait_for(timeout=PICTURE_MS)
    page.wait_for_timeout(SETTLED_MS)
    shoot(page, "playback", look)
    page.goto(f"{node.address}/health")
    page.locator("[data-figure]").first.wait_for()
    page.wait_for_timeout(SETTLED_MS)
    shoot(page, "health", look)


def shoot(page: Page, name: str, look: Look) -> None:
    """Keep one picture."""
    page.screenshot(path=FOLDER / f"{name}-{look.language}-{look.theme}-{look.size}.png")


@contextmanager
def _page(browser: Browser, look: Look) -> Iterator[Page]:
    width, height = SIZES[look.size]
    context = browser.new_context(
        viewport={"width": width, "height": height}, locale=look.language, has_touch=look.size == "phone"
    )
    for key, value in (("theme", look.theme), ("language", look.language)):
        context.add_init_script(f"localStorage.setItem('nazar.{key}', '{value}')")
    yield context.new_page()
    context.close()


def _keep_language(page: Page, language: str) -> None:
    """The language belongs to the account, not to the machine."""
    page.evaluate(
        "language => fetch('/api/v1/session/language', {method: 'PUT', body: JSON.stringify({language}),"
        " headers: {'Content-Type': 'application/json'}})",
        language,
    )


def _played(page: Page) -> str:
    """Ids of the first cameras, as an address has them."""
    listed = page.evaluate("async () => (await (await fetch('/api/v1/cameras')).json()).cameras")
    by_number = {row["number"]: row["id"] for row in listed}
    return json.dumps([by_number[place.number] for place in PLACES[:PLAYED]])


if __name__ == "__main__":
    main()
