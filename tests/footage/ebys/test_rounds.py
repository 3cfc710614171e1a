"""Papers that wait for a number of EBYS, against a real bridge on a socket."""

import importlib.util
import json
import sys
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from vms.audit.entry import Actor
from vms.audit.model import AuditEntry
from vms.documents.ebys_number import note_ebys_number
from vms.documents.queries import Wanted, documents
from vms.documents.service import revise
from vms.footage.case_events import events_of, version_of
from vms.footage.ebys.bridge import HttpBridge
from vms.footage.ebys.model import EbysExchange
from vms.footage.ebys.rounds import LONGEST_WAIT_US, Stores, run_once
from vms.footage.letters.correcting import LetterCorrection, correct_letter
from vms.footage.letters.model import Channel, Sender
from vms.footage.letters.register import Lack, LetterFilter, letters_page
from vms.footage.letters.service import NewLetter, register_letter
from vms.footage.papers.records import print_answer, print_hold_record, print_unreached
from vms.kernel.errors import Kind, VmsError
from vms.kernel.http_line import ServicePlace

_SPEC = importlib.util.spec_from_file_location("real_bridge", Path(__file__).with_name("real_bridge.py"))
_real = importlib.util.module_from_spec(_SPEC)
sys.modules["real_bridge"] = _real
_SPEC.loader.exec_module(_real)

pytestmark = pytest.mark.sockets
JOBS = Actor(None, "vms jobs")
GIVEN = "2025-01-02"


@pytest.fixture
def bridge():
    with _real.served() as served:
        yield served


class Exchange:
    """The office with its bridge; each round comes when everything may be asked again."""

    def __init__(self, counter, bridge):
        self.counter, self.office, self.bridge = counter, counter.office, bridge
        self.stores = Stores(self.office.desk.store, counter.desk.store)
        self.ebys = HttpBridge(ServicePlace(url=bridge.url, timeout_s=3.0))

    def round(self, since_us=0, later_us=LONGEST_WAIT_US):
        self.office.clock.advance(later_us / 1_000_000)
        return run_once(
            self.office.database, self.office.clock, self.ebys, self.stores, since_us=since_us, by=JOBS
        )  # fmt: skip

    def row(self, paper):
        with self.office.database.reading() as session:
            return session.get(EbysExchange, paper.id)

    def stands(self, paper):
        row, one = self.row(paper), self.office.fresh(paper)
        return (row.state, row.problem, one.ebys_no, one.ebys_on and one.ebys_on.isoformat())

    def letter(self, channel=Channel.POST, filed=True, sender_name="Cumhuriyet Başsavcılığı"):
        now_us = self.office.clock.now_us()
        new = NewLetter(
            sender=Sender.AUTHORITY, sender_name=sender_name, no="2025/7", on=self.office.town.today, served_us=now_us,
            channel=channel, subject="Görüntü talebi",
        )  # fmt: skip
        letter = self.office.act(register_letter, new)
        return self.office.file(letter) if filed else letter

    def note(self, letter, no):
        return self.office.act(correct_letter, letter, LetterCorrection(ebys_no=no))

    def record(self):
        """P-05 of a new hold, printed."""

        def call(session, clock, hold, *, by):
            return print_hold_record(session, clock, self.counter.desk, hold, (), by=by)

        return self.office.act(call, self.office.hold("gate"))

    def details(self, act):
        """Of the audit log's entries of this act, oldest first."""
        with self.office.database.reading() as session:
            found = session.scalars(
                select(AuditEntry.detail).where(AuditEntry.act == act).order_by(AuditEntry.sequence)
            )
            return [json.loads(one) for one in found]


@pytest.fixture
def exchange(counter, bridge):
    counter.office.film(days=1)
    return Exchange(counter, bridge)


@pytest.mark.proves("R-10", "E-9")
def test_a_letter_is_handed_over_with_its_scan_and_has_its_number_once_ebys_gave_one(exchange, bridge):
    letter = exchange.letter()
    assert (exchange.round().told, exchange.stands(letter)) == (1, ("told", "", "", None))
    told = bridge.papers[str(letter.id)]
    assert {name: told[name] for name in ("kind", "direction", "register_no", "no", "party", "subject", "channel")} == {
        "kind": "letter", "direction": "incoming", "register_no": "1", "no": "2025/7",
        "party": "Cumhuriyet Başsavcılığı", "subject": "Görüntü talebi", "channel": "post",
    }  # fmt: skip
    assert bridge.file_of(letter.id) == exchange.office.desk.store.read(letter.file_sha256)
    assert exchange.round().numbered == 0
    bridge.give(letter.id, " E-12345 ")
    assert exchange.round().numbered == 1
    assert exchange.stands(letter) == ("given", "", "E-12345", GIVEN)
    assert [method for method, _ in bridge.asked] == ["PUT", "GET", "GET"]
    assert exchange.round() == exchange.round(), "nothing is asked any more"
    assert len(bridge.asked) == 3
    with exchange.office.database.reading() as session:
        acts = [(one.act, one.by_name) for one in events_of(session, letter.id)]
        (found,) = letters_page(session, LetterFilter(search="e-12345"), 0)
    assert acts[-2:] == [("ebys_told", "vms jobs"), ("ebys_numbered", "vms jobs")]
    assert found.id == letter.id
    assert exchange.details("ebys_numbered")[0] == {"ebys_no": "E-12345", "ebys_on": GIVEN}


def test_a_number_that_comes_by_itself_changes_nothing_that_is_decided_on(exchange, bridge):
    letter = exchange.letter()
    with exchange.office.database.reading() as session:
        before = version_of(session, [letter.id])
    bridge.give(letter.id, "E-1")
    assert exchange.round().numbered == 1
    with exchange.office.database.reading() as session:
        assert version_of(session, [letter.id]) == before


@pytest.mark.proves("R-10", "D-6.14b")
def test_a_printed_record_goes_with_its_paper_and_is_found_by_the_number_it_got(exchange, bridge):
    paper = exchange.record()
    assert exchange.round().told == 1
    told = bridge.papers[str(paper.id)]
    assert (told["kind"], told["direction"], told["no"], told["version"]) == ("P-05", "outgoing", paper.number, 1)
    assert bridge.file_of(paper.id).startswith(b"%PDF")
    bridge.give(paper.id, "E-77")
    assert exchange.round().numbered == 1
    assert exchange.stands(paper) == ("given", "", "E-77", GIVEN)
    with exchange.office.database.reading() as session:
        assert [one.id for one in documents(session, Wanted(search="E-77"))] == [paper.id]


def test_what_came_through_ebys_goes_without_its_file_and_other_letters_wait_for_their_scan(exchange, bridge):
    here, later = exchange.letter(Channel.EBYS, filed=False), exchange.letter(filed=False)
    assert exchange.round().told == 1
    assert bridge.papers[str(here.id)]["file"] is None
    assert exchange.row(later) is None
    exchange.office.file(later)
    assert exchange.round().told == 1
    assert bridge.papers[str(later.id)]["file"]["media_type"] == "image/jpeg"


def test_papers_of_before_and_those_that_a_person_numbered_are_left_to_people(exchange, bridge):
    exchange.letter()
    assert exchange.round(since_us=exchange.office.clock.now_us() + 1).told == 0
    noted = exchange.letter()
    exchange.bridge.behave = lambda handler: _real.answer(handler, {}, 503)
    exchange.round()
    exchange.note(noted, "E-9")
    exchange.bridge.behave = None
    exchange.round()
    assert str(noted.id) not in bridge.papers
    assert exchange.row(noted) is None


@pytest.mark.proves("R-10")
def test_while_ebys_is_away_papers_wait_longer_and_longer_and_a_person_may_note_the_number(exchange, bridge):
    letter, other = exchange.letter(), exchange.record()
    bridge.go_away()
    assert exchange.round().failure == "ebys_unreachable"
    waits = []
    for _ in range(8):
        waits.append((exchange.row(letter).next_us - exchange.office.clock.now_us()) // 1_000_000)
        exchange.round()
    assert waits == [30, 60, 120, 240, 480, 900, 900, 900]
    assert exchange.stands(letter) == ("waiting", "unreachable", "", None)
    assert exchange.stands(other) == ("waiting", "unreachable", "", None)
    assert exchange.round(later_us=1).failure == "", "not before its time"
    exchange.note(letter, "E-5")
    bridge.come_back()
    assert exchange.round().told == 1
    assert (exchange.row(letter), exchange.office.fresh(letter).ebys_no) == (None, "E-5")
    assert exchange.stands(other)[:2] == ("told", "")


@pytest.mark.proves("R-10")
def test_a_number_that_a_person_noted_stays_and_the_contradiction_is_told_until_it_is_none(exchange, bridge):
    letter = exchange.letter()
    exchange.round()
    exchange.note(letter, "E-5")
    bridge.give(letter.id, "E-7")
    for _ in range(3):
        assert exchange.round().numbered == 0
    assert exchange.stands(letter)[:3] == ("told", "differs", "E-5")
    assert exchange.row(letter).given_no == "E-7"
    (told,) = exchange.details("ebys_differs")
    assert (told["why"], told["ours"], told["ebys_no"]) == ("differs", "E-5", "E-7")
    with exchange.office.database.reading() as session:
        assert [one.id for one in letters_page(session, LetterFilter(lacks=Lack.EBYS_NO), 0)] == [letter.id]
    exchange.note(letter, "e-7 ")
    assert exchange.round().numbered == 1
    assert exchange.stands(letter)[:3] == ("given", "", "e-7")


def test_a_number_that_another_paper_has_is_given_to_none(exchange, bridge):
    first, second, paper = exchange.letter(), exchange.letter(sender_name="İl Emniyet"), exchange.record()
    for one in (first, second, paper):
        bridge.give(one.id, "E-1")
    assert exchange.round().numbered == 1
    numbered = [one for one in (first, second, paper) if exchange.stands(one)[2]]
    refused = [exchange.stands(one)[:3] for one in (first, second, paper) if one not in numbered]
    assert (len(numbered), refused) == (1, [("told", "taken", "")] * 2)
    details = {exchange.row(one).detail for one in (first, second, paper)} - {""}
    assert len(details) == 1
    bridge.give(second.id if second not in numbered else first.id, "E-1", "2024-12-31")
    assert exchange.round().numbered == 1, "numbers begin anew with each year"


def test_what_ebys_refuses_says_why_and_goes_again_at_once_when_it_was_corrected(exchange, bridge):
    letter = exchange.letter()
    bridge.refuse(letter.id, "Gönderen\u202e DETSİS'te\nyok")
    exchange.round()
    assert exchange.stands(letter)[:2] == ("waiting", "refused")
    assert exchange.row(letter).detail == "Gönderen DETSİS'te yok"
    bridge.give(letter.id, "E-1")
    assert exchange.round(later_us=1).told == 0
    exchange.office.act(correct_letter, letter, LetterCorrection(sender_name="İzmir Başsavcılığı"))
    assert exchange.round(later_us=1).numbered == 1
    assert bridge.papers[str(letter.id)]["party"] == "İzmir Başsavcılığı"


def test_a_bridge_that_forgot_a_paper_is_handed_it_again_under_the_same_reference(exchange, bridge):
    letter = exchange.letter()
    exchange.round()
    bridge.papers.clear()
    exchange.round()
    assert exchange.stands(letter)[0] == "waiting"
    exchange.round()
    assert list(bridge.papers) == [str(letter.id)]


def test_an_answer_that_was_lost_is_asked_for_again_and_no_twin_is_made(exchange, bridge):
    letter = exchange.letter()

    def lost(handler):
        bridge.papers[handler.path.rpartition("/")[2]] = {"kept": True}
        handler.connection.close()

    bridge.behave = lost
    assert exchange.round().failure == "ebys_unreachable"
    bridge.behave = None
    bridge.give(letter.id, "E-1")
    assert exchange.round().numbered == 1
    assert list(bridge.papers) == [str(letter.id)]


def test_a_record_that_gave_way_is_not_waited_for_and_the_next_version_names_it(exchange, bridge):
    paper = exchange.record()
    exchange.round()
    fields = {**paper.fields, "reason": "Başka bir neden"}

    def again(session, clock, paper_id, *, by):
        return revise(session, clock, exchange.counter.desk.press, exchange.counter.desk.store, paper_id, fields, by=by)

    after = exchange.office.act(again, paper.id)
    assert exchange.round().told == 1
    assert exchange.row(paper) is None
    assert bridge.papers[str(after.id)]["replaces"] == str(paper.id)


def test_a_paper_that_always_fails_holds_no_other_up(exchange, bridge):
    bad, good = sorted((exchange.letter(), exchange.letter(sender_name="İl Emniyet")), key=lambda one: one.id)

    def hang_up(handler):
        if str(bad.id) in handler.path:
            handler.connection.close()
        else:
            _real.answer(handler, {"reference": str(good.id), "state": "pending"})

    bridge.behave = hang_up
    exchange.round()
    exchange.round()
    assert exchange.stands(good)[0] == "told"
    assert exchange.stands(bad)[:2] == ("waiting", "unreachable")


def test_a_file_that_is_not_what_was_kept_is_not_handed_over(exchange, bridge):
    letter, other = exchange.letter(), exchange.record()
    exchange.office.desk.store.path(letter.file_sha256).write_bytes(b"changed")
    assert exchange.round().told == 1
    assert exchange.stands(letter)[:2] == ("waiting", "file_unreadable")
    assert str(letter.id) not in bridge.papers
    assert exchange.stands(other)[0] == "told"


def test_a_number_of_tomorrow_is_none(exchange, bridge):
    letter = exchange.letter()
    bridge.give(letter.id, "E-1", "2099-01-01")
    exchange.round()
    assert exchange.stands(letter)[:3] == ("told", "answer_wrong", "")


def test_a_person_notes_and_corrects_a_records_number(exchange):
    paper = exchange.record()
    office = exchange.office
    noted = office.act(note_ebys_number, paper.id, " E-4 ", date(2025, 1, 3))
    assert (noted.ebys_no, noted.ebys_on) == ("E-4", date(2025, 1, 3))
    office.act(note_ebys_number, paper.id, "E-5", None)
    assert [one.get("before") for one in exchange.details("ebys_numbered")] == [None, "E-4"]
    for wrong in ("", " ", "x" * 61, "a\nb"):
        with pytest.raises(VmsError) as refused:
            office.act(note_ebys_number, paper.id, wrong, None)
        assert (refused.value.kind, refused.value.code) == (Kind.INVALID, "ebys_no_invalid")


def test_a_process_that_is_to_stop_begins_with_no_other_paper(exchange, bridge):
    for sender_name in ("İl Emniyet", "İlçe Emniyet"):
        exchange.letter(sender_name=sender_name)
    stops = iter((False, True))
    done = run_once(
        exchange.office.database, exchange.office.clock, exchange.ebys, exchange.stores, since_us=0, by=JOBS,
        is_stopping=lambda: next(stops),
    )  # fmt: skip
    assert (done.told, len(bridge.papers)) == (1, 1)


def test_an_answer_names_whom_it_goes_to_and_goes_beside_the_record_of_what_was_not_found(exchange, bridge):
    request = exchange.office.approved(intervals=[(exchange.office.ago(days=8), exchange.office.ago(days=7))])
    request = exchange.office.searched(request)

    def call(session, clock, request, *, by):
        print_unreached(session, clock, exchange.counter.desk, request, by=by)
        return print_answer(session, clock, exchange.counter.desk, request, by=by)

    paper = exchange.office.act(call, request)
    exchange.round()
    told = bridge.papers[str(paper.id)]
    assert (told["kind"], told["party"]) == ("P-31", "Cumhuriyet Başsavcılığı Makamına")
    assert sorted(one["kind"] for one in bridge.papers.values()) == ["P-07", "P-31", "letter"]
