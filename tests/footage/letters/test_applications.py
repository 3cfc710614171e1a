"""Applications: answered, never with footage."""

from datetime import date, timedelta

import pytest

from vms.footage.case_events import events_of
from vms.footage.letters.application_model import Applicant, ApplicationChannel
from vms.footage.letters.application_register import ApplicationFilter, applications_page
from vms.footage.letters.applications import NewApplication, answer_application, refuse_footage, register_application
from vms.kernel.clock import US_PER_DAY
from vms.kernel.days import day_of, end_us
from vms.kernel.errors import VmsError


def application(office, kind=Applicant.CITIZEN, received_us=None):
    new = NewApplication(
        kind=kind, channel=ApplicationChannel.CIMER, applicant="Deniz Kaya", subject="Kazanın görüntüsü",
        received_us=office.clock.now_us() if received_us is None else received_us, reference="CİMER 25/1",
    )  # fmt: skip
    return office.act(register_application, new)


@pytest.mark.proves("S-9", "S-1g", "edge-44")
@pytest.mark.parametrize("kind", list(Applicant))
def test_an_application_is_registered_answered_and_gets_no_footage(office, kind):
    found = application(office, kind)
    assert found.due_us == end_us(day_of(found.received_us + 15 * US_PER_DAY))
    with pytest.raises(VmsError) as err:
        refuse_footage(found)
    assert (err.value.kind, err.value.code) == ("conflict", "not_an_authority")
    given = (found, "Kolluğa ya da savcılığa başvurun", "S-12", office.town.today)
    answered = office.act(answer_application, *given)
    assert (answered.answer_no, answered.answered_us) == ("S-12", office.clock.now_us())
    assert office.refusal(answer_application, *given) == "application_answered"


def test_those_without_an_answer_come_first_by_their_due_time(office):
    late = application(office, received_us=office.ago(days=16))
    today = application(office)
    office.act(answer_application, application(office, received_us=office.ago(days=9)), "x", "1", office.town.today)
    with office.database.reading() as session:
        found = applications_page(session, ApplicationFilter()).rows
    assert [one.number for one in found] == [late.number, today.number, 3]
    assert late.due_us < office.clock.now_us() < today.due_us


def test_an_application_has_come_by_now(office):
    with pytest.raises(VmsError, match="received_in_future"):
        application(office, received_us=office.clock.now_us() + 1)


@pytest.mark.proves("S-9")
@pytest.mark.parametrize(("days", "is_late"), [(15, False), (16, True)])
def test_an_answer_behind_the_fifteenth_day_is_written_down_as_late(office, at, days, is_late):
    at(date(2025, 7, 3), 9)
    found = application(office)
    at(date(2025, 7, 3) + timedelta(days=days), 23, 59, 59)
    assert (office.clock.now_us() > found.due_us) == is_late
    office.act(answer_application, found, "Kolluğa başvurun", "S-12", office.town.today)
    with office.database.reading() as session:
        event = events_of(session, found.id)[-1]
    assert (event.act, event.detail["is_late"]) == ("application_answered", is_late)
