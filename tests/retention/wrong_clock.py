"""A recorder whose clock people and power cuts set, beside the time that it really is."""

from retention.clock_memory import confirm_clock
from retention.misdated import Belief
from retention.report import Outcome
from retention.sweeper import run_once
from vms.archive.taken_time import place
from vms.kernel.clock import US_PER_DAY, US_PER_SECOND
from vms.kernel.span import Span

HOUR_S, DAY_S = 3600, 86_400
YEAR_2000_US = 946_684_800 * US_PER_SECOND
MINUTE_US = 60 * US_PER_SECOND


class Machine:
    """A recorder with a clock that people and power cuts set; knows what time it really is."""

    def __init__(self, shelf, camera) -> None:
        self.shelf, self.camera, self.clock = shelf, camera, shelf.clock
        self.true_us = self.clock.now_us()
        self.boots = 1
        self.run = 0
        self.true_end: dict[int, int] = {}  # of each segment there is
        self.taken: list[Span] = []
        self.wrong_starts: set[int] = set()  # in which footage was written under a wrong clock

    def passes(self, seconds: float) -> None:
        self.clock.advance(seconds)
        self.true_us += round(seconds * US_PER_SECOND)

    def set_clock(self, wall_us: int) -> None:
        self.run += 1  # as the recorder does
        self.clock.step_wall((wall_us - self.clock.now_us()) / US_PER_SECOND)

    def set_right(self) -> None:
        self.set_clock(self.true_us)

    def reboot(self, off_s: float, wall_us: int | None = None) -> None:
        """Off for a while; the clock then shows this (None: the truth)."""
        self.passes(off_s)
        self.boots += 1
        self.clock.reboot(f"boot-{self.boots}")
        self.set_clock(self.true_us if wall_us is None else wall_us)
        self.passes(20)

    def record(self, minutes: int = 1) -> None:
        """Minutes of footage where the archive would place them."""
        for _ in range(minutes):
            if self.clock.now_us() != self.true_us:
                self.wrong_starts.add(self.boots)
            boottime_us = self.clock.boottime_us()
            start_us = place(self.taken, self.clock.now_us()).start_us
            self.passes(60)
            span = Span(start_us, start_us + MINUTE_US)
            limit_us = place(self.taken, start_us).limit_us
            if limit_us is not None and span.end_us > limit_us:
                continue
            sequence = self.shelf.write(
                span, self.camera, run=self.run, boot_id=self.clock.boot_id(), boottime_us=boottime_us, size_bytes=1000
            )
            self.taken.append(span)
            self.true_end[sequence] = self.true_us

    def confirm(self) -> None:
        """As an honest person: whether the clock was wrong in earlier starts of the machine is asked too."""
        was_wrong = self.wrong_starts - {self.boots}
        belief = Belief.PERSON_NOW_ONLY if was_wrong else Belief.PERSON
        confirm_clock(self.shelf.volume, self.clock, belief)
        self.wrong_starts -= was_wrong

    def sweep(self, policies) -> Outcome:
        """Returns the outcome; fails when something younger than twenty days went."""
        outcome = run_once(self.shelf.volume, policies, self.clock).outcome
        with self.shelf.volume.index.read() as connection:
            left = {sequence for (sequence,) in connection.execute("SELECT sequence FROM segment")}
        for sequence in self.true_end.keys() - left:
            age_days = (self.true_us - self.true_end.pop(sequence)) / US_PER_DAY
            assert age_days >= 20, f"segment {sequence} went after {age_days:.2f} days"
        return outcome
