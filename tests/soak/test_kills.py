"""kill -9 at five hundred random moments."""

import os
from concurrent.futures import ThreadPoolExecutor
from time import monotonic

import pytest
from kill_proof import prove
from kill_rounds import run_rounds, story
from live_node import Cameras, Node

pytestmark = [pytest.mark.sockets, pytest.mark.system]
CAMERAS = 4
KILLS = int(os.environ.get("NAZAR_SOAK_KILLS", "500"))
NODES = 2


@pytest.mark.proves("C-5", "D-10.2c", "edge-28")
def test_five_hundred_kills_lose_less_than_a_second_each(tmp_path, processes, eventually, vms_once, write_mp4):
    clip = write_mp4(tmp_path / "clip.mp4", width=320, height=240, frames=250, gop=50)
    cameras = Cameras.start(processes, eventually, clip, CAMERAS)
    nodes = [Node(processes, eventually, tmp_path / f"node-{number}") for number in range(NODES)]
    for node in nodes:
        node.register(cameras.urls)
    began_s = monotonic()
    with ThreadPoolExecutor(NODES) as pool:
        lives = list(pool.map(lambda number: run_rounds(nodes[number], KILLS // NODES, 1000 + number), range(NODES)))
    print(f"\n{KILLS} kills in {monotonic() - began_s:.0f} s")  # noqa: T201 - figures for whoever runs it with -s
    for node, of_node in zip(nodes, lives, strict=True):
        print(story(prove(node, of_node, vms_once)))  # noqa: T201 - figures for whoever runs it with -s
