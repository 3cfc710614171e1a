"""The report of what ran out in a month without an application: when, to whom, once."""

from datetime import date
from uuid import UUID

import pytest
from real_mail_server import served

from vms.authority.acts import Letter
from vms.authority.grants.endings import withdraw
from vms.authority.grants.renewals import register_renewal
from vms.authority.policy import DEFAULT, Policy
from vms.kernel.days import start_us
from vms.people.model import Account
from vms.people.organisation_model import Person
from vms.people.person_service import leave
from vms.people.role_service import give_role
from vms.people.roles import Action
from vms.people.rules import Role
from vms.reminders.facts import LapsedGrant, Reader, Records
from vms.reminders.letters import MOST_LAPSED, sentence
from vms.reminders.mail_server import MailPlace, MailServer
from vms.reminders.model import Reminder
from vms.reminders.rules import NOTICE_DAYS, ReminderKind, due, month_before
from vms.reminders.sending import LONGEST_PAUSE_US, Outbox, Round

KIND = ReminderKind.UNRENEWED_MONTH.value
NEW_YEAR = date(2026, 1, 1)  # both grants of the town end with 27 December
pytestmark = pytest.mark.proves("D-11.5d", "R-12")


@pytest.mark.parametrize(
    ("at_us", "begins", "ends"),
    [
        (start_us(NEW_YEAR), date(2025, 12, 1), NEW_YEAR),
        (start_us(NEW_YEAR) - 1, date(2025, 11, 1), date(2025, 12, 1)),
        (start_us(date(2026, 3, 31)), date(2026, 2, 1), date(2026, 3, 1)),
    ],
)
def test_a_month_is_the_municipalitys(at_us, begins, ends):
    """In UTC it still is the old year for three hours."""
    assert month_before(at_us) == (start_us(begins), start_us(ends))


def test_a_report_is_for_those_who_end_grants_and_stands_in_the_console_for_ten_days():
    head, viewer = UUID(int=1), UUID(int=2)
    readers = [Reader(head, UUID(int=3), frozenset({Action.WITHDRAW_GRANT})), Reader(viewer, UUID(int=4), frozenset())]
    lapsed = [LapsedGrant(number=n, person_name="Ayşe", until_us=start_us(NEW_YEAR)) for n in (9, 4)]
    found = due(Records(readers=readers, lapsed=lapsed), start_us(NEW_YEAR))
    (report,) = found
    assert report.persons(readers) == {UUID(int=3)}
    assert [one.number for one in report.lapsed] == [4, 9]
    assert (report.name, report.urgency.value) == ("2025-12", "waiting")
    for day, is_shown in ((NOTICE_DAYS, True), (NOTICE_DAYS + 1, False), (31, False)):
        (later,) = due(Records(lapsed=lapsed), start_us(date(2026, 1, day)))
        assert (later.key, later.is_for_mail, later.is_for_console) == (report.key, True, is_shown)
    (next_month,) = due(Records(lapsed=lapsed), start_us(date(2026, 2, 1)))
    assert next_month.key != report.key
    assert due(Records(), start_us(NEW_YEAR)) == []


def test_a_long_list_is_cut_and_says_so():
    lapsed = [LapsedGrant(number=n, person_name="A", until_us=start_us(NEW_YEAR)) for n in range(MOST_LAPSED + 3)]
    (report,) = due(Records(lapsed=lapsed), start_us(NEW_YEAR))
    assert sentence(report, "tr").endswith("… ve 3 yetki daha")
    assert sentence(report, "tr").count("\n") == MOST_LAPSED + 1


@pytest.fixture
def december(town, desk, at):
    """Ayşe and Bekir, whose grants ran out; the mayor is head of the surveillance unit. It is the last of December."""
    town.act(give_role, town.accounts["mayor"], Role.VMS_UNIT_HEAD)
    with town.database.writing() as session:
        session.get_one(Person, town.people["mayor"].id).email = "sef@belediye.example"
        session.get_one(Account, town.accounts["mayor"].id).language = "en"
    grants = [town.grant("ayse", "gate", playback=True), town.grant("bekir")]
    at(date(2025, 12, 31), 23, 59)
    return grants


def reports(desk):
    return [(who, state) for who, kind, _, state in desk.written() if kind == KIND]


def test_it_is_written_at_the_first_moment_of_the_month_once_whatever_restarts(town, desk, at, december):
    desk.write()
    assert reports(desk) == []
    at(NEW_YEAR)
    assert desk.for_person("mayor").count((KIND, 0, 0)) == 1
    assert [one for one in desk.for_person("chief") if one[0] == KIND] == []
    for _ in range(3):
        desk.write()
    at(date(2026, 1, 20))
    desk.write()
    assert reports(desk) == [("Mayor", "waiting")]
    at(date(2026, 2, 1))  # nothing ran out in January
    desk.write()
    assert reports(desk) == [("Mayor", "over")]


def test_a_node_that_was_off_on_the_first_catches_up(town, desk, at, december):
    at(date(2026, 1, 25), 14)
    desk.write()
    desk.write()
    assert reports(desk) == [("Mayor", "waiting")]


def test_what_was_applied_for_withdrawn_or_ended_otherwise_is_not_in_it(town, desk, at, december):
    ayse, bekir = december
    town.act(register_renewal, ayse, Letter("Z-1", date(2025, 12, 30)), town.people["chief"].id, policy=Policy())
    town.act(leave, town.people["bekir"].id)
    at(NEW_YEAR, 9)
    found = [one for one in desk.due() if one.kind is ReminderKind.UNRENEWED_MONTH]
    assert [grant.number for one in found for grant in one.lapsed] == [bekir.number]  # also of who has left since
    town.act(withdraw, bekir, "karar")
    assert [one for one in desk.due() if one.kind is ReminderKind.UNRENEWED_MONTH] == []


@pytest.fixture
def server(tmp_path):
    with served(tmp_path) as server:
        yield server


@pytest.fixture
def outbox(town, server):
    place = MailPlace(host="127.0.0.1", port=server.port, tls="none", sender="nazar@belediye.example")
    return Outbox(town.database, town.clock, DEFAULT, MailServer(place), "https://nazar.belediye.example")


@pytest.mark.sockets
@pytest.mark.proves("S-6")
def test_the_head_gets_the_list_by_mail_once(town, desk, at, december, outbox, server):
    at(NEW_YEAR, 0, 1)
    desk.write()
    assert outbox.run_once() == Round(sent=1)
    (letter,) = server.letters
    text = letter.get_content()
    assert letter["To"] == "sef@belediye.example"
    assert "In December 2025 2 viewing authorities ended" in text
    assert "no. 1 · Ayse · last day 27.12.2025" in text
    assert "no. 2 · Bekir · last day 27.12.2025" in text
    for secret in ("gate", "güvenlik", "2026/", "Olur"):
        assert secret not in str(letter["Subject"]) + text
    at(date(2026, 1, 2))
    desk.write()
    assert outbox.run_once() == Round()


@pytest.mark.sockets
def test_a_report_that_waited_for_its_server_says_what_is_so_when_it_goes_out(
    town, desk, at, december, outbox, server, clock
):
    at(NEW_YEAR, 9)
    desk.write()
    server.go_away()
    assert outbox.run_once() == Round(put_off=1)
    town.act(withdraw, december[0], "karar")
    server.come_back()
    clock.advance(LONGEST_PAUSE_US / 1e6)
    desk.write()
    assert outbox.run_once() == Round(sent=1)
    assert "Ayse" not in server.letters[0].get_content()
    with town.database.reading() as session:
        (row,) = session.query(Reminder).where(Reminder.kind == KIND)
        assert row.state == "sent"
