"""Playback over HTTP and on the console's own page: a jump anywhere in 21 days, a day's playlist, a still."""

import json
import random
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import httpx
from playwright.sync_api import Page

from recorder.simcam.clip import Clip
from tests.bench.chromium import Seen, chromium, seen_since, signed_in_context
from tests.bench.figure import Figure, percentile
from tests.bench.footage import DAYS, MINUTE_US, Footage
from tests.bench.load import CLIP_SECONDS, load_clip
from tests.bench.node import Node
from vms.archive.model import StreamKey
from vms.cli.wiring import open_volumes
from vms.kernel.clock import US_PER_DAY, US_PER_SECOND, ManualClock, SystemClock, to_datetime
from vms.kernel.days import ZONE

JUMPS, LISTS, STILLS = 14, 8, 40
RANGES_OF_A_DAY = 43_200
SCREEN = {"width": 1280, "height": 800}
_NEAR_MS = 1_500.0  # how far a playing picture may be by the time it is looked at
_GOP_MS = 2_000.0
_CLIP_MS = CLIP_SECONDS * 1000
_CLIP_START_MS = 1_750_000_000_000  # as `recorder.simcam.make_clip` has it
_ADDRESS = "rtsp://127.0.0.1:9/none"


def run() -> dict[str, object]:
    """One camera with footage, no recorder: pictures of the past only."""
    with tempfile.TemporaryDirectory(prefix="nazar-bench-") as work:
        clip = Clip.load(load_clip())
        end_us = SystemClock().now_us() // MINUTE_US * MINUTE_US
        with Node(Path(work), [_ADDRESS], ManualClock(end_us - (DAYS + 1) * US_PER_DAY)) as node:
            footage = _write(node, clip, end_us)
            node.start_web()
            return {"playback": _measure(node, footage)}


def _write(node: Node, clip: Clip, end_us: int) -> Footage:
    (volume,) = open_volumes(node.settings, node.paths, SystemClock())
    footage = Footage(StreamKey(node.cameras[0], "main"), end_us)
    try:
        footage.write(volume, clip)
    finally:
        volume.close()
    return footage


def _measure(node: Node, footage: Footage) -> dict[str, object]:
    client = node.signed_in()
    found: dict[str, object] = {
        "playlist_ms": [_playlist_ms(client, footage, day) for day in range(LISTS + 1)][1:],  # the first warms up
        "still_ms": _stills_ms(client, footage),
    }
    with chromium() as browser:
        context = signed_in_context(browser, node, client, viewport=SCREEN)
        page = context.new_page()
        return found | _jumps(page, node, footage)


def _playlist_ms(client: httpx.Client, footage: Footage, day: int) -> float:
    start_us = footage.start_us + day * US_PER_DAY
    query = {"start": start_us, "end": start_us + US_PER_DAY}
    elapsed_ms, answer = timed(lambda: client.get(f"/playback/{footage.key.camera_id}/index.m3u8", params=query))
    ranges = answer.raise_for_status().text.count("#EXT-X-BYTERANGE")
    if ranges != RANGES_OF_A_DAY:
        raise RuntimeError(f"a day's list has {ranges} ranges, not {RANGES_OF_A_DAY}")
    return elapsed_ms


def _stills_ms(client: httpx.Client, footage: Footage) -> list[float]:
    """Scrubbing: a still at one moment after the other, the first two to warm up."""
    chance = random.Random(2)
    found = []
    for _ in range(STILLS + 2):
        query = {"at": chance.randrange(footage.start_us, footage.end_us), "width": 320}
        elapsed_ms, answer = timed(lambda asked=query: _still(client, footage.key.camera_id, asked))
        if answer.raise_for_status().content[:2] != b"\xff\xd8":
            raise RuntimeError("a still that is no JPEG")
        found.append(elapsed_ms)
    return found[2:]


def _still(client: httpx.Client, camera_id: UUID, query: dict[str, int]) -> httpx.Response:
    return client.get(f"/playback/{camera_id}/frame.jpg", params=query)


def _jumps(page: Page, node: Node, footage: Footage) -> dict[str, object]:
    """Times typed into the page's own dialog; the footage comes from the disk each time, not from its cache."""
    middle_us = (footage.start_us + footage.end_us) // 2
    page.goto(f"{node.address}/playback?cameras={footage.key.camera_id}&at={middle_us}")
    page.wait_for_function("() => nazarBench.seen.some((one) => one.kind === 'video')")
    found = [_jump(page, footage, at_us) for at_us in _targets(footage)]
    return {"jump_video_ms": [video for video, _ in found], "jump_any_ms": [soonest for _, soonest in found]}


def _targets(footage: Footage) -> list[int]:
    """Whole seconds all over the days, each with another second of the clip than the one before."""
    chance = random.Random(3)
    share_us = (footage.end_us - footage.start_us) // JUMPS
    starts = [footage.start_us + number * share_us for number in range(JUMPS)]
    chance.shuffle(starts)
    found = []
    for number, start_us in enumerate(starts):
        minute_us = chance.randrange(start_us, start_us + share_us - MINUTE_US) // MINUTE_US * MINUTE_US
        found.append(minute_us + (3 + number * 7) % CLIP_SECONDS * US_PER_SECOND)
    return found


def _jump(page: Page, footage: Footage, at_us: int) -> tuple[float, float]:
    """Milliseconds to the first picture of video, and to the first one of any kind."""
    footage.forget_pages()
    page.keyboard.press("g")
    field = page.get_by_role("dialog").locator("input[type=text], input:not([type])").first
    field.fill(f"{to_datetime(at_us).astimezone(ZONE):%d.%m.%Y %H:%M:%S}")
    field.press("Enter")
    page.get_by_role("dialog").wait_for(state="hidden")
    acted_ms = page.evaluate("nazarBench.acted_ms")
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        page.wait_for_timeout(200)
        shown = [seen for seen in seen_since(page, acted_ms) if _is_of(seen, at_us)]
        videos = [seen.at_ms for seen in shown if seen.kind == "video"]
        if videos:
            return videos[0] - acted_ms, min(seen.at_ms for seen in shown) - acted_ms
    raise RuntimeError(f"no picture of {timedelta(microseconds=at_us - footage.start_us)} after the first one")


def _is_of(seen: Seen, at_us: int) -> bool:
    """Whether the picture is the one asked for: a video's at or just after it, a still's key frame before it."""
    if seen.taken_ms is None:
        return False
    wanted_ms = at_us % MINUTE_US / 1000
    ahead_ms = (seen.taken_ms - _CLIP_START_MS - wanted_ms) % _CLIP_MS
    if seen.kind == "video":
        return ahead_ms < _NEAR_MS or ahead_ms > _CLIP_MS - 45
    return ahead_ms > _CLIP_MS - _GOP_MS or ahead_ms < 1


def timed(work: Callable[[], httpx.Response]) -> tuple[float, httpx.Response]:
    """Milliseconds until all of an answer was there, with it."""
    start = time.perf_counter()
    answer = work()
    return (time.perf_counter() - start) * 1000, answer


def figures(result: dict[str, object]) -> list[Figure]:
    """What a person waits for."""
    found: dict[str, list[float]] = result["playback"]  # type: ignore[assignment]
    return [
        Figure(
            f"jump in 21 days to video, in Chromium, p95 of {JUMPS}", "ms", 500, percentile(found["jump_video_ms"], 95)
        ),
        Figure("jump to video, median", "ms", None, percentile(found["jump_video_ms"], 50)),
        Figure("jump to any picture (a still comes first), median", "ms", None, percentile(found["jump_any_ms"], 50)),
        Figure(f"a day's playlist over HTTP, worst of {LISTS}", "ms", 200, max(found["playlist_ms"])),
        Figure(f"scrub thumbnail over HTTP, p95 of {STILLS}", "ms", 60, percentile(found["still_ms"], 95)),
    ]


if __name__ == "__main__":
    print(json.dumps(run(), indent=2))
