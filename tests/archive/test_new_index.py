"""An index begun anew: whole at its place or not there, whoever dies, refuses or comes in between."""

import multiprocessing
import os
import resource
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import UUID

import pytest

from vms.archive.checkpoints import node_key, write_checkpoint
from vms.archive.deletion import delete_expired
from vms.archive.locks import list_locks, place_lock
from vms.archive.model import Lock
from vms.archive.new_index import LOCK, NEW
from vms.archive.rebuild import rebuild_index, restart_index
from vms.archive.volume import Volume
from vms.archive.writer import ArchiveWriter
from vms.kernel.clock import US_PER_DAY, SystemClock
from vms.kernel.errors import VmsError
from vms.kernel.span import Span

STEPS = ["restart:aside", "restart:made", "restart:locks", "restart:checkpoints", "restart:rows", "restart:gaps"]
LOCKS = 20
SHARDS = 2


@pytest.fixture
def held(recorded, key, start_us, clock, tmp_path) -> tuple[Volume, int]:
    """A volume whose footage is all kept by locks, and whose index is damaged."""
    volume, end_us = recorded
    for number in range(LOCKS):
        place_lock(volume, Lock(UUID(int=number + 1), key.camera_id, Span(start_us, end_us), "hold", "R-1", start_us))
    write_checkpoint(volume, clock, node_key(tmp_path / "node.key"))
    volume.index.close()
    volume.index.path.write_bytes(b"no database" * 1000)
    return volume, end_us


def keeps_all(volume: Volume, end_us: int) -> None:
    """The index that is found has every lock, and lets nothing go before people confirmed them."""
    assert len(list_locks(volume)) == LOCKS
    with pytest.raises(VmsError, match="locks_unconfirmed"):
        delete_expired(volume, {}, end_us + 99 * US_PER_DAY)
    assert [path.name for path in volume.path.glob(f"{NEW}*")] == []


@pytest.mark.proves("edge-29", "C-2")
@pytest.mark.parametrize("step", STEPS)
def test_dying_in_between_leaves_no_index_without_its_locks(
    held, clock, make_writer, rows, segment_files, die_in_child, step
):
    volume, end_us = held
    volume.close()

    def work(_report) -> None:
        mine = Volume.open(volume.path, volume.uuid, 0)
        restart_index(mine, clock, on_step=lambda name: name == step and os._exit(9))

    die_in_child(work)
    volume.attach()
    writer = make_writer(volume)
    writer.stop()
    assert set(writer.volume_states().values()) == {"ok"}
    keeps_all(volume, end_us)
    assert rows(volume, "SELECT count(*) FROM checkpoint") == [(1,)]
    assert rows(volume, "SELECT sequence FROM segment") == [(4,)]  # nothing but the newest was read before recording
    assert len(segment_files(volume)) == 5


@pytest.mark.proves("edge-29")
@pytest.mark.parametrize("step", ["restart:made", "restart:locks", "restart:checkpoints"])
def test_a_disk_that_refuses_in_between_leaves_no_index_without_its_locks(held, clock, step):
    volume, end_us = held
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)

    def refuse(name: str) -> None:
        if name == step:
            resource.setrlimit(resource.RLIMIT_FSIZE, (1, hard))

    try:
        with pytest.raises(VmsError, match="index_unavailable"):
            restart_index(volume, clock, on_step=refuse)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert not volume.index.path.exists()
    rebuild_index(volume, clock)
    keeps_all(volume, end_us)


def someone_waits_for(path: Path) -> bool:
    """Whether a process or thread stands before the flock of this file."""
    inode = f":{path.stat().st_ino} "
    waiting = [line for line in Path("/proc/locks").read_text("ascii").splitlines() if " -> FLOCK" in line]
    return any(inode in line for line in waiting)


@pytest.mark.proves("edge-29")
@pytest.mark.parametrize("step", STEPS)
def test_whoever_finds_the_same_index_lost_waits_and_takes_the_new_one(held, clock, wait_until, rows, step):
    volume, end_us = held
    other = Volume.open(volume.path, volume.uuid, 0)
    writer = ArchiveWriter([other], SystemClock())
    with ThreadPoolExecutor(1) as pool:
        found = []

        def on_step(name: str) -> None:
            if name == step:
                found.append(pool.submit(writer.recover))
                wait_until(lambda: found[0].done() or someone_waits_for(volume.path / LOCK), "the other one waits")

        restart_index(volume, clock, on_step=on_step)
        made = volume.index.identity()
        found[0].result()
    assert volume.index.identity() == made
    assert writer.volume_states() == {str(volume.uuid): "ok"}
    assert len(list(volume.path.glob("index.sqlite.2*"))) == 1
    assert rows(volume, "PRAGMA integrity_check") == [("ok",)]
    keeps_all(volume, end_us)
    other.close()


def recover_at_once(path: Path, uuid: UUID, barrier, states) -> None:
    """What a recorder shard does at its start."""
    writer = ArchiveWriter([Volume.open(path, uuid, 0)], SystemClock())
    barrier.wait()
    writer.recover()
    states.put(*writer.volume_states().values())


@pytest.mark.proves("edge-29")
def test_shards_started_together_after_a_damage_share_one_new_index(held, rows):
    volume, end_us = held
    context = multiprocessing.get_context("fork")
    for _ in range(4):
        volume.index.close()
        volume.index.path.write_bytes(b"no database" * 1000)
        barrier, states = context.Barrier(SHARDS), context.Queue()
        shards = [
            context.Process(target=recover_at_once, args=(volume.path, volume.uuid, barrier, states))
            for _ in range(SHARDS)
        ]
        for shard in shards:
            shard.start()
        assert Counter(states.get(timeout=60) for _ in shards) == {"ok": SHARDS}
        for shard in shards:
            shard.join()
        assert rows(volume, "PRAGMA integrity_check") == [("ok",)]
        keeps_all(volume, end_us)
    assert len(list(volume.path.glob("index.sqlite.2*"))) == 4


def test_who_still_has_the_lost_index_open_takes_nothing_from_the_new_one_by_closing(recorded, clock, key, start_us):
    """SQLite removes a write-ahead log by its name; that name is the new index's by then."""
    volume, end_us = recorded
    late = Volume.open(volume.path, volume.uuid, 0)
    with late.index.write() as connection:
        connection.execute("INSERT INTO meta VALUES ('seen', 'by the other one')")
    restart_index(volume, clock)
    place_lock(volume, Lock(UUID(int=1), key.camera_id, Span(start_us, end_us), "hold", "R-1", start_us))
    log = volume.path / "index.sqlite-wal"
    before = log.stat().st_ino, log.stat().st_size
    assert before[1] > 0
    late.close()
    assert (log.stat().st_ino, log.stat().st_size) == before
    assert len(list_locks(Volume.open(volume.path, volume.uuid, 0))) == 1
