"""Desk and sweep reach for the same segment at once: it is kept, or the desk is told that it came too late."""

from collections import Counter
from time import monotonic_ns

import pytest
from sqlalchemy import select

from retention.clock_memory import confirm_clock
from retention.report import Outcome
from tests.footage.sweeping_process import SweepingProcess
from vms.archive.model import StreamKey
from vms.archive.segment_name import segment_path
from vms.footage.holds.model import Hold, HoldState
from vms.kernel.errors import VmsError
from vms.kernel.span import Span

MINUTE_US = 60_000_000
STEP_US = 200


class Race:
    """One segment after the other, just old enough to go; on each a hold, and a sweep in another process."""

    def __init__(self, office, sweeper: SweepingProcess) -> None:
        self.office, self.sweeper = office, sweeper
        self.kept: list[Span] = []
        self._hold_us = 10_000.0  # how long a hold takes, as it turns out
        self._close_us = 5_000  # how much later than the hold a sweep must begin so that either may win
        self._begin_us = office.ago(days=20)

    def run_once(self, number: int) -> str:
        office = self.office
        end_us = self._begin_us - number * MINUTE_US
        span = Span(end_us - MINUTE_US, end_us)
        sequence = office.shelf.put(end_us, office.camera())
        path = office.shelf.volume.path / segment_path(StreamKey(office.camera(), "main"), span.start_us, sequence)
        self.sweeper.sweeps_after(self._delay_us(number), office.clock.now_us())
        began_ns = monotonic_ns()
        refusal = self._hold(span)
        self._hold_us += (min((monotonic_ns() - began_ns) / 1000, 100_000) - self._hold_us) / 20
        outcome, _ = self.sweeper.has_swept()
        assert outcome == Outcome.OK
        found = (refusal, self._count("segment", span), path.exists(), self._count("lock", span))
        if found == ("", 1, True, 1):
            self.kept.append(span)
            self._close_us = max(self._close_us - STEP_US, 0)
            return "kept"
        assert found == ("nothing_to_hold", 0, False, 0), found
        self._close_us += STEP_US
        return "too late"

    def _delay_us(self, number: int) -> int:
        """Mostly so that both reach the segment at once: earlier after each hold that won, later after each that lost.

        Every third begins anywhere, from before a hold's first look until after its last.
        """
        if number % 3 == 0:
            return round(1.3 * self._hold_us * (number % 40) / 40)
        return max(self._close_us + (number % 7 - 3) * 50, 0)

    def _hold(self, span: Span) -> str:
        """The code with which it was refused; empty: the desk said that it is kept."""
        try:
            hold = self.office.hold(intervals=[(span.start_us, span.end_us)])
        except VmsError as err:
            return err.code
        assert hold.state == HoldState.OPEN
        return ""

    def _count(self, table: str, span: Span) -> int:
        """How many rows of `segment` or `lock` (those in force) touch the span."""
        in_force = "AND released_us IS NULL" if table == "lock" else ""
        with self.office.shelf.volume.index.read() as connection:
            sql = f"SELECT count(*) FROM {table} WHERE start_us < ? AND end_us > ? {in_force}"
            return connection.execute(sql, (span.end_us, span.start_us)).fetchone()[0]


@pytest.mark.proves("edge-72", "edge-61", "C-2")
@pytest.mark.parametrize(
    "rounds",
    [pytest.param(120, id="120"), pytest.param(1000, id="1000", marks=[pytest.mark.long, pytest.mark.timeout(600)])],
)
def test_a_hold_wins_or_says_that_it_came_too_late_and_never_keeps_nothing(office, rounds):
    confirm_clock(office.shelf.volume, office.clock)
    with SweepingProcess(office.shelf.volume, office.camera()) as sweeper:
        race = Race(office, sweeper)
        outcomes = Counter(race.run_once(number) for number in range(rounds))
        sweeper.sweeps_after(0, office.clock.now_us())
        assert sweeper.has_swept() == (Outcome.OK, 0)
    with office.database.reading() as session:
        states = Counter(session.scalars(select(Hold.state)))
    never = rounds - states.total()  # gone before anything was written
    assert min(outcomes["kept"], states[HoldState.VOID]) > 0, "one of them always won: that is no race"
    assert states == {HoldState.OPEN: outcomes["kept"], HoldState.VOID: outcomes["too late"] - never}
    assert office.tell().released == 0
    assert sorted(office.locked()) == sorted(race.kept)
    assert office.shelf.ends(office.camera()) == sorted(span.end_us for span in race.kept)
