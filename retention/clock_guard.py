"""Whether the machine's clock may be believed when footage is judged by its age."""

from dataclasses import dataclass
from enum import StrEnum

from vms.archive.rules import MIN_RETENTION_DAYS
from vms.kernel.clock import US_PER_DAY, US_PER_SECOND

# A step of the wall clock against the time since boot. NTP slews both clocks alike and steps at most seconds; summer
# time or a real-time clock kept in local time is an hour or three.
STEP_TOLERANCE_US = 60 * US_PER_SECOND
# While the machine was off nothing proves how long it was. Whatever is believed without a person is at most this: one
# more day above the floor absorbs it (`floor_days`).
UNPROVEN_LIMIT_US = US_PER_DAY
# All that was recorded before the machine started is older than the floor by then, whatever its dates say.
PROVEN_AFTER_US = (MIN_RETENTION_DAYS + 1) * US_PER_DAY
# 2025-01-01: before this program was. A machine without a battery starts long before it.
RELEASED_US = 1_735_689_600 * US_PER_SECOND


class ClockDoubt(StrEnum):
    """Why the clock is not believed."""

    JUMPED_FORWARD = "clock_jumped_forward"
    JUMPED_BACK = "clock_jumped_back"
    FOOTAGE_FROM_FUTURE = "footage_from_future"
    UNPROVEN = "clock_unproven"
    IMPOSSIBLE = "clock_impossible"


@dataclass(frozen=True, slots=True)
class ClockReading:
    """Both clocks at one moment."""

    wall_us: int
    boottime_us: int
    boot_id: str


@dataclass(frozen=True, slots=True)
class ClockMemory:
    """What is remembered of a clock that was believed.

    `anchor`: the first reading under its boot id, so that many small steps cannot add up unseen. `last_wall_us`: the
    latest believed time. `unproven_us`: by how much footage of before this start may be younger than it says, because
    only the clock told how long the machine was off.
    """

    anchor: ClockReading
    last_wall_us: int
    unproven_us: int = 0


@dataclass(frozen=True, slots=True)
class ClockJudgement:
    """`doubt` None: believed, and `memory` is to be kept. Otherwise nothing may be deleted: `reason`."""

    doubt: ClockDoubt | None
    reason: str
    memory: ClockMemory | None


def judge(memory: ClockMemory | None, now: ClockReading, newest_footage_us: int | None) -> ClockJudgement:
    """Compare the wall clock with what cannot lie: time since boot, the last believed time, the newest footage.

    `newest_footage_us` is of what came after the last belief: what was there then was judged, or a person said that the
    clock is right all the same.
    A forward error would delete protected footage; a backward one makes all ages wrong too, and shows that somebody
    touched the clock. Both stop deletion. A doubt goes away by itself when the clock is set right again.
    """
    if newest_footage_us is not None and newest_footage_us > now.wall_us + STEP_TOLERANCE_US:
        ahead_us = newest_footage_us - now.wall_us
        return _doubt(
            ClockDoubt.FOOTAGE_FROM_FUTURE,
            f"The newest footage is {_length(ahead_us)} ahead of the machine's clock; one of them is wrong.",
        )
    if memory is not None and memory.anchor.boot_id == now.boot_id:
        return _judge_same_boot(memory, now)
    judgement = _judge_new_boot(memory, now, newest_footage_us)
    if judgement.doubt is None and now.wall_us < RELEASED_US:
        reason = "The clock shows a time before this program was made. Set the clock right."
        return ClockJudgement(ClockDoubt.IMPOSSIBLE, reason, None)
    return judgement


def floor_days(memory: ClockMemory) -> int:
    """Days below which nothing may go by this clock, whatever a policy says and however full the disk is.

    One day above the directive's floor while part of the time was believed without proof.
    """
    return MIN_RETENTION_DAYS + (memory.unproven_us > STEP_TOLERANCE_US)


def confirmed(now: ClockReading) -> ClockMemory:
    """What to remember when a person says that the clock is right."""
    return ClockMemory(now, now.wall_us)


def _judge_same_boot(memory: ClockMemory, now: ClockReading) -> ClockJudgement:
    anchor = memory.anchor
    step_us = (now.wall_us - anchor.wall_us) - (now.boottime_us - anchor.boottime_us)
    if step_us > STEP_TOLERANCE_US:
        return _doubt(
            ClockDoubt.JUMPED_FORWARD,
            f"The clock went {_length(step_us)} further than the time that passed since this machine started.",
        )
    if step_us < -STEP_TOLERANCE_US:
        return _doubt(
            ClockDoubt.JUMPED_BACK,
            f"The clock went back {_length(-step_us)} against the time that passed since this machine started.",
        )
    unproven_us = memory.unproven_us if now.boottime_us < PROVEN_AFTER_US else 0
    return ClockJudgement(None, "", ClockMemory(anchor, max(memory.last_wall_us, now.wall_us), unproven_us))


def _judge_new_boot(memory: ClockMemory | None, now: ClockReading, newest_footage_us: int | None) -> ClockJudgement:
    """The machine was off for a time nobody measured: believe a short absence, ask a person about a long one.

    Footage counts only where nothing else is remembered: it is stamped by the same clock, and footage recorded after
    the clock went wrong would prove it right.
    """
    if memory is not None and now.wall_us < memory.last_wall_us - STEP_TOLERANCE_US:
        return _doubt(
            ClockDoubt.JUMPED_BACK,
            f"The clock is {_length(memory.last_wall_us - now.wall_us)} before the time at which it was last believed.",
        )
    seen_us = newest_footage_us if memory is None else memory.last_wall_us
    started_us = now.wall_us - now.boottime_us
    if seen_us is not None and started_us - seen_us > UNPROVEN_LIMIT_US:
        return _doubt(
            ClockDoubt.UNPROVEN,
            f"The machine started {_length(started_us - seen_us)} after it was last seen at work; nothing proves that.",
        )
    unproven_us = memory.unproven_us if memory else 0
    unproven_us += 0 if seen_us is None else max(started_us - seen_us, 0)
    return ClockJudgement(None, "", ClockMemory(now, now.wall_us, min(unproven_us, UNPROVEN_LIMIT_US)))


def _doubt(doubt: ClockDoubt, what: str) -> ClockJudgement:
    remedy = "Set the clock right, or confirm it with `vms retention confirm-clock`."
    return ClockJudgement(doubt, f"{what} {remedy}", None)


def _length(duration_us: int) -> str:
    if duration_us >= 2 * US_PER_DAY:
        return f"{duration_us / US_PER_DAY:.1f} days"
    if duration_us >= 2 * 3600 * US_PER_SECOND:
        return f"{duration_us / (3600 * US_PER_SECOND):.1f} hours"
    return f"{duration_us / (60 * US_PER_SECOND):.1f} minutes"
