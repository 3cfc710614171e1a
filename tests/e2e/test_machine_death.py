"""The machine dies: what was not synced is torn, zero or rubbish, and nothing that was synced is lost."""

import random

import pytest
from footage_evidence import files_of, read_rows, unplayable
from kill_rounds import run_rounds
from live_node import Cameras, Node
from torn_files import DAMAGES, tear

pytestmark = [pytest.mark.sockets, pytest.mark.system, pytest.mark.long]
CAMERAS = 4
ROUNDS = 10
SYNC_S = 0.5
SLACK_US = 1_000_000  # a fragment, what waits in the socket, the sync itself
US = 1_000_000


@pytest.mark.proves("C-5", "D-10.2c", "edge-28")
def test_nothing_synced_is_lost_when_the_tail_of_every_open_file_is_spoilt(
    tmp_path, processes, eventually, vms_once, write_mp4
):
    clip = write_mp4(tmp_path / "clip.mp4", width=320, height=240, frames=250, gop=50)
    cameras = Cameras.start(processes, eventually, clip, CAMERAS)
    node = Node(processes, eventually, tmp_path / "node")
    node.register(cameras.urls)
    node.set_up(f"[recorder]\nsync_interval_s = {SYNC_S}\n")
    volume = node.data / "volumes" / "main"
    torn, late = [], []
    chance = random.Random(3)

    def die(life):
        damage = DAMAGES[len(late) % len(DAMAGES)]
        found = tear(volume, damage, chance)
        torn.extend(found)
        late.append(life.killed_us - min((file.durable_us for file in found), default=life.killed_us))
        recorded_us = life.killed_us - max(life.first_pictures_us.values())
        if recorded_us > SYNC_S * US + SLACK_US:
            assert late[-1] < SYNC_S * US + SLACK_US, f"the newest sync is {late[-1]} us old"

    run_rounds(node, ROUNDS, 3, die)
    code, out, err = vms_once("archive", "check", "--level", "full", "--data", node.data)
    assert code == 0, out + err
    synced = [file for file in torn if file.durable_bytes]
    assert {file.damage for file in synced} == set(DAMAGES)
    assert [file.path.name for file in synced if not file.is_durable_part_intact()] == []
    rows = read_rows(volume / "index.sqlite")
    ends_us = {(camera, start): end for camera, stream in rows.items() for start, end in stream.segments}
    assert [file for file in synced if ends_us[file.camera_id, file.start_us] < file.durable_us] == []
    for stream in rows.values():
        assert stream.overlaps() == []
        assert {stream.causes_of(hole)[0] for hole in stream.holes()} == {"recorder_down"}
    files = files_of(volume)
    assert len(files) == sum(len(stream.segments) for stream in rows.values())
    assert unplayable(files) == []
    print(f"\n{len(synced)} of {len(torn)} torn files had synced footage; oldest sync {max(late) / US:.2f} s")  # noqa: T201
