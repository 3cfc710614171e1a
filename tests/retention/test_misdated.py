"""Footage that a clock of before dated too early: it is as old as it is, not as it says."""

import json
import shutil

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from retention import clock_memory
from retention.clock_guard import RELEASED_US
from retention.clock_memory import confirm_clock, what_confirming_keeps
from retention.misdated import Belief
from retention.misdated_locks import REFERENCE
from retention.report import Outcome
from retention.sweeper import run_once
from tests.retention.wrong_clock import DAY_S, HOUR_S, MINUTE_US, YEAR_2000_US, Machine
from vms.archive.locks import list_locks
from vms.archive.rebuild import restart_index
from vms.kernel.clock import US_PER_DAY, US_PER_SECOND, ManualClock
from vms.kernel.span import Span


@pytest.fixture
def machine(shelf, camera) -> Machine:
    return Machine(shelf, camera)


@pytest.fixture
def policies(days_of, camera):
    return days_of({camera: 21})


def locks(machine: Machine) -> list[str]:
    return [lock.reference for lock in list_locks(machine.shelf.volume)]


@pytest.mark.proves("D-9.1a", "C-3", "edge-26")
@pytest.mark.parametrize("wall_us", [0, YEAR_2000_US, RELEASED_US + 40 * US_PER_DAY], ids=["1970", "2000", "last year"])
def test_footage_of_a_start_in_the_past_is_kept_by_its_true_time(machine, policies, wall_us):
    """A machine without a battery: minutes in another year, until a time server answers. Nobody confirms anything."""
    machine.record(3)
    assert machine.sweep(policies) is Outcome.OK
    machine.reboot(600, wall_us)
    machine.record(5)
    assert machine.sweep(policies) is Outcome.CLOCK_NOT_TRUSTED
    machine.set_right()
    machine.record(2)
    assert machine.sweep(policies) is Outcome.OK
    assert len(machine.true_end) == 10
    (reference,) = locks(machine)
    assert reference.startswith(REFERENCE)
    machine.passes(20.9 * DAY_S)
    machine.sweep(policies)
    assert len(machine.true_end) == 10
    machine.passes(0.2 * DAY_S)
    assert machine.sweep(policies) is Outcome.OK
    assert (machine.true_end, locks(machine)) == ({}, [])


@pytest.mark.proves("D-9.1a", "C-3", "edge-29")
def test_a_clock_is_not_believed_before_what_it_keeps_outlives_the_index(machine, policies, refused_copies):
    volume = machine.shelf.volume
    machine.record(3)
    machine.sweep(policies)
    machine.reboot(600, YEAR_2000_US)
    machine.record(5)
    machine.set_right()
    machine.record(2)
    for _ in range(2):
        with refused_copies(volume):
            assert machine.sweep(policies) is Outcome.VOLUME_UNAVAILABLE
    assert len(locks(machine)) == 1  # found again, placed once
    assert machine.sweep(policies) is Outcome.OK
    kept = list_locks(volume)
    restart_index(volume, machine.clock)
    assert list_locks(volume) == kept


@pytest.mark.proves("D-9.1a", "C-3")
@pytest.mark.parametrize("sweeps_before", [True, False], ids=["believed at first", "never believed"])
def test_a_clock_that_goes_on_where_the_machine_was_switched_off(machine, policies, sweeps_before):
    """`fake-hwclock`: ten days off, and the clock says it was a minute, until a time server answers."""
    machine.record(3)
    machine.sweep(policies)
    machine.reboot(10 * DAY_S, machine.clock.now_us())
    if sweeps_before:
        assert machine.sweep(policies) is Outcome.OK
    machine.record(5)
    machine.set_right()
    machine.record(2)
    assert machine.sweep(policies) is Outcome.CLOCK_NOT_TRUSTED
    (kept,) = what_confirming_keeps(machine.shelf.volume, machine.clock)
    assert kept.span.duration_us == 5 * MINUTE_US
    assert locks(machine) == []
    confirm_clock(machine.shelf.volume, machine.clock)
    machine.passes(12 * DAY_S)  # 22 days after what the footage says
    assert machine.sweep(policies) is Outcome.OK
    assert len(machine.true_end) == 7
    machine.passes(9.1 * DAY_S)
    assert machine.sweep(policies) is Outcome.OK
    assert machine.true_end == {}


def test_on_the_first_day_of_a_machine_a_clock_of_the_past_is_never_believed(make_shelf, policies, camera):
    shelf = make_shelf()
    with shelf.volume.index.write() as connection:
        connection.execute("DELETE FROM meta WHERE key = 'retention_clock'")
    machine = Machine(shelf, camera)
    for off_s in (60, 3 * DAY_S):  # another start in the year 2000
        machine.reboot(off_s, YEAR_2000_US)
        machine.record(3)
        assert machine.sweep(policies) is Outcome.CLOCK_NOT_TRUSTED
    machine.set_right()
    machine.record(1)
    assert machine.sweep(policies) is Outcome.OK
    assert len(machine.true_end) == 7
    machine.passes(20 * DAY_S)
    machine.sweep(policies)
    assert len(machine.true_end) == 7


def test_a_clock_set_back_into_a_hole_for_a_moment_between_two_sweeps(machine, policies):
    machine.record(1)
    machine.sweep(policies)
    machine.passes(5 * DAY_S)
    machine.record(1)
    machine.sweep(policies)
    machine.set_clock(machine.true_us - 3 * DAY_S * US_PER_SECOND)
    machine.record(2)
    machine.set_right()
    assert machine.sweep(policies) is Outcome.OK
    assert len(locks(machine)) == 1
    machine.passes(18.5 * DAY_S)
    machine.sweep(policies)
    assert len(machine.true_end) == 3  # but the first minute


def test_a_file_that_recovery_finds_late_is_as_old_as_it_says(machine, policies):
    """The recorder was down while the sweeper went on; its last file is indexed an hour later."""
    machine.record(1)
    begun_us, start_us = machine.clock.boottime_us(), machine.clock.now_us()
    machine.passes(HOUR_S)
    machine.sweep(policies)
    span = Span(start_us, start_us + MINUTE_US)
    machine.shelf.write(span, machine.camera, boot_id=machine.clock.boot_id(), boottime_us=begun_us)
    machine.sweep(policies)
    assert locks(machine) == []


def test_an_hour_of_error_over_weeks_keeps_little_too_long(machine, policies):
    machine.set_clock(machine.true_us - HOUR_S * US_PER_SECOND)
    machine.reboot(60, machine.clock.now_us())
    for _ in range(24 * 3):
        machine.record(1)
        machine.passes(HOUR_S)
        machine.sweep(policies)
    machine.set_right()
    machine.record(1)
    assert machine.sweep(policies) is Outcome.CLOCK_NOT_TRUSTED
    confirm_clock(machine.shelf.volume, machine.clock)
    assert len(locks(machine)) in {3, 4}
    machine.passes(21 * DAY_S)
    machine.sweep(policies)
    assert len(machine.true_end) <= 1
    confirm_clock(machine.shelf.volume, machine.clock)
    assert locks(machine) == []


def test_killed_between_locks_and_memory_it_finds_the_same_again_and_locks_it_once(machine, policies, monkeypatch):
    machine.record(1)
    machine.sweep(policies)
    machine.reboot(60, YEAR_2000_US)
    machine.record(2)
    machine.set_right()
    with monkeypatch.context() as patch:
        patch.setattr(clock_memory, "_store", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            run_once(machine.shelf.volume, policies, machine.clock)
    assert len(locks(machine)) == 1
    machine.sweep(policies)
    assert len(locks(machine)) == 1


def test_a_person_who_knows_of_earlier_starts_keeps_all_of_them(machine, policies):
    """Two starts in a row went on where the machine was switched off; the first of them was believed."""
    machine.record(1)
    machine.reboot(30 * DAY_S, machine.clock.now_us())
    machine.record(1)
    assert machine.sweep(policies) is Outcome.OK
    machine.reboot(60, machine.clock.now_us())
    machine.set_right()
    machine.record(1)
    assert machine.sweep(policies) is Outcome.CLOCK_NOT_TRUSTED
    assert what_confirming_keeps(machine.shelf.volume, machine.clock) == []
    assert len(what_confirming_keeps(machine.shelf.volume, machine.clock, Belief.PERSON_NOW_ONLY)) == 1
    confirm_clock(machine.shelf.volume, machine.clock, Belief.PERSON_NOW_ONLY)
    assert machine.sweep(policies) is Outcome.OK
    assert len(machine.true_end) == 3


def test_a_file_without_its_head_proves_nothing(machine, policies):
    machine.reboot(10 * DAY_S, machine.clock.now_us())
    machine.record(2)
    for path in machine.shelf.volume.path.rglob("*.mp4"):
        path.write_bytes(bytes(1000))
    machine.set_right()
    assert what_confirming_keeps(machine.shelf.volume, machine.clock) != []  # nobody knows when: from now
    (kept,) = what_confirming_keeps(machine.shelf.volume, machine.clock)
    assert kept.until_us == machine.clock.now_us()


def test_what_is_indexed_while_a_sweep_decides_waits_for_the_next(machine, policies, monkeypatch):
    """The last file of the wrong time is closed when the clock steps; its row may come at any moment."""
    machine.record(1)
    machine.sweep(policies)
    machine.reboot(60, YEAR_2000_US)
    begun_us = machine.clock.boottime_us()
    machine.passes(60)
    machine.set_right()
    span = Span(YEAR_2000_US, YEAR_2000_US + MINUTE_US)

    def keep_then_index(volume, found, clock):
        assert found == []
        machine.shelf.write(span, machine.camera, run=9, boot_id=clock.boot_id(), boottime_us=begun_us)

    with monkeypatch.context() as patch:
        patch.setattr(clock_memory, "keep_misdated", keep_then_index)
        assert run_once(machine.shelf.volume, policies, machine.clock).deleted_segments == 0
    assert run_once(machine.shelf.volume, policies, machine.clock).deleted_segments == 0
    assert len(locks(machine)) == 1


def test_what_an_older_version_remembered_is_a_beginning(machine, policies):
    machine.record(1)
    machine.sweep(policies)
    with machine.shelf.volume.index.write() as connection:
        (text,) = connection.execute("SELECT value FROM meta WHERE key = 'retention_clock'").fetchone()
        values = json.loads(text)
        del values["seen"]
        connection.execute("UPDATE meta SET value = ? WHERE key = 'retention_clock'", (json.dumps(values),))
    machine.passes(DAY_S)
    assert machine.sweep(policies) is Outcome.OK
    assert locks(machine) == []


class Lives(RuleBasedStateMachine):
    """Months of a machine whose clock is wrong now and then, with a person who says the truth."""

    shelf_maker = None
    policies = None
    camera = None

    @initialize()
    def begin(self):
        shelf = self.shelf_maker()
        shelf.clock = clock = ManualClock()
        self.machine = Machine(shelf, self.camera)
        self.machine.clock = clock
        confirm_clock(shelf.volume, clock)

    @rule(hours=st.integers(0, 30), minutes=st.integers(1, 3))
    def goes_on(self, hours, minutes):
        self.machine.passes(hours * HOUR_S)
        self.machine.record(minutes)
        self.machine.sweep(self.policies)

    @rule(days=st.integers(1, 15))
    def time_passes(self, days):
        self.machine.passes(days * DAY_S)
        self.machine.sweep(self.policies)

    @rule(
        off_s=st.sampled_from([60, 20 * HOUR_S, 10 * DAY_S, 30 * DAY_S]),
        shows=st.sampled_from(["truth", "1970", "2000", "where it was"]),
        sweeps=st.booleans(),
        minutes=st.integers(0, 3),
        wrong_s=st.sampled_from([0, 2 * DAY_S, 12 * DAY_S]),
    )
    def starts_anew(self, off_s, shows, sweeps, minutes, wrong_s):
        machine = self.machine
        walls = {"truth": None, "1970": 0, "2000": YEAR_2000_US, "where it was": machine.clock.now_us()}
        machine.reboot(off_s, walls[shows])
        machine.record(minutes)
        if sweeps:
            machine.sweep(self.policies)
        machine.record(minutes)
        machine.passes(wrong_s)
        machine.record(minutes)
        machine.set_right()
        machine.record(1)

    @rule(days=st.integers(1, 40), minutes=st.integers(1, 3))
    def set_back_for_a_moment(self, days, minutes):
        machine = self.machine
        machine.sweep(self.policies)
        machine.set_clock(machine.true_us - days * DAY_S * US_PER_SECOND)
        machine.record(minutes)
        machine.set_right()

    @rule()
    def somebody_confirms(self):
        self.machine.confirm()
        self.machine.sweep(self.policies)

    def teardown(self):
        if not hasattr(self, "machine"):
            return
        volume = self.machine.shelf.volume
        try:
            self.machine.confirm()
            self.machine.passes(22 * DAY_S)
            self.machine.sweep(self.policies)
            assert locks(self.machine) == []
            assert self.machine.true_end == {}
        finally:
            volume.close()
            shutil.rmtree(volume.path)


@pytest.fixture
def live_by_clock(make_shelf, policies, camera):
    """Run so many lives of so many steps; the same ones each time, unless `is_random`."""
    Lives.shelf_maker, Lives.policies, Lives.camera = staticmethod(make_shelf), policies, camera

    def run(examples: int, steps: int, *, is_random: bool = False) -> None:
        run_state_machine_as_test(
            Lives,
            settings=settings(
                max_examples=examples,
                stateful_step_count=steps,
                derandomize=not is_random,
                database=None,
                print_blob=True,
                deadline=None,
                suppress_health_check=list(HealthCheck),
            ),
        )

    return run


@pytest.mark.proves("D-9.1a", "C-3")
def test_nothing_goes_before_its_true_twenty_days_whatever_the_clock_did(live_by_clock):
    """No build fails by chance; what nobody thought of is looked for by `make soak`."""
    live_by_clock(30, 12)
