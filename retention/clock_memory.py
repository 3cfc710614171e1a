"""What a volume remembers of the clock that its footage was judged by."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from retention.clock_guard import ClockDoubt, ClockJudgement, ClockMemory, ClockReading, confirmed, judge
from retention.misdated import Belief, Misdated, find_misdated, seen_now
from retention.misdated_locks import keep_misdated
from retention.volume_use import newest_footage_us
from vms.archive.volume import Volume
from vms.kernel.clock import Clock

_KEY = "retention_clock"


@dataclass(frozen=True, slots=True)
class _Remembered:
    """`seen`: the last sequence of each stream when the clock was last believed; None: an older version did not say."""

    memory: ClockMemory
    seen: Mapping[int, int] | None


@dataclass(frozen=True, slots=True)
class Judged:
    """A judgement on the clock at `now_us`; `seen`: the last sequence of each stream whose date was compared with it.

    What is indexed later may say anything: it is not deleted by this judgement.
    """

    judgement: ClockJudgement
    now_us: int
    seen: Mapping[int, int]


def judge_clock(volume: Volume, clock: Clock) -> Judged:
    """Judge; a believed clock is remembered before anything is deleted.

    Footage that a clock of before dated too early is locked first. Unreadable memory counts as none. VmsError when the
    index cannot be used, OSError when the disk refuses.
    """
    now, remembered = read_clock(clock), _load(volume)
    judgement = _judge(volume, now, remembered)
    seen: Mapping[int, int] = {}
    if judgement.memory is not None:
        goes_on = remembered is not None and remembered.memory.anchor.boot_id == now.boot_id
        belief = Belief.GOES_ON if goes_on else Belief.NEW_START
        seen = _believe(volume, clock, now, judgement.memory, remembered, belief)
    return Judged(judgement, now.wall_us, seen)


def doubt_of(volume: Volume, clock: Clock) -> ClockDoubt | None:
    """What a sweep would say against the clock now, or nothing; changes nothing. Raises as `judge_clock` does."""
    return _judge(volume, read_clock(clock), _load(volume)).doubt


def confirm_clock(volume: Volume, clock: Clock, belief: Belief = Belief.PERSON) -> int:
    """A person says that the clock is right: deletion may go on from here. Returns the wall time that was confirmed.

    What the clock dated too early before is locked first; with `PERSON_NOW_ONLY` all footage of earlier starts. What
    lies in the future is remembered as seen and asked about no more: it is kept for longer than its time, not shorter.
    """
    now = read_clock(clock)
    _believe(volume, clock, now, confirmed(now), _load(volume), belief)
    return now.wall_us


def what_confirming_keeps(volume: Volume, clock: Clock, belief: Belief = Belief.PERSON) -> list[Misdated]:
    """What `confirm_clock` would lock now; changes nothing."""
    found, _ = _find(volume, read_clock(clock), _load(volume), belief)
    return found


def read_clock(clock: Clock) -> ClockReading:
    """Both clocks, as near to one moment as they can be read."""
    return ClockReading(clock.now_us(), clock.boottime_us(), clock.boot_id())


def _judge(volume: Volume, now: ClockReading, remembered: _Remembered | None) -> ClockJudgement:
    known = remembered.seen if remembered and remembered.seen else {}
    return judge(remembered.memory if remembered else None, now, newest_footage_us(volume, known))


def _believe(
    volume: Volume, clock: Clock, now: ClockReading, memory: ClockMemory, remembered: _Remembered | None,
    belief: Belief,
) -> Mapping[int, int]:  # fmt: skip
    """Locks before memory: killed between the two, the next belief finds the same footage again."""
    found, seen = _find(volume, now, remembered, belief)
    keep_misdated(volume, found, clock)
    _store(volume, memory, seen)
    return seen


def _find(
    volume: Volume, now: ClockReading, remembered: _Remembered | None, belief: Belief
) -> tuple[list[Misdated], dict[int, int]]:
    with volume.index.read() as connection:
        seen = seen_now(connection)
        memory, before = (remembered.memory, remembered.seen) if remembered else (None, {})
        known = seen if before is None else before
        return find_misdated(volume, connection, now, memory, known, belief), seen


def _load(volume: Volume) -> _Remembered | None:
    with volume.index.read() as connection:
        row = connection.execute("SELECT value FROM meta WHERE key = ?", (_KEY,)).fetchone()
    if row is None:
        return None
    try:
        values = json.loads(row[0])
        anchor = ClockReading(int(values["wall_us"]), int(values["boottime_us"]), str(values["boot_id"]))
        seen = values.get("seen")
        numbers = None if seen is None else {int(number): int(sequence) for number, sequence in seen.items()}
        memory = ClockMemory(anchor, int(values["last_wall_us"]), int(values.get("unproven_us", 0)))
        return _Remembered(memory, numbers)
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _store(volume: Volume, memory: ClockMemory, seen: Mapping[int, int]) -> None:
    anchor = memory.anchor
    values = {
        "wall_us": anchor.wall_us,
        "boottime_us": anchor.boottime_us,
        "boot_id": anchor.boot_id,
        "last_wall_us": memory.last_wall_us,
        "unproven_us": memory.unproven_us,
        "seen": seen,
    }
    with volume.index.write() as connection:
        connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (_KEY, json.dumps(values)))
