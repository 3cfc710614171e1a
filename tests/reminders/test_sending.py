"""Mails of reminders: from papers to a real mail server that comes and goes."""

from dataclasses import replace
from uuid import UUID

import pytest
from real_mail_server import served

from vms.authority.grants.endings import withdraw
from vms.authority.policy import DEFAULT
from vms.kernel.database import Database
from vms.people.model import Account
from vms.people.organisation_model import Person
from vms.reminders.letters import sentence
from vms.reminders.mail_server import MailPlace, MailServer
from vms.reminders.model import Reminder
from vms.reminders.rules import Due, ReminderKind
from vms.reminders.sending import FIRST_PAUSE_US, LONGEST_PAUSE_US, Outbox, Round, pause_us

SENDER = "nazar@belediye.example"


@pytest.fixture
def server(tmp_path):
    with served(tmp_path) as server:
        yield server


@pytest.fixture
def make_outbox(town, server):
    def make():
        place = MailPlace(host="127.0.0.1", port=server.port, tls="none", sender=SENDER)
        return Outbox(town.database, town.clock, DEFAULT, MailServer(place), "https://nazar.belediye.example")

    return make


@pytest.fixture
def outbox(make_outbox):
    return make_outbox()


@pytest.fixture
def ends_soon(town, desk, at, day):
    """Two grants of one unit that end in fourteen days; everybody has an address, Bekir reads English."""
    with town.database.writing() as session:
        for name in ("ayse", "bekir", "chief"):
            session.get_one(Person, town.people[name].id).email = f"{name}@belediye.example"
        session.get_one(Account, town.accounts["bekir"].id).language = "en"
    grants = [town.grant("ayse", "gate yard", playback=True), town.grant("bekir")]
    at(day(166), hours=9)
    desk.write()
    return grants


def states(town):
    with town.database.reading() as session:
        return sorted((row.state, row.tries) for row in session.query(Reminder).where(Reminder.kind.contains("grant")))


@pytest.mark.sockets
@pytest.mark.proves("S-6", "D-11.5b")
def test_everybody_gets_one_letter_in_their_language_with_all_that_waits(town, ends_soon, outbox, server):
    assert outbox.run_once() == Round(sent=3)
    letters = {letter["To"].partition("@")[0]: letter for letter in server.letters}
    assert letters["ayse"]["Subject"] == "Nazar: sizi bekleyen bir iş var"
    assert "1 numaralı izleme yetkiniz 14 gün sonra (27.12.2025) bitiyor" in letters["ayse"].get_content()
    assert "Your viewing authority no. 2 ends in 14 days (27.12.2025)" in letters["bekir"].get_content()
    told = letters["chief"].get_content()
    assert "Ayse adlı personelin 1 numaralı" in told
    assert "Bekir adlı personelin 2 numaralı" in told
    assert "https://nazar.belediye.example/waiting" in told
    assert outbox.run_once() == Round()
    assert len(server.letters) == 3


@pytest.mark.sockets
def test_no_mail_says_what_may_be_seen_or_on_which_paper(town, ends_soon, outbox, server):
    outbox.run_once()
    for letter in server.letters:
        text = str(letter["Subject"]) + letter.get_content()
        for secret in ("gate", "yard", "2026/", "güvenlik", "rtsp", "Olur"):
            assert secret not in text


@pytest.mark.sockets
@pytest.mark.proves("S-6")
def test_nothing_is_lost_while_the_server_is_down_however_often_the_jobs_start_anew(
    town, ends_soon, make_outbox, server, clock
):
    server.go_away()
    for _ in range(6):
        assert make_outbox().run_once().sent == 0
        clock.advance(LONGEST_PAUSE_US / 1e6)
    server.come_back()
    assert make_outbox().run_once() == Round(sent=3)
    assert {state for state, _ in states(town)} == {"sent"}


@pytest.mark.sockets
def test_a_server_that_is_down_is_asked_less_and_less_often(town, ends_soon, outbox, server, clock):
    server.go_away()
    asked_after_s = [s for s in range(0, 1000, 20) if (outbox.run_once().put_off, clock.advance(20))[0]]
    assert asked_after_s == [0, 60, 180, 420, 900]
    clock.step_wall(-40 * 86_400)  # set right: nothing waits for the time it had
    server.come_back()
    assert outbox.run_once().put_off == 0


@pytest.mark.sockets
def test_what_is_done_meanwhile_is_not_sent(town, desk, ends_soon, outbox, server, clock):
    server.go_away()
    outbox.run_once()
    town.act(withdraw, ends_soon[0], "karar")
    server.come_back()
    clock.advance(60)
    desk.write()
    assert outbox.run_once() == Round(sent=2)
    assert "Ayse" not in "".join(letter.get_content() for letter in server.letters)
    assert [state for state, _ in states(town)] == ["over", "over", "sent", "sent"]


@pytest.mark.sockets
def test_one_refused_address_keeps_nobody_else_waiting(town, ends_soon, outbox, server, clock):
    server.refusals = {"ayse@belediye.example": "550 no such user", "bekir@belediye.example": "450 later"}
    assert outbox.run_once() == Round(sent=1, refused=1, put_off=1)
    assert states(town) == [("refused", 0), ("sent", 0), ("sent", 0), ("waiting", 1)]
    clock.advance(60)
    server.refusals = {}
    assert outbox.run_once() == Round(sent=1)
    assert server.recipients == ["chief@belediye.example", "bekir@belediye.example"]


@pytest.mark.sockets
@pytest.mark.parametrize("address", ["ayse", "a@b.example\nBcc: x@y.example", "ayşe@belediye.example", "a@b.c, d@e.f"])
def test_one_address_that_is_none_keeps_nobody_else_waiting(town, ends_soon, outbox, server, address):
    with town.database.writing() as session:
        session.get_one(Person, town.people["ayse"].id).email = address
    assert outbox.run_once() == Round(sent=2, refused=1)
    assert sorted(server.recipients) == ["bekir@belediye.example", "chief@belediye.example"]


@pytest.mark.sockets
def test_who_has_no_address_is_written_to_once_there_is_one(town, ends_soon, outbox, server):
    with town.database.writing() as session:
        session.get_one(Person, town.people["chief"].id).email = ""
    assert outbox.run_once() == Round(sent=2)
    with town.database.writing() as session:
        session.get_one(Person, town.people["chief"].id).email = "sef@belediye.example"
    assert outbox.run_once() == Round(sent=1)
    assert server.recipients[-1] == "sef@belediye.example"


@pytest.mark.sockets
def test_a_letter_that_had_to_be_sent_twice_has_one_name(town, ends_soon, outbox, server, monkeypatch):
    """The machine dies after the server took the letter, before that is written down."""
    with monkeypatch.context() as dying:
        dying.setattr(Database, "writing", _dead)
        with pytest.raises(KeyboardInterrupt):
            outbox.run_once()
    assert outbox.run_once() == Round(sent=3)
    assert len(server.letters) == 4
    assert len({letter["Message-ID"] for letter in server.letters}) == 3


def _dead(*_):
    raise KeyboardInterrupt


def test_pauses_grow_to_half_an_hour():
    assert [pause_us(n) // FIRST_PAUSE_US for n in (1, 2, 3, 4, 5, 6, 60)] == [1, 2, 4, 8, 16, 30, 30]


@pytest.mark.parametrize("kind", list(ReminderKind))
def test_every_kind_has_words_in_both_languages(kind):
    name = "2026-10" if kind is ReminderKind.UNRENEWED_MONTH else "Ayşe"
    one = Due(kind=kind, subject_id=UUID(int=1), at_us=10**15, days=7, mark=7, occasion="x", number=12, name=name)
    turkish, english = sentence(one, "tr"), sentence(one, "en")
    assert turkish != english
    for days, mark in ((0, 1), (1, 1), (0, 0), (-3, 0)):
        for language in ("tr", "en"):
            assert sentence(replace(one, days=days, mark=mark), language).endswith(".")
