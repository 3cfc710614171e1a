"""Signed heads of what was deleted before the index was lost are no fault; of what was taken away they are."""

from uuid import UUID

import pytest

from vms.archive.checkpoints import MAX_SEQUENCE, node_key, public_bytes, signed, write_checkpoint
from vms.archive.deletion import delete_expired
from vms.archive.locks import confirm_locks, place_lock
from vms.archive.model import Lock
from vms.archive.rebuild import rebuild_index, restart_index
from vms.archive.verify import verify_volume
from vms.kernel.clock import US_PER_DAY
from vms.kernel.span import Span

NUMBERS = "SELECT sequence FROM segment ORDER BY sequence"


@pytest.fixture
def signing(tmp_path):
    return node_key(tmp_path / "node.key")


@pytest.fixture(params=["all of it", "all but what a lock keeps"])
def emptied(request, recorded, key, start_us, clock, signing):
    """Footage that was signed and then deleted: nothing is left of it, or what a lock keeps; with its end."""
    volume, end_us = recorded
    write_checkpoint(volume, clock, signing)
    if request.param != "all of it":
        place_lock(volume, Lock(key.camera_id, key.camera_id, Span(start_us, start_us + 1), "hold", "x", 1))
    delete_expired(volume, {}, end_us + 30 * US_PER_DAY)
    return volume, end_us


def lose_index(volume) -> None:
    volume.index.close()
    for path in volume.path.glob("index.sqlite*"):
        path.unlink()


def found(volume) -> list[str]:
    return [problem.code for problem in verify_volume(volume)]


@pytest.mark.proves("edge-29", "C-5")
@pytest.mark.parametrize("rebuilds", [True, False], ids=["rebuilt", "begun anew only"])
def test_what_was_deleted_before_the_index_was_lost_is_no_false_statement(emptied, clock, rebuilds):
    volume, _ = emptied
    assert found(volume) == []
    lose_index(volume)
    (rebuild_index if rebuilds else restart_index)(volume, clock)
    assert found(volume) == []


@pytest.mark.parametrize("losses", [1, 2])
def test_no_number_that_was_signed_is_given_again(
    emptied, clock, signing, key, make_writer, footage, record, rows, losses
):
    volume, end_us = emptied
    left = rows(volume, NUMBERS)
    for _ in range(losses):
        lose_index(volume)
        rebuild_index(volume, clock)
        write_checkpoint(volume, clock, signing)  # of a camera without footage it says nothing
    writer = make_writer(volume)
    record(writer.stream(key), footage, end_us + 60_000_000)
    writer.stop()
    assert rows(volume, NUMBERS) == [*left, (5,)]
    write_checkpoint(volume, clock, signing)
    assert found(volume) == []
    confirm_locks(volume)
    delete_expired(volume, {}, end_us + 60 * US_PER_DAY)
    assert found(volume) == []


@pytest.mark.proves("C-5")
@pytest.mark.parametrize("deletes", [False, True], ids=["nothing was deleted", "the oldest were deleted"])
@pytest.mark.parametrize("goes_on", [False, True], ids=["nothing after it", "recorded after it"])
def test_the_newest_footage_taken_away_with_the_index_is_found(
    recorded, clock, signing, segment_files, key, make_writer, footage, record, deletes, goes_on
):
    volume, end_us = recorded
    write_checkpoint(volume, clock, signing)
    if deletes:
        assert len(delete_expired(volume, {}, end_us + 30 * US_PER_DAY, limit=2).deleted) == 2
    segment_files(volume)[-1].unlink()
    lose_index(volume)
    rebuild_index(volume, clock)
    if goes_on:
        writer = make_writer(volume)
        record(writer.stream(key), footage, end_us + 60_000_000)
        writer.stop()
        write_checkpoint(volume, clock, signing)
    assert "checkpoint_invalid" in found(volume)
    confirm_locks(volume)
    delete_expired(volume, {}, end_us + 90 * US_PER_DAY)
    assert "checkpoint_invalid" in found(volume)


@pytest.mark.parametrize(
    ("sequence", "counts"), [(0, True), (MAX_SEQUENCE, True), (MAX_SEQUENCE + 1, False), (10**30, False)]
)
def test_a_number_that_no_recorder_reaches_becomes_no_next_one(signing, key, sequence, counts):
    volume_uuid, head = UUID(int=1), {"camera": str(key.camera_id), "stream": key.name, "sequence": sequence}
    values = {"volume": str(volume_uuid), "heads": [head], "public_key": public_bytes(signing).hex()}
    told = signed(1, values, signing).signed_numbers(volume_uuid)
    assert told == ({key: sequence} if counts else {})
