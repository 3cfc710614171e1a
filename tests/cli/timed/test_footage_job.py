"""The job behind requests and holds, on a node's own files."""

import importlib.util
import sys
from pathlib import Path

import pytest
from pydantic import ValidationError

from retention.clock_memory import judge_clock
from vms.audit.entry import NewEntry
from vms.audit.rules import Act
from vms.audit.service import append
from vms.cli.settings.footage import FootageSettings
from vms.cli.settings.node import Settings
from vms.cli.timed.footage import FootageJob
from vms.footage.policy import ALL_PAIRS, DEFAULT, Duty
from vms.footage.requests.review import return_for_papers
from vms.footage.rules import hold_end_us
from vms.operations.alarms import AlarmCode, open_alarms

_SPEC = importlib.util.spec_from_file_location("office_of_cli", Path(__file__).parents[2] / "footage" / "conftest.py")
_office = importlib.util.module_from_spec(_SPEC)
sys.modules["office_of_cli"] = _office
_SPEC.loader.exec_module(_office)
for _name in ("migrated", "clock", "town", "shelf", "disk", "office"):
    globals()[_name] = getattr(_office, _name)


@pytest.fixture
def job(office):
    return FootageJob(office.clock, office.database, lambda: office.archive, DEFAULT)


def alarms(office):
    with office.database.reading() as session:
        return {(one.code, one.detail) for one in open_alarms(session)}


@pytest.mark.proves("edge-70", "edge-63")
def test_it_tells_of_unsigned_records_ends_holds_and_clears_what_is_over(office, job):
    office.film(days=1)
    hold = office.hold()
    job.run()
    assert alarms(office) == set()
    office.clock.advance(4 * 86_400)
    job.run()
    job.run()
    assert alarms(office) == {(AlarmCode.HOLD_UNSIGNED, str(hold.number))}
    office.clock.advance((hold.ends_us - office.clock.now_us()) / 1e6)
    job.run()
    assert alarms(office) == set()
    assert office.locked() == []


@pytest.mark.proves("edge-28", "edge-63", "C-2")
def test_a_clock_that_is_wrong_for_a_while_ends_no_hold_and_refuses_nobody(office, job):
    """What was let go would be swept as soon as the clock is set right."""
    office.film(days=1)
    hold, request = office.hold(), office.register()
    office.act(return_for_papers, request, ["olur"], by="lawyer")
    judge_clock(office.shelf.volume, office.clock)
    office.clock.step_wall(100 * 86_400)
    job.run()
    assert (office.fresh(hold).state, office.fresh(request).state, len(office.locked())) == ("open", "returned", 2)
    office.clock.step_wall(-100 * 86_400)
    job.run()
    assert (office.fresh(hold).state, office.fresh(request).state, len(office.locked())) == ("open", "returned", 2)
    office.clock.advance(100 * 86_400)
    job.run()
    assert (office.fresh(hold).state, office.fresh(request).state, office.locked()) == ("expired", "refused", [])


@pytest.mark.proves("edge-28", "A-09")
def test_a_hold_of_a_clock_that_stood_behind_lasts_ninety_days_of_the_right_one(office, job):
    old_us = office.film(days=1, until_us=office.ago(days=65))
    office.film(days=1)
    office.hold()
    right_us = office.clock.now_us()
    office.clock.step_wall(-60 * 86_400)
    hold = office.hold(intervals=[(old_us, office.ago(days=5))])
    assert hold.ends_us == hold_end_us(right_us)


def test_a_clock_that_was_years_ahead_counts_no_more_once_a_person_confirmed_it(office, job):
    office.film(days=1)
    office.clock.step_wall(3_650 * 86_400)
    office.register(intervals=[(office.ago(hours=2), office.ago(hours=1))])
    office.clock.step_wall(-3_650 * 86_400)
    with office.database.writing() as session:
        append(session, office.clock, NewEntry(act=Act.CLOCK_CONFIRMED, actor=office.by("clerk")))
    assert office.hold().ends_us == hold_end_us(office.clock.now_us())


@pytest.mark.proves("D-10.1c")
def test_a_volume_that_does_not_confirm_is_an_alarm_until_it_does(office, job):
    volume = office.shelf.volume
    moved = volume.path.with_name("gone")
    volume.path.rename(moved)
    office.register()
    job.run()
    assert alarms(office) == {(AlarmCode.LOCKS_PENDING, str(volume.uuid))}
    moved.rename(volume.path)
    job.run()
    assert alarms(office) == set()
    assert len(office.locked()) == 1


@pytest.mark.proves("C-7")
def test_settings_say_which_duties_are_kept_apart():
    assert Settings().footage.policy() == DEFAULT
    small = FootageSettings(separate=("approve-export",), target_hours=8)
    assert small.policy().separate == {frozenset({Duty.APPROVE, Duty.EXPORT})}
    assert FootageSettings().policy().separate == ALL_PAIRS
    for wrong in ({"separate": ("sign-deliver",)}, {"target_hours": 48}, {"viewing_days": 181}, {"unknown": 1}):
        with pytest.raises(ValidationError):
            FootageSettings(**wrong)
