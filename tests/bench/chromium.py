"""Debian's Chromium on the console's own pages, with a look at the time code of every picture it shows."""

import base64
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import numpy as np
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from recorder.simcam import timecode
from tests.bench.node import COOKIE, Node

PROGRAM = "/usr/bin/chromium"
# Nothing of its maker's is asked for, whatever the machine allows.
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--autoplay-policy=no-user-gesture-required",
]  # fmt: skip
PATIENCE_MS = 40_000.0
_WIDTH, _HEIGHT, _CODE_ROWS = 360, 225, 10


@dataclass(frozen=True, slots=True)
class Seen:
    """A picture on the screen: `kind` is `video` or `still`, `video` which element; times in Unix milliseconds."""

    kind: str
    video: int
    at_ms: float
    taken_ms: float | None

    @property
    def latency_ms(self) -> float:
        """From the camera's picture to the screen. ValueError without a readable time code."""
        if self.taken_ms is None:
            raise ValueError("a picture without a time code")
        return self.at_ms - self.taken_ms


@contextmanager
def chromium() -> Iterator[Browser]:
    """The browser while the context lasts."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=PROGRAM, args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()


def signed_in_context(
    browser: Browser, node: Node, client: httpx.Client, *, has_reader: bool = True, **options: Any
) -> BrowserContext:
    """A context that has the session of `client`; its pages note what they show unless told not to."""
    context = browser.new_context(locale="tr-TR", timezone_id="Europe/Istanbul", **options)
    context.set_default_timeout(PATIENCE_MS)
    context.add_cookies([{"name": COOKIE, "value": client.cookies[COOKIE], "url": node.address}])
    if has_reader:
        context.add_init_script(path=Path(__file__).with_name("seen_pictures.js"))
    return context


def seen_since(page: Page, at_ms: float = 0) -> list[Seen]:
    """What was shown from `at_ms` on."""
    found = page.evaluate("(at_ms) => nazarBench.seen.filter((one) => one.at_ms >= at_ms)", at_ms)
    return [Seen(one["kind"], one["id"], one["at_ms"], _taken_ms(one["strip"])) for one in found]


def wait_for_pictures(page: Page, count: int) -> None:
    """Until so many more pictures were shown."""
    page.wait_for_function("(count) => nazarBench.seen.length >= count", arg=pictures(page) + count)


def pictures(page: Page) -> int:
    """How many pictures were shown so far."""
    return int(page.evaluate("nazarBench.seen.length"))


def _taken_ms(strip: str) -> float | None:
    picture = np.zeros((_HEIGHT, _WIDTH), np.uint8)
    picture[-_CODE_ROWS:] = np.frombuffer(base64.b64decode(strip), np.uint8).reshape(_CODE_ROWS, _WIDTH)
    at_us = timecode.read(picture)
    return None if at_us is None else at_us / 1000
