from dataclasses import replace
from uuid import UUID

import pytest

from vms.audit.entry import NOTHING, Actor, NewEntry
from vms.audit.repeats import MAX_LIKE, MAX_LIKE_OF_ONE, Repeats
from vms.audit.rules import Act

AYSE = Actor(UUID(int=1), "Ayşe · ayse", UUID(int=11), "10.0.0.7")


def refused(camera=1, actor=AYSE, **more):
    return NewEntry(act=Act.VIEW_REFUSED, actor=actor, camera_id=UUID(int=camera), outcome="not_authorised", **more)


@pytest.fixture
def repeats(clock):
    return Repeats(clock)


def times(counts):
    return [one.detail["times"] for one in counts]


def test_the_first_is_written_at_once_the_others_as_a_count(repeats, clock):
    first = repeats.first(refused())
    assert (first.at_us, first.id is None) == (clock.now_us(), False)
    assert [repeats.first(refused()) for _ in range(4)] == [None] * 4
    clock.advance(59)
    assert repeats.counts() == []
    repeats.first(refused())
    last_us = clock.now_us()
    clock.advance(1)
    (count,) = repeats.counts()
    assert (count.refers_to, count.id, count.at_us) == (first.id, None, None)
    assert count.detail == {"times": 5, "last_us": last_us}
    assert (count.camera_id, count.outcome) == (first.camera_id, first.outcome)


def test_a_flood_that_goes_on_is_one_entry_a_minute(repeats, clock):
    repeats.first(refused())
    counted = []
    for _ in range(5):
        for _ in range(100):
            assert repeats.first(refused()) is None
        clock.advance(60)
        counted += repeats.counts()
    assert times(counted) == [100] * 5
    clock.advance(60)
    assert repeats.counts() == []
    assert repeats.first(refused()) is not None, "after a quiet minute it is a first one again"


@pytest.mark.parametrize(
    "other",
    [
        refused(2),
        refused(actor=replace(AYSE, person_id=UUID(int=2))),
        refused(mode="live"),
        refused(detail={"kind": "x"}),
        replace(refused(), outcome="grant_expired"),
        replace(refused(), act=Act.RECORDING_ATTEMPT),
    ],
)
def test_what_differs_is_a_first_one_of_its_own(repeats, other):
    assert repeats.first(refused()) is not None
    assert repeats.first(other) is not None


def test_of_strangers_the_address_counts(repeats):
    assert repeats.first(refused(actor=Actor(None, "", None, "10.0.0.1"))) is not None
    assert repeats.first(refused(actor=Actor(None, "", None, "10.0.0.1"))) is None
    assert repeats.first(refused(actor=Actor(None, "", None, "10.0.0.2"))) is not None


def test_who_tries_every_camera_gets_a_few_entries_and_one_count(repeats, clock):
    written = [repeats.first(refused(number)) for number in range(1, 1_001)]
    assert sum(one is not None for one in written) == MAX_LIKE_OF_ONE + 1
    other = replace(AYSE, person_id=UUID(int=2))
    assert repeats.first(refused(actor=other)) is not None, "others are not counted with them"
    clock.advance(60)
    (count,) = repeats.counts()
    assert (count.detail["times"], count.detail["mixed"]) == (1_000 - MAX_LIKE_OF_ONE - 1, True)
    assert (count.camera_id, count.subject) == (None, NOTHING)


def test_memory_is_bounded_whoever_comes(repeats, clock):
    for number in range(MAX_LIKE + 100):
        repeats.first(refused(actor=Actor(None, "", None, f"10.0.{number >> 8}.{number & 255}")))
    assert len(repeats._windows) == MAX_LIKE + 1
    clock.advance(60)
    assert times(repeats.counts()) == [99]
    clock.advance(60)
    repeats.counts()
    assert repeats._windows == {}
    assert repeats._of_one == {}


def test_at_the_end_everything_is_told(repeats):
    repeats.first(refused())
    repeats.first(refused())
    assert repeats.counts() == []
    assert times(repeats.counts(all_of_them=True)) == [1]
