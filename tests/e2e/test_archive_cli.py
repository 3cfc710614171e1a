"""`vms archive` on an archive whose recorder was killed: check, a flipped byte, a lost index."""

import json
import sqlite3

import pytest
from footage_evidence import files_of
from kill_rounds import run_rounds
from live_node import Cameras, Node

pytestmark = [pytest.mark.sockets, pytest.mark.system]
CAMERAS = 2
KILLS = 3
# Rows without the numbers an index gives by itself: streams and formats are named by what they are.
SEGMENTS = """
SELECT camera_id, name, start_us, end_us, sequence, run, init.sha256, codec, width, height, size_bytes, duration_90k,
       samples, flags, lost_packets, mask_version, clock_offset_us, clock_error_us, segment.sha256, link, gops
FROM segment JOIN stream ON stream.id = segment.stream_id JOIN init ON init.id = init_id
     LEFT JOIN segment_gops USING (stream_id, sequence)
ORDER BY camera_id, sequence
"""
STREAMS = "SELECT camera_id, name, next_sequence, next_run, head_link, segments, bytes FROM stream ORDER BY camera_id"
GAPS = """
SELECT camera_id, name, start_us, end_us, cause, detail FROM gap JOIN stream ON stream.id = gap.stream_id
ORDER BY camera_id, name, start_us
"""


@pytest.fixture
def node(tmp_path, processes, eventually, write_mp4):
    clip = write_mp4(tmp_path / "clip.mp4", width=320, height=240, frames=250)
    cameras = Cameras.start(processes, eventually, clip, CAMERAS)
    made = Node(processes, eventually, tmp_path / "node")
    made.register(cameras.urls)
    run_rounds(made, KILLS, 5)
    return made


def rows_of(index, sql):
    connection = sqlite3.connect(f"file:{index}?mode=ro", uri=True)
    rows = connection.execute(sql).fetchall()
    connection.close()
    return rows


def flip_a_byte(path):
    """One bit of a picture in the middle of a file."""
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


@pytest.mark.long
@pytest.mark.proves("C-5", "edge-28", "edge-29")
def test_an_archive_after_kills_is_clean_provable_and_rebuilt_from_its_files(node, vms_once):
    volume = node.data / "volumes" / "main"
    index = volume / "index.sqlite"
    for command in (["check"], ["check", "--level", "presence"], ["check", "--level", "full"], ["verify"], ["stats"]):
        code, out, err = vms_once("archive", *command, "--data", node.data)
        assert code == 0, (command, out + err)
    segments, streams, gaps = rows_of(index, SEGMENTS), rows_of(index, STREAMS), rows_of(index, GAPS)
    assert len(segments) >= CAMERAS * 2
    assert len(streams) == CAMERAS

    for path in volume.glob("index.sqlite*"):
        path.unlink()
    assert vms_once("archive", "check", "--data", node.data)[0] == 1
    code, out, err = vms_once("archive", "rebuild", "--data", node.data)
    assert code == 0, out + err
    assert rows_of(index, SEGMENTS) == segments
    assert rows_of(index, STREAMS) == streams
    assert rows_of(index, GAPS) == gaps
    assert gaps
    for command in (["check", "--level", "full"], ["verify"]):
        code, out, err = vms_once("archive", *command, "--data", node.data)
        assert code == 0, (command, out + err)

    victim = files_of(volume)[0]
    flip_a_byte(victim)
    code, out, err = vms_once("archive", "verify", "--data", node.data, "--json")
    assert code == 1
    problems = json.loads(out)["problems"]
    assert {problem["path"] for problem in problems} == {str(victim.relative_to(volume))}
    assert {problem["camera_id"] for problem in problems} == {victim.parents[2].name}
    code, out, err = vms_once("archive", "verify", "--data", node.data)
    assert code == 1
    assert victim.name in out
    assert victim.parents[2].name in out


@pytest.mark.long
@pytest.mark.proves("edge-29")
def test_recording_goes_on_from_where_it_was_after_the_index_was_lost(node, vms_once):
    volume = node.data / "volumes" / "main"
    before = rows_of(volume / "index.sqlite", SEGMENTS)
    for path in volume.glob("index.sqlite*"):
        path.unlink()
    life = node.start_recording()
    assert life.outlives(1.0)
    assert life.end_well() == 0
    code, out, err = vms_once("archive", "rebuild", "--data", node.data)
    assert code == 0, out + err
    after = rows_of(volume / "index.sqlite", SEGMENTS)
    assert [row for row in after if row in before] == before
    assert len(after) > len(before)
    code, out, err = vms_once("archive", "check", "--level", "full", "--data", node.data)
    assert code == 0, out + err
