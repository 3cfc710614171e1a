"""A node whose processes die, beside what an honest witness knows of its footage, its locks and the time."""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from retention.clock_memory import confirm_clock
from retention.misdated_locks import REFERENCE
from tests.retention.disk_truth import Key, Row, Truth, read_truth
from tests.retention.mortal import Died, Fault, How, Mortal, Refused, Told, ToldClock
from tests.retention.node_acts import Office, Places, Recorder
from vms.archive.volume import Volume
from vms.kernel.clock import US_PER_DAY, US_PER_SECOND
from vms.kernel.span import Span

FLOOR_US = 20 * US_PER_DAY  # article 9(1); written here once more: the witness asks nobody
BEGIN_US = 1_750_000_000 * US_PER_SECOND


class TrueTime:
    """What time it really is, with what the machine's clocks show instead."""

    def __init__(self) -> None:
        self.true_us, self.error_us = BEGIN_US, 0
        self.boots, self._booted_us = 1, BEGIN_US - 1000 * US_PER_SECOND

    @property
    def told(self) -> Told:
        return Told(self.true_us + self.error_us, self.true_us - self._booted_us, f"boot-{self.boots}")

    def passes(self, seconds: float) -> None:
        self.true_us += round(seconds * US_PER_SECOND)

    def starts_anew(self, off_s: float, error_us: int) -> None:
        self.passes(off_s)
        self.boots, self._booted_us, self.error_us = self.boots + 1, self.true_us, error_us
        self.passes(20)


@dataclass
class Begun:
    """A file that a recorder said it began; `seconds` of it were written."""

    true_us: int
    seconds: int = 0


@dataclass(frozen=True)
class Kept:
    """A segment that must stay until it is old, and free."""

    row: Row
    true_end_us: int


@dataclass
class Wish:
    """What a person wants kept. `counts`: it was promised, or seen in the index: from then on it binds."""

    camera: UUID
    span: Span
    owner: UUID
    is_order: bool
    counts: bool = False
    is_released: bool = False


class Life:
    """Its processes, what they were asked, what must be true of the disk after each act."""

    def __init__(self, folder: Path, template: Path, footage: Any, days: Mapping[UUID, int]) -> None:
        shutil.copy(template, folder / "nazar.db")
        self.time = TrueTime()
        clock = ToldClock()
        clock.told = self.time.told
        volume = Volume.create(folder / "volume", clock, 0)
        confirm_clock(volume, clock)  # the machine is not new to it
        volume.close()
        self.places = Places(volume.path, volume.uuid, folder / "nazar.db")
        self.days = dict(days)
        self.kept: dict[Key, Kept] = {}
        self.gone: dict[Key, Kept] = {}
        self.wishes: dict[str, Wish] = {}
        self.wrong_boots: set[int] = set()  # in which footage was written under a wrong clock
        self.is_settled = True  # the recorder lives, and nothing of it waits for the index
        self.holds = True  # all that must hold, at the last look
        self.was_refused = False  # by a disk, perhaps; what must not stop an act may be left for later then
        self.open: dict[UUID, int] = {}  # of what is being written, by camera
        self._at: tuple[UUID, int] | None = None  # what was begun last
        self._begun: dict[tuple[UUID, int], Begun] = {}
        self._make = {
            "recorder": partial(Recorder, self.places, footage),
            "jobs": partial(Office, self.places),
            "web": partial(Office, self.places),
        }
        self.running: dict[str, Mortal] = {}
        self._returned: dict[Key, Kept] = {}

    def ask(self, process: str, act: str, *given: Any, fault: Fault | None = None, looks: bool = True) -> Any:
        """Let a process act (one that is dead starts anew), then look at the disk."""
        self.holds = False
        if process not in self.running:
            self.running[process] = Mortal(self._make[process])
        outcome, said = self.running[process].ask(act, *given, told=self.time.told, fault=fault)
        for what in said:
            self._note(*what)
        if isinstance(outcome, Died):
            assert fault is not None
            del self.running[process]
        self.was_refused |= fault is not None and fault.how is How.REFUSED
        assert fault or not isinstance(outcome, Refused), outcome
        if process == "recorder":
            self._recorder_answered(act, given, outcome)
        if looks:
            self.look(may_delete=act == "sweep")
        self.holds = True
        return outcome

    def _recorder_answered(self, act: str, given: tuple[Any, ...], outcome: Any) -> None:
        self.is_settled = outcome is True
        closes = act == "finish" or (act == "record" and given[3])
        if isinstance(outcome, Died):
            self.open = {}
        elif closes:
            self.open.pop(given[0], None)

    def kill(self, *processes: str) -> None:
        for process in processes or list(self.running):
            if process in self.running:
                self.running.pop(process).kill()
                if process == "recorder":
                    self.open, self.is_settled = {}, False

    def look(self, *, may_delete: bool = False) -> Truth:
        """Everything that must hold at every moment."""
        self.holds = False
        truth = read_truth(self.places.volume)
        for key, row in truth.rows.items():
            if key not in self.kept:
                self.kept[key] = self._new(key, row)
        for key in self.kept.keys() - truth.rows.keys():
            self._deleted(key, truth, may_delete)
        for key, kept in self.kept.items():
            assert truth.rows[key] == kept.row, f"{key.path} was changed"
            assert truth.files.get(key.path) == kept.row.sha256, f"{key.path} is not what was recorded"
        for key, kept in self.gone.items():
            assert truth.deleted[key] == kept.row, f"{key.path} went without a word in the log"
            assert key.path not in truth.files or key.path in truth.garbage, f"{key.path} stays without a row"
        if self.is_settled:
            self._nothing_is_lost(truth)
        self._locks(truth)
        self.holds = True
        return truth

    def returned(self) -> None:
        """A rebuilt index knows no deletions; a file that waited to be removed may be footage again."""
        self._returned, self.gone = self.gone, {}

    def _note(self, what: str, *facts: Any) -> None:
        """What a recorder said while it worked: that it begins a file, that a second of it is written or is not."""
        if what == "begins":
            camera, start_us = self._at = facts
            self.open[camera] = start_us
            self._begun[self._at] = Begun(self.time.true_us)
            return
        (is_kept,) = facts
        self.time.passes(1)
        if self.time.error_us:
            self.wrong_boots.add(self.time.boots)
        self._begun[self._at].seconds += is_kept

    def _new(self, key: Key, row: Row) -> Kept:
        if key in self._returned:
            return self._returned.pop(key)
        begun = self._begun.pop((key.camera, key.start_us), None)
        assert begun is not None, f"nobody recorded {key.path}"
        seconds = round(row.span.duration_us / US_PER_SECOND)
        assert begun.seconds <= seconds <= begun.seconds + 1, f"{key.path}: {seconds} s of {begun.seconds}"
        return Kept(row, begun.true_us + row.span.duration_us)

    def _deleted(self, key: Key, truth: Truth, may_delete: bool) -> None:
        kept = self.kept.pop(key)
        assert may_delete, f"{key.path} went without a sweep"
        age_us = self.time.true_us - kept.true_end_us
        assert age_us >= FLOOR_US, f"{key.path} went after {age_us / US_PER_DAY:.2f} days"
        assert key.camera in self.days, f"{key.path} went without a policy"
        assert truth.policy_days[key] >= 20
        binding = [words for words, wish in self.wishes.items() if wish.counts and not wish.is_released]
        for words in binding:
            wish = self.wishes[words]
            is_held = wish.camera == key.camera and wish.span.overlaps(kept.row.span)
            assert not is_held, f"{key.path} went under {words}"
        self.gone[key] = kept

    def _nothing_is_lost(self, truth: Truth) -> None:
        """A recorder that recovered left no file without a row, and what was written is there."""
        known = {key.path for key in truth.rows} | truth.garbage | truth.open_files
        assert truth.files.keys() <= known, truth.files.keys() - known
        for at, begun in list(self._begun.items()):
            if self.open.get(at[0]) != at[1]:
                assert not begun.seconds, f"{begun.seconds} s from {at} are lost"
                del self._begun[at]

    def _locks(self, truth: Truth) -> None:
        for words, (_, camera, span) in truth.locks.items():
            if not words.startswith(REFERENCE):
                wish = self.wishes[words]
                assert (wish.camera, wish.span) == (camera, span)
                wish.counts = True
        for words, wish in self.wishes.items():
            assert wish.is_released or not wish.counts or words in truth.locks, f"{words} is no more"
