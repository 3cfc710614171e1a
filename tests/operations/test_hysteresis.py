import pytest

from vms.operations.alarms import AlarmCode, Severity
from vms.operations.hysteresis import Hysteresis
from vms.operations.reading import Reading

S = 1_000_000
AWAY, LOSS = AlarmCode.RECORDER_AWAY, AlarmCode.PACKET_LOSS


class Played:
    """Alarms as a database would keep them, settled every 30 seconds."""

    def __init__(self, code=AWAY):
        self.hysteresis, self.open, self.at_s, self.code = Hysteresis(), {}, 0, code

    def step(self, *is_bad: bool | None, detail="timeout", severity=Severity.CRITICAL) -> str:
        """One letter for each reading: R raised, N renewed, C cleared, - open, . closed."""
        told = ""
        for bad in is_bad:
            changes = self.hysteresis.settle([Reading(self.code, "x", bad, severity, detail)], self.open, self.at_s * S)
            self.at_s += 30
            for reading in (*changes.raised, *changes.renewed):
                self.open[reading.key] = (reading.severity, reading.detail)
            for key in changes.cleared:
                del self.open[key]
            quiet = "-" if self.open else "."
            told += "R" if changes.raised else "N" if changes.renewed else "C" if changes.cleared else quiet
        return told


@pytest.mark.proves("D-6.1")
def test_an_alarm_opens_after_its_time_and_closes_after_a_good_minute():
    assert Played().step(True, True, True, True, False, False, False, False) == "..R---C."


def test_what_comes_and_goes_is_one_alarm():
    assert Played().step(*[True] * 3, *[False, False, True] * 3, *[False] * 3) == "..R-----------C"


def test_a_break_starts_the_waiting_anew():
    assert Played().step(True, True, False, True, True, True) == ".....R"


def test_what_cannot_be_told_changes_nothing():
    played = Played()
    assert played.step(True, True, None, True, True, True) == ".....R"
    assert played.step(None, None, None, None) == "----"
    assert played.step(False, None, False, False, False) == "----C"


def test_an_open_alarm_is_renewed_only_by_news():
    played = Played(LOSS)
    assert played.step(True, detail="2.0") == "R"
    assert played.step(True, detail="2.0") == "-"
    assert played.step(True, detail="") == "-"
    assert played.step(True, detail="3.0") == "N"
    assert played.step(True, detail="3.0", severity=Severity.WARNING) == "N"


def test_a_lost_memory_costs_one_more_wait():
    played = Played()
    played.step(True, True)
    played.hysteresis = Hysteresis()
    assert played.step(True, True, True, True) == "..R-"
    played.hysteresis = Hysteresis()
    assert played.step(True, True) == "--"


def test_an_alarm_nobody_reads_any_more_closes_at_once():
    changes = Hysteresis().settle([], {(LOSS, "gone"): (Severity.WARNING, "2.0")}, 0)
    assert changes.cleared == [(LOSS, "gone")]
