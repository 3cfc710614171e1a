"""What a volume remembers of the clock that its footage was judged by."""

import json

from retention.clock_guard import ClockJudgement, ClockMemory, ClockReading, confirmed, judge
from retention.volume_use import newest_footage_us
from vms.archive.volume import Volume
from vms.kernel.clock import Clock

_KEY = "retention_clock"


def judge_clock(volume: Volume, clock: Clock) -> tuple[ClockJudgement, int]:
    """The judgement, with the wall time it is about; a believed clock is remembered before anything is deleted.

    Unreadable memory counts as none. VmsError when the index cannot be used.
    """
    now = read_clock(clock)
    judgement = judge(_load(volume), now, newest_footage_us(volume))
    if judgement.memory is not None:
        _store(volume, judgement.memory)
    return judgement, now.wall_us


def confirm_clock(volume: Volume, clock: Clock) -> int:
    """A person says that the clock is right: deletion may go on from here. Returns the wall time that was confirmed."""
    now = read_clock(clock)
    _store(volume, confirmed(now))
    return now.wall_us


def read_clock(clock: Clock) -> ClockReading:
    """Both clocks, as near to one moment as they can be read."""
    return ClockReading(clock.now_us(), clock.boottime_us(), clock.boot_id())


def _load(volume: Volume) -> ClockMemory | None:
    with volume.index.read() as connection:
        row = connection.execute("SELECT value FROM meta WHERE key = ?", (_KEY,)).fetchone()
    if row is None:
        return None
    try:
        values = json.loads(row[0])
        anchor = ClockReading(int(values["wall_us"]), int(values["boottime_us"]), str(values["boot_id"]))
        return ClockMemory(anchor, int(values["last_wall_us"]))
    except (ValueError, KeyError, TypeError):
        return None


def _store(volume: Volume, memory: ClockMemory) -> None:
    anchor = memory.anchor
    values = {
        "wall_us": anchor.wall_us,
        "boottime_us": anchor.boottime_us,
        "boot_id": anchor.boot_id,
        "last_wall_us": memory.last_wall_us,
    }
    with volume.index.write() as connection:
        connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (_KEY, json.dumps(values)))
