"""How often anybody may ask for a code."""

import pytest

from vms.kernel.clock import ManualClock
from vms.kernel.errors import VmsError
from web.transfer.query_limit import MAX_ADDRESSES, QueryLimit


@pytest.fixture
def clock():
    return ManualClock()


@pytest.fixture
def limit(clock):
    return QueryLimit(clock)


def admitted(limit, address, tries, *, is_known):
    """How many of `tries` questions were let in."""
    count = 0
    for _ in range(tries):
        try:
            limit.admit(address)
        except VmsError:
            continue
        count += 1
        if not is_known:
            limit.missed(address)
    return count


@pytest.mark.proves("edge-117", "D-0.1")
def test_who_guesses_is_stopped_soon_and_then_gets_one_guess_in_ten_seconds(limit, clock):
    assert admitted(limit, "203.0.113.5", 100, is_known=False) == 6
    with pytest.raises(VmsError) as refusal:
        limit.admit("203.0.113.5")
    assert refusal.value.code == "too_many_queries"
    clock.advance(100)
    assert admitted(limit, "203.0.113.5", 100, is_known=False) in {6, 10, 11}
    clock.advance(10)
    assert admitted(limit, "203.0.113.5", 100, is_known=False) == 1


def test_who_holds_papers_may_look_up_thirty_and_one_every_two_seconds(limit, clock):
    assert admitted(limit, "203.0.113.5", 40, is_known=True) == 30
    clock.advance(2)
    assert admitted(limit, "203.0.113.5", 5, is_known=True) == 1


def test_one_address_does_not_use_up_anothers_questions(limit):
    admitted(limit, "203.0.113.5", 100, is_known=False)
    assert admitted(limit, "203.0.113.6", 3, is_known=True) == 3


def test_addresses_of_one_ipv6_network_count_as_one(limit):
    assert sum(admitted(limit, f"2001:db8::{index:x}", 1, is_known=False) for index in range(1, 50)) == 6
    assert admitted(limit, "2001:db8:0:1::1", 1, is_known=True) == 1
    assert admitted(limit, "::ffff:203.0.113.9", 1, is_known=True) == 1


@pytest.mark.proves("edge-117")
def test_a_thousand_machines_together_guess_four_times_a_second(limit, clock):
    addresses = [f"10.{index // 250}.{index % 250}.1" for index in range(1_000)]
    assert sum(admitted(limit, address, 1, is_known=False) for address in addresses) == 120
    clock.advance(10)
    assert sum(admitted(limit, address, 1, is_known=False) for address in addresses) == 40


def test_its_memory_is_bounded(limit):
    for index in range(MAX_ADDRESSES + 500):
        limit._bucket(f"10.{index >> 16}.{index >> 8 & 255}.{index & 255}")
    assert len(limit._by_address) == MAX_ADDRESSES
