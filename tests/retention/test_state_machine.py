"""Whatever people, disks, clocks and crashes do: nothing locked or younger than twenty days goes."""

import importlib.util
import shutil
import tempfile
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import HealthCheck, event, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from retention.misdated import Belief
from retention.misdated_locks import REFERENCE
from retention.report import Outcome
from tests.retention.honest import FLOOR_US, Life, Wish
from tests.retention.mortal import Died, Fault, How, Refused
from vms.archive.check import Level, check_volume
from vms.archive.model import Lock
from vms.archive.volume import Volume
from vms.cameras.service import NewCamera, register
from vms.kernel.clock import US_PER_DAY, US_PER_SECOND, ManualClock
from vms.kernel.database import Database
from vms.kernel.migration import upgrade
from vms.kernel.secrets import SecretBox
from vms.kernel.span import Span

HOUR_S, DAY_S, PROBE_S = 3600, 86_400, 3
YEARS_US = [0, 946_684_800 * US_PER_SECOND]  # machines without a battery start in 1970 or in 2000
EVERYTHING = 1 << 60  # a reserve that no disk has: pressure without end
HOUR_US = HOUR_S * US_PER_SECOND


def _fixtures_of(folder: str):
    spec = importlib.util.spec_from_file_location(
        f"{folder}_for_life", Path(__file__).parents[1] / folder / "conftest.py"
    )
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


_archive = _fixtures_of("archive")
footage, disk_path = _archive.footage, _archive.disk_path

faults = st.none() | st.builds(Fault, st.sampled_from(How), st.integers(0, 15))
cameras = st.integers(0, 1)
policies = st.sampled_from([20, 21, 30])
offices = st.sampled_from(["web", "jobs"])
clocks = st.sampled_from(["as it is", "right", "right", "confirmed"])


class Lives(RuleBasedStateMachine):
    """Two cameras, a recorder, the jobs, the desk; each dies alone, or all with the machine."""

    footage = disk_path = template = None
    cameras: tuple[UUID, UUID]

    @initialize(days=st.tuples(policies, policies), small_h=st.sampled_from([-20, -3, 3, 20]))
    def begin(self, days, small_h):
        """`small_h`: the error of less than a day, one for each life: several that add up are the known limit."""
        self.folder = Path(tempfile.mkdtemp(prefix="lives-", dir=self.disk_path))
        self.life = Life(self.folder, self.template, self.footage, dict(zip(self.cameras, days, strict=True)))
        self.time = self.life.time
        self.number, self.small_us, self.was_lost = 0, small_h * HOUR_US, False
        for camera in (0, 1, 0, 1, 0):  # three weeks went by before
            self._record(camera, 1)
            self.time.passes(5 * DAY_S)

    @rule(
        camera=cameras, hours=st.integers(0, 30), seconds=st.integers(1, 2), segments=st.integers(1, 3),
        closes=st.booleans(), fault=faults,
    )  # fmt: skip
    def record(self, camera, hours, seconds, segments, closes, fault):
        self.time.passes(hours * HOUR_S)
        for number in range(segments):
            is_last = number == segments - 1
            self._record(camera, seconds, number == 0, closes or not is_last, fault if is_last else None)

    @rule(
        days=st.integers(0, 15), clock=clocks, policy=st.tuples(cameras, st.none() | policies), is_full=st.booleans(),
        fault=faults,
    )  # fmt: skip
    def sweep(self, days, clock, policy, is_full, fault):
        """`policy` None: a database that was lost knows the camera no more."""
        self.time.passes(days * DAY_S)
        self._set_policy(*policy)
        self._sweep(clock, is_full, fault)

    @precondition(lambda self: self._young())
    @rule(
        data=st.data(), less_s=st.sampled_from([1, 1, 5 * HOUR_S, 0]), clock=st.just("as it is") | clocks,
        is_full=st.booleans(),
    )  # fmt: skip
    def sweep_where_a_segment_turns_twenty_days(self, data, less_s, clock, is_full):
        """A moment before its time, where every mistake shows; or at it."""
        segment = self.life.kept[data.draw(st.sampled_from(self._young()))]
        at_us = segment.true_end_us + FLOOR_US - less_s * US_PER_SECOND
        self.time.passes(max(at_us - self.time.true_us, 0) / US_PER_SECOND)
        self._sweep(clock, is_full, None)

    @precondition(lambda self: self.life.kept)
    @rule(
        data=st.data(), before_h=st.integers(-3, 48), length_h=st.integers(1, 72), is_order=st.booleans(),
        process=offices, fault=faults,
    )  # fmt: skip
    def lock(self, data, before_h, length_h, is_order, process, fault):
        key = data.draw(st.sampled_from(self._keys()))
        start_us = key.start_us - before_h * HOUR_US
        span = Span(start_us, start_us + length_h * HOUR_US)
        self.number += 1
        words, wish = f"Muhafaza {self.number}", Wish(key.camera, span, UUID(int=self.number), is_order)
        self.life.wishes[words] = wish
        if is_order:
            outcome = self.life.ask(process, "order", wish.owner, words, wish.camera, span, fault=fault)
        else:
            placed = Lock(wish.owner, wish.camera, span, "hold", words, self.time.told.now_us)
            outcome = self.life.ask(process, "place", placed, fault=fault)
        is_told = outcome is True if is_order else not isinstance(outcome, Died | Refused)
        assert wish.counts or not is_told, f"{words} was promised and is not there"

    @precondition(lambda self: self._binding())
    @rule(data=st.data(), process=offices, fault=faults)
    def release(self, data, process, fault):
        wish = data.draw(st.sampled_from(self._binding()))
        wish.is_released = True
        self.life.ask(process, "let_go" if wish.is_order else "release", wish.owner, fault=fault)

    @rule(
        error_days=st.sampled_from([None, -40, -16, -5, -2, -2, 2, 9, 40]),
        year_us=st.sampled_from([None, None, None, *YEARS_US]), days=st.sampled_from([0, 3, 12]), camera=cameras,
    )  # fmt: skip
    def clock_is_set(self, error_days, year_us, days, camera):
        """By days, or by some hours (None), or to a year in which nothing was; for a moment or for days."""
        error_us = self.small_us if error_days is None else error_days * US_PER_DAY
        self._set_clock(error_us if year_us is None else year_us - self.time.true_us)
        self.time.passes(days * DAY_S)
        self._record(camera, 1)

    @rule(
        off_s=st.sampled_from([60, 60, 20 * HOUR_S, 10 * DAY_S, 30 * DAY_S]),
        shows=st.sampled_from(["truth", "hours off", "hours off", "where it was", "a month ahead"]),
        is_swept=st.booleans(),
    )
    def power_fails(self, off_s, shows, is_swept):
        """Perhaps a moment after a sweep believed the clock."""
        if is_swept:
            self._sweep("as it is", is_full=False, fault=None)
        error_us = {
            "truth": 0, "hours off": self.small_us, "a month ahead": 30 * US_PER_DAY,
            "where it was": self.time.error_us - off_s * US_PER_SECOND,
        }[shows]  # fmt: skip
        if shows == "where it was" and -3 * US_PER_DAY < error_us < 25 * HOUR_US:
            error_us = self.small_us
        self._starts_anew(off_s, error_us)

    @rule(
        camera=cameras, days=st.integers(0, 15), year_us=st.sampled_from(YEARS_US), pause_s=st.sampled_from([0, 600]),
        fault=faults,
    )  # fmt: skip
    def starts_in_2000_until_a_server_tells_the_time(self, camera, days, year_us, pause_s, fault):
        """With a hole in what it records then, or without."""
        self.time.passes(days * DAY_S)
        self._starts_anew(60, year_us - self.time.true_us - 60 * US_PER_SECOND)
        for _ in range(2 if pause_s else 1):
            self._record(camera, 1, fault=fault)
            self.time.passes(pause_s)
        self._sweep("right", is_full=False, fault=fault)

    @rule(
        act=st.sampled_from([("recorder", "goes_on"), ("jobs", "tell"), ("web", "tell"), ("jobs", "confirm")]),
        fault=faults,
    )
    def process_is_killed_and_comes_back(self, act, fault):
        """Perhaps to die in its recovery."""
        self.life.kill(act[0])
        if act[1] == "confirm":
            self._confirm(fault)
        else:
            self.life.ask(*act, fault=fault)

    @precondition(lambda self: self.life.kept and not (self.was_lost or self.life.wrong_boots or self.time.error_us))
    @rule()
    def index_is_lost(self):
        """Its locks come back from their copies, and nothing goes before somebody compared them.

        What a disk refused before is made good by then: files by the recorder's next probe, copies of locks by a sweep.
        """
        life, self.was_lost = self.life, True
        if life.was_refused:
            self._sweep("as it is", is_full=False, fault=None)
        self.time.passes(PROBE_S)
        assert life.ask("recorder", "goes_on") is True
        self._close_files()
        files = life.look().files
        life.kill()
        for path in life.places.volume.glob("index.sqlite*"):
            path.unlink()
        assert life.ask("recorder", "goes_on", looks=False) is True
        assert life.ask("jobs", "sweep", life.days, EVERYTHING, looks=False) == Outcome.LOCKS_NOT_TRUSTED
        assert life.ask("jobs", "rebuild", looks=False) == []
        life.returned()
        assert life.look().files == files
        life.ask("jobs", "confirm_locks")
        life.ask("jobs", "confirm", Belief.PERSON)

    def _record(self, camera, seconds, is_new_run=True, closes=True, fault=None):
        self.life.ask("recorder", "record", self.cameras[camera], seconds, is_new_run, closes, fault=fault)

    def _set_policy(self, camera, days):
        self.life.days.pop(self.cameras[camera], None)
        if days is not None:
            self.life.days[self.cameras[camera]] = days

    def _sweep(self, clock, is_full, fault):
        if clock == "confirmed":
            self._confirm(None)
        elif clock == "right":
            self._set_clock(0)
        before = len(self.life.gone)
        outcome = self.life.ask("jobs", "sweep", self.life.days, EVERYTHING if is_full else 0, fault=fault)
        assert fault or outcome != Outcome.VOLUME_UNAVAILABLE, "the index refused what the sweep asked for"
        if len(self.life.gone) > before:
            event(f"a sweep that {'died' if isinstance(outcome, Died) else 'came to its end'} deleted")

    def _confirm(self, fault):
        """As an honest person: with the right time, and whether the clock was wrong in earlier starts."""
        self._set_clock(0)
        wrong = self.life.wrong_boots - {self.time.boots}
        belief = Belief.PERSON_NOW_ONLY if wrong else Belief.PERSON
        if not isinstance(self.life.ask("jobs", "confirm", belief, fault=fault), Died | Refused):
            self.life.wrong_boots -= wrong

    def _set_clock(self, error_us):
        """Recorders end their runs then."""
        self._close_files()
        self.time.error_us = error_us

    def _starts_anew(self, off_s, error_us):
        self.life.kill()
        self.time.starts_anew(off_s, error_us)

    def _keys(self):
        return sorted(self.life.kept, key=lambda key: (self.cameras.index(key.camera), key.start_us))

    def _young(self):
        return [key for key in self._keys() if self.life.kept[key].true_end_us + FLOOR_US > self.time.true_us]

    def _binding(self):
        return [wish for wish in self.life.wishes.values() if wish.counts and not wish.is_released]

    def _close_files(self):
        for camera in list(self.life.open):
            self.life.ask("recorder", "finish", camera)

    def teardown(self):
        if not hasattr(self, "life"):
            return
        try:
            if self.life.holds:  # else another failure would hide the one that is told
                self._everything_goes_at_last()
        finally:
            self.life.kill()
            shutil.rmtree(self.folder)

    def _everything_goes_at_last(self):
        """What nothing keeps must go, or the proof would be one of a product that deletes nothing."""
        life = self.life
        life.kill()
        assert life.ask("recorder", "goes_on") is True
        self._confirm(None)
        for wish in life.wishes.values():
            wish.is_released = True
            if wish.is_order:  # one that died before any volume heard of it is in force too
                life.ask("web", "let_go", wish.owner)
        for words, (lock_id, _, _) in life.look().locks.items():
            if not words.startswith(REFERENCE):
                life.ask("web", "release", lock_id)
        self._is_sound()
        self.time.passes(80 * DAY_S)
        life.days = dict.fromkeys(self.cameras, 30)
        assert life.ask("jobs", "sweep", life.days, 0) == Outcome.OK
        truth = life.look()
        assert (truth.rows, truth.files, truth.locks, truth.garbage) == ({}, {}, {}, set())

    def _is_sound(self):
        volume = Volume.open(self.life.places.volume, self.life.places.uuid, 0)
        try:
            assert list(check_volume(volume, Level.FULL, second_look_s=0)) == []
        finally:
            volume.close()


@pytest.fixture(scope="module")
def control(tmp_path_factory):
    """A control database with two cameras; their ids."""
    folder = tmp_path_factory.mktemp("control")
    database, clock = Database.at(folder / "nazar.db"), ManualClock()
    upgrade(database.engine)
    box = SecretBox.at(folder / "secret.key")
    with database.writing() as session:
        ids = tuple(
            register(session, NewCamera(name=name, main_address="rtsp://cam.example/"), box, clock).id
            for name in ("gate", "lobby")
        )
    database.close()
    return folder / "nazar.db", ids


@pytest.fixture
def live(footage, disk_path, control):
    """Run so many lives of so many steps; the same ones each time, unless `is_random`."""
    Lives.footage, Lives.disk_path = footage, disk_path
    Lives.template, Lives.cameras = control

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


@pytest.mark.proves("D-9.1a", "D-9.1c", "C-2", "C-3", "edge-25", "edge-26", "edge-28", "edge-63", "edge-72")
@pytest.mark.timeout(900)  # one that fails is made short for up to five minutes
@pytest.mark.parametrize(
    ("examples", "steps"),
    [pytest.param(16, 25, id="short"), pytest.param(24, 40, id="long", marks=pytest.mark.long)],
)
def test_nothing_locked_or_young_goes_whatever_happens(examples, steps, live):
    """No build fails by chance; what nobody thought of is looked for by `make soak`."""
    live(examples, steps)
