"""Footage of wrong clocks that hide behind each other: none borrows the lock of another's."""

import pytest

from retention.report import Outcome
from tests.retention.wrong_clock import DAY_S, HOUR_S, YEAR_2000_US, Machine
from vms.archive.locks import list_locks
from vms.kernel.clock import US_PER_SECOND


@pytest.fixture
def machine(shelf, camera) -> Machine:
    return Machine(shelf, camera)


@pytest.fixture
def policies(days_of, camera):
    return days_of({camera: 21})


def locks(machine: Machine) -> list[str]:
    return [lock.reference for lock in list_locks(machine.shelf.volume)]


@pytest.mark.proves("D-9.1a", "C-3", "edge-26")
def test_a_clock_that_was_behind_for_longer_than_it_was_behind(machine, policies):
    """Five days behind for a week: what it dated after its last belief is too old by five days as well."""
    machine.record(1)
    assert machine.sweep(policies) is Outcome.OK
    machine.set_clock(machine.true_us - 5 * DAY_S * US_PER_SECOND)
    for _ in range(7):
        machine.passes(DAY_S)
        machine.record(1)
        assert machine.sweep(policies) is Outcome.CLOCK_NOT_TRUSTED
    machine.set_right()
    machine.record(1)
    assert machine.sweep(policies) is Outcome.OK
    machine.passes(16.5 * DAY_S)
    machine.sweep(policies)
    assert len(machine.true_end) == 6
    machine.passes(5 * DAY_S)
    machine.sweep(policies)
    assert (machine.true_end, locks(machine)) == ({}, [])


@pytest.mark.proves("D-9.1a", "C-3")
def test_a_second_start_in_2000_records_into_the_holes_of_the_first(machine, policies):
    """What keeps the first until its days are over spans the hole, and ends too early for what came into it later."""
    machine.record(1)
    machine.sweep(policies)
    for minutes_of_hole in (10, 0):
        machine.reboot(60, YEAR_2000_US)
        machine.record(1)
        if minutes_of_hole:
            machine.passes(minutes_of_hole * 60)
            machine.record(1)
        machine.set_right()
        assert machine.sweep(policies) is Outcome.OK
        machine.passes(15 * DAY_S)
        machine.sweep(policies)
    machine.passes(HOUR_S)
    assert len(locks(machine)) == 1  # the first is over
    assert len(machine.true_end) == 1
    machine.passes(6 * DAY_S)
    machine.sweep(policies)
    assert (machine.true_end, locks(machine)) == ({}, [])
