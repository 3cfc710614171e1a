"""kill -9 at fifty random moments costs at most a second each."""

from concurrent.futures import ThreadPoolExecutor
from time import monotonic

import pytest
from kill_proof import prove
from kill_rounds import run_rounds, story
from live_node import Cameras, Node

pytestmark = [pytest.mark.sockets, pytest.mark.system, pytest.mark.long, pytest.mark.timeout(300)]
CAMERAS = 4
KILLS = {1: 17, 2: 17, 3: 16}  # seed of the moments to kills: nodes side by side, because starting is what takes long


@pytest.mark.proves("C-5", "D-10.2c", "edge-28")
def test_fifty_kills_lose_less_than_a_second_each(tmp_path, processes, eventually, vms_once, write_mp4):
    clip = write_mp4(tmp_path / "clip.mp4", width=320, height=240, frames=250, gop=50)
    cameras = Cameras.start(processes, eventually, clip, CAMERAS)
    nodes = {seed: Node(processes, eventually, tmp_path / f"node-{seed}") for seed in KILLS}
    for node in nodes.values():
        node.register(cameras.urls)
    began_s = monotonic()
    with ThreadPoolExecutor(len(KILLS)) as pool:
        lives = {seed: pool.submit(run_rounds, nodes[seed], kills, seed) for seed, kills in KILLS.items()}
    print(f"\n{sum(KILLS.values())} kills in {monotonic() - began_s:.0f} s")  # noqa: T201 - figures for whoever runs it with -s
    for seed, node in nodes.items():
        print(story(prove(node, lives[seed].result(), vms_once)))  # noqa: T201 - figures for whoever runs it with -s
