"""Live pictures on the console's own wall in Chromium: how late they are, how soon the first one is there."""

import json
import tempfile
from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

import httpx
from playwright.sync_api import Browser, BrowserContext, Page

from tests.bench.chromium import Seen, chromium, seen_since, signed_in_context, wait_for_pictures
from tests.bench.figure import Figure, percentile
from tests.bench.load import SimulatedCameras
from tests.bench.node import Node

CAMERA = ("--size", "1280x720", "--fps", "15", "--bitrate", "2000", "--no-onvif")
SETTLING, MEASURED = 60, 300  # pictures: four seconds to catch up, then twenty
CLICKS = 12
BETWEEN_CLICKS = 15  # pictures: the tile has to play before the next one is asked for
SCREEN = {"width": 1600, "height": 900}


def run() -> dict[str, object]:
    """Two cameras, one page after the other."""
    with tempfile.TemporaryDirectory(prefix="nazar-bench-") as work, SimulatedCameras(2, *CAMERA) as cameras:
        with Node(Path(work), cameras.urls) as node:
            node.start_recorder()
            node.start_web()
            with chromium() as browser:
                return {"live": _measure(browser, node)}


def _measure(browser: Browser, node: Node) -> dict[str, object]:
    client = node.signed_in()
    context = signed_in_context(browser, node, client, viewport=SCREEN)
    one = save_view(client, "1", node.cameras[:1])
    two = save_view(client, "1x2", node.cameras[:1])
    return {
        "first_picture_ms": _first_pictures(context, f"{node.address}/live?view={one}"),
        "whep": _spread(_latencies(context, f"{node.address}/wall/{one}", "whep")),
        "mse": _spread(_latencies(context, f"{node.address}/wall/{two}", "mse")),
    }


def save_view(client: httpx.Client, layout: str, cameras: Sequence[UUID]) -> str:
    """A saved view of the wall; its id."""
    body = {"name": layout, "layout": layout, "cells": [str(camera) for camera in cameras]}
    answer = client.post("/views", json=body).raise_for_status()
    return str(answer.json()["id"])


def _latencies(context: BrowserContext, address: str, transport: str) -> list[float]:
    """Of twenty seconds of pictures that came by `transport`; RuntimeError when they came by the other one."""
    page = context.new_page()
    lines: list[str] = []
    page.on("request", lambda request: lines.append("whep") if request.url.partition("?")[0].endswith("/whep") else 0)
    page.on("websocket", lambda _: lines.append("mse"))
    page.goto(address)
    wait_for_pictures(page, SETTLING)
    from_ms = page.evaluate("Date.now()")
    wait_for_pictures(page, MEASURED)
    found = [seen.latency_ms for seen in seen_since(page, from_ms)]
    page.close()
    if set(lines) != {transport}:
        raise RuntimeError(f"the wall took {lines}, not {transport}")
    return found


def _first_pictures(context: BrowserContext, address: str) -> list[float]:
    """From each click in the list of cameras to the first picture of the session it begins."""
    page = context.new_page()
    page.goto(address)
    wait_for_pictures(page, SETTLING)
    rows = page.locator("[data-row]")
    rows.nth(1).wait_for()
    found = [_after_click(page, number) for number in range(1, CLICKS + 1)]
    page.close()
    return found


def _after_click(page: Page, number: int) -> float:
    before = page.evaluate("nazarBench.videos")
    page.locator("[data-row]").nth(number % 2).click()
    page.wait_for_function("(before) => nazarBench.seen.some((one) => one.id > before)", arg=before)
    acted_ms = page.evaluate("nazarBench.acted_ms")
    new: list[Seen] = [seen for seen in seen_since(page, acted_ms) if seen.video > before]
    wait_for_pictures(page, BETWEEN_CLICKS)
    return new[0].at_ms - acted_ms


def _spread(latencies_ms: list[float]) -> dict[str, float]:
    return {
        "pictures": len(latencies_ms),
        "median_ms": percentile(latencies_ms, 50),
        "p95_ms": percentile(latencies_ms, 95),
        "worst_ms": max(latencies_ms),
    }


def figures(result: dict[str, object]) -> list[Figure]:
    """Delay from the time code in the picture; from a click to the first picture."""
    live: dict[str, dict[str, float]] = result["live"]  # type: ignore[assignment]
    first: list[float] = live["first_picture_ms"]  # type: ignore[assignment]
    return [
        Figure("WHEP in Chromium, camera to screen, p95", "ms", 250, live["whep"]["p95_ms"]),
        Figure("WHEP in Chromium, camera to screen, median", "ms", None, live["whep"]["median_ms"]),
        Figure(f"WHEP, click to first picture, p95 of {len(first)}", "ms", 500, percentile(first, 95)),
        Figure("WHEP, click to first picture, median", "ms", None, percentile(first, 50)),
        Figure("MSE in Chromium, camera to screen, p95", "ms", 700, live["mse"]["p95_ms"]),
        Figure("MSE in Chromium, camera to screen, median", "ms", None, live["mse"]["median_ms"]),
    ]


if __name__ == "__main__":
    print(json.dumps(run(), indent=2))
