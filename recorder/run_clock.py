"""Which server time a picture belongs to, given only the camera's durations."""

from vms.kernel.clock import Clock

STEP_LIMIT_US = 500_000  # the machine's clock moved by more than this: end the run
LATE_LIMIT_US = 1_000_000  # footage arrives this much later than its own time line says: end the run
PULL_PPM = 500  # moonfire's and every crystal's tolerance: imperceptible
STRONG_PULL_PPM = 100_000  # when time must be given back (clock went back, camera counts too fast)


def media_us(ticks_90k: int) -> int:
    """Microseconds of 90 kHz ticks, rounded down."""
    return ticks_90k * 100 // 9


class RunClock:
    """Server time of one run (an unbroken recording).

    The least delayed picture decides: `arrival - media time` is smallest for the picture that waited least in camera,
    network and buffers. Durations inside a segment are the camera's; at each segment's end the wall duration may
    differ from the media duration by at most 500 ppm to follow the server's clock, or by 10 % while the run is ahead
    of it by more than half a second (footage must not overlap, so time can only be slowed).
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._wall_minus_boot_us = clock.now_us() - clock.boottime_us()
        self._least_lag_us: int | None = None
        self._segment_start_us: int | None = None
        self._segment_base_90k = 0
        self.held_us = 0
        self.is_slowed = False  # whether the segment that ended last had to give more time back than crystals differ

    def observe(self, arrival_us: int, at_90k: int) -> None:
        """Take note of a picture: boot time of its arrival, its media time in the run."""
        lag_us = arrival_us - at_90k * 100 // 9
        if self._least_lag_us is None or lag_us < self._least_lag_us:
            self._least_lag_us = lag_us

    def true_start_us(self, base_90k: int) -> int:
        """Server time of `base_90k`, after the run's first pictures were observed."""
        return self._wall_minus_boot_us + (self._least_lag_us or 0) + media_us(base_90k)

    def start(self, base_90k: int, start_us: int) -> None:
        """Fix the run's start: `base_90k` is `start_us`, its true time or, where that is taken, a later one."""
        self.held_us = start_us - self.true_start_us(base_90k)
        self._segment_start_us, self._segment_base_90k = start_us, base_90k
        self._least_lag_us = None

    def wall_us(self, at_90k: int) -> int:
        """Wall time of a moment of the running segment (before `start`: now)."""
        if self._segment_start_us is None:
            return self._clock.now_us()
        return self._segment_start_us + media_us(at_90k - self._segment_base_90k)

    def end_segment(self, end_90k: int) -> tuple[int, int]:
        """Close the running segment at `end_90k`, begin the next there.

        Returns its end as wall time, and by how much that time line is behind (positive) or ahead of the server's
        clock after the correction. The caller ends the run when it is late by more than `LATE_LIMIT_US`.
        """
        assert self._segment_start_us is not None
        length_us = media_us(end_90k - self._segment_base_90k)
        predicted_us = self._segment_start_us + length_us
        error_us = 0
        if self._least_lag_us is not None:
            self._follow_slewing()
            error_us = self._wall_minus_boot_us + self._least_lag_us + media_us(end_90k) - predicted_us
        self.is_slowed = error_us < -STEP_LIMIT_US
        limit_ppm = STRONG_PULL_PPM if self.is_slowed else PULL_PPM
        most_us = length_us * limit_ppm // 1_000_000
        pull_us = max(-most_us, min(most_us, error_us))
        self._segment_start_us = max(predicted_us + pull_us, self._segment_start_us + 1)
        self._segment_base_90k = end_90k
        self._least_lag_us = None
        self.held_us = max(0, pull_us - error_us)
        return self._segment_start_us, error_us - pull_us

    def has_stepped(self) -> bool:
        """Whether the machine's clock was set since the run began (slow slewing is no step)."""
        offset_us = self._clock.now_us() - self._clock.boottime_us()
        return abs(offset_us - self._wall_minus_boot_us) > STEP_LIMIT_US

    def _follow_slewing(self) -> None:
        offset_us = self._clock.now_us() - self._clock.boottime_us()
        if abs(offset_us - self._wall_minus_boot_us) <= STEP_LIMIT_US:
            self._wall_minus_boot_us = offset_us
