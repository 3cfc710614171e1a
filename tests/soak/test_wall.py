"""A wall of sixteen sub streams in Chromium: SOAK_WALL_S seconds, an hour unless told otherwise."""

import os
import time
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

import pytest

from tests.bench import processes
from tests.bench.chromium import PROGRAM, chromium, signed_in_context
from tests.bench.live_bench import save_view
from tests.bench.load import SimulatedCameras
from tests.bench.node import Node, wait_until

pytestmark = [pytest.mark.sockets, pytest.mark.system]
TILES = 16
SECONDS = float(os.environ.get("SOAK_WALL_S", "3600"))
WARM_UP_S = min(600.0, SECONDS / 6)
EVERY_S = min(10.0, SECONDS / 60)
CLIP = ("--size", "640x360", "--fps", "10", "--bitrate", "500", "--seconds", "20")
SCREEN = {"width": 1600, "height": 900}
MOST_GROWTH, MOST_DROPPED, LEAST_LIVE = 0.20, 0.01, 0.99

# Players may be made anew meanwhile: each element has a number of its own.
_LOOK = """() => {
  window.soakNumbers ??= new WeakMap();
  const numbered = (video) => {
    if (!window.soakNumbers.has(video)) window.soakNumbers.set(video, (window.soakCount = (window.soakCount ?? 0) + 1));
    return window.soakNumbers.get(video);
  };
  const videos = [...document.querySelectorAll('video')].map((video) => {
    const { totalVideoFrames, droppedVideoFrames } = video.getVideoPlaybackQuality();
    return [numbered(video), totalVideoFrames, droppedVideoFrames];
  });
  return { videos, live: document.querySelectorAll('[data-camera][data-state=live]').length };
}"""


@dataclass
class Story:
    """What was seen of the wall, sample by sample."""

    memory_bytes: list[int] = field(default_factory=list)
    cpu_s: list[float] = field(default_factory=list)
    live: list[int] = field(default_factory=list)
    frames: dict[int, tuple[int, int]] = field(default_factory=dict)

    def add(self, page) -> None:
        looked = page.evaluate(_LOOK)
        self.live.append(looked["live"])
        self.frames |= {number: (total, dropped) for number, total, dropped in looked["videos"]}
        pids = browser_pids()
        self.memory_bytes.append(sum(_proportional_bytes(pid) for pid in pids))  # what they share counts once
        self.cpu_s.append(processes.cost(pids).cpu_s)

    @property
    def growth(self) -> float:
        """Of the browser's memory, from the end of the warm-up to the end; each the median of a tenth of that time."""
        later = self.memory_bytes[round(len(self.memory_bytes) * WARM_UP_S / SECONDS) :]
        tenth = max(1, len(later) // 10)
        return median(later[-tenth:]) / median(later[:tenth]) - 1

    @property
    def dropped(self) -> float:
        """Share of the frames that were decoded too late to be shown."""
        return sum(dropped for _, dropped in self.frames.values()) / sum(total for total, _ in self.frames.values())

    @property
    def cores(self) -> float:
        """What the browser took of the machine."""
        return (self.cpu_s[-1] - self.cpu_s[0]) / (EVERY_S * (len(self.cpu_s) - 1))

    @property
    def live_share(self) -> float:
        """How much of the time tiles were live."""
        return sum(self.live) / (TILES * len(self.live))


def browser_pids() -> list[int]:
    """All processes of this test's browser."""
    return [pid for pid in _descendants(os.getpid()) if _is_browser(pid)]


def _is_browser(pid: int) -> bool:
    try:
        return Path(PROGRAM).name in Path(f"/proc/{pid}/cmdline").read_bytes().partition(b"\0")[0].decode()
    except OSError:
        return False


def _descendants(pid: int) -> list[int]:
    found = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children = [int(word) for word in task.read_text().split()]
        except OSError:
            continue
        found += [one for child in children for one in (child, *_descendants(child))]
    return found


def _proportional_bytes(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0  # it ended this moment
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))


@pytest.mark.proves("D-1.3b")
def test_a_wall_of_sixteen_plays_on_without_growing(tmp_path):
    clip = tmp_path / "clip.mp4"
    assert processes.vms("simcam", "--make-clip", clip, *CLIP).wait(120) == 0
    with (
        SimulatedCameras(TILES, "--file", clip) as cameras,
        Node(tmp_path / "data", cameras.urls, is_live_only=True) as node,
    ):
        node.start_recorder()
        web = node.start_web()
        story = watch_wall(node)
        web_mb = processes.cost([web.pid]).rss_bytes / 1e6
    report = (
        f"{SECONDS:.0f} s of {TILES} sub streams: browser {story.memory_bytes[-1] / 1e6:.0f} MB, "
        f"{story.growth:+.1%} after {WARM_UP_S:.0f} s; {story.dropped:.2%} of "
        f"{sum(total for total, _ in story.frames.values())} frames dropped; live {story.live_share:.2%} of the time; "
        f"browser {story.cores:.2f} cores, web process {web_mb:.0f} MB"
    )
    print(f"\n{report}")  # noqa: T201 - figures for whoever runs it with -s
    assert story.growth < MOST_GROWTH, report
    assert story.dropped < MOST_DROPPED, report
    assert story.live_share > LEAST_LIVE, report


def watch_wall(node: Node) -> Story:
    """Open the wall; look at it until the time is over."""
    client = node.signed_in()
    view = save_view(client, "4x4", node.cameras)
    story = Story()
    with chromium() as browser:
        page = signed_in_context(browser, node, client, has_reader=False, viewport=SCREEN).new_page()
        page.goto(f"{node.address}/wall/{view}")
        wait_until(lambda: page.evaluate(_LOOK)["live"] == TILES, "all tiles are live")
        deadline = time.monotonic() + SECONDS
        while time.monotonic() < deadline:
            page.wait_for_timeout(EVERY_S * 1000)
            story.add(page)
    client.close()
    return story
