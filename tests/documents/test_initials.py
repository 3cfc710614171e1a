"""The chain of initials: whose turn it is, who is refused, that nothing is signed before it is whole."""

from dataclasses import replace

import cv2
import numpy as np
import pytest
from filled_forms import FORMS
from paper import pages_of, words_of
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from vms.audit.entry import Actor, Subject
from vms.audit.model import AuditEntry
from vms.cli.parts.paper_examiner import ChildExaminer
from vms.documents.initials import awaiting_initials, initial, initials_of, who_may
from vms.documents.model import DocumentInitial, SignedFile
from vms.documents.queries import Wanted, documents, need_document
from vms.documents.reader import Reader, initialler_of
from vms.documents.rules import Kind, State
from vms.documents.service import NewDocument, cancel, draft, issue, issue_new, revise
from vms.documents.signing import HandedBack, take_back
from vms.kernel.errors import VmsError
from vms.people.acting import actor_of
from vms.people.organisation_model import Person
from vms.people.organisation_rules import EmploymentKind, UnitKind
from vms.people.passwords import Passwords
from vms.people.person_service import PersonContent, change_person, leave, register_person
from vms.people.rules import Role
from vms.people.service import NewAccount, create_account, disable
from vms.people.unit_service import UnitContent, register_unit

CHEAP = Passwords(time_cost=1, memory_kib=8)
CLERK = Actor(None, "Kayıt memuru · kayit")
CHAIN = ("Teknisyen", "Mühendis", "Müdür")
PEOPLE = {
    "tekin": "TEKNİSYEN", "muhsin": "mühendis", "muge": "Mühendis", "mudur": "Müdür", "memur": "Memur", "bos": "",
}  # fmt: skip

pytestmark = [pytest.mark.proves("S-1f"), pytest.mark.system, pytest.mark.sockets]


@pytest.fixture
def chained(press):
    """The press of a municipality whose answers go through three hands."""
    return replace(press, chains={Kind.ANSWER: CHAIN})


@pytest.fixture
def people(database, clock):
    """Accounts by name, each of a person with a title."""
    with database.writing() as session:
        unit = register_unit(session, clock, UnitContent(name="Belediye", kind=UnitKind.MUNICIPALITY))
        made = {}
        for name, title in PEOPLE.items():
            told = PersonContent(
                full_name=name.title(), unit_id=unit.id, employment_kind=EmploymentKind.CIVIL_SERVANT, title=title
            )
            person = register_person(session, clock, told)
            new = NewAccount(
                name=name, display_name=name.title(), roles=[Role.FOOTAGE_OFFICER], password="correct horse battery",
                person_id=person.id,
            )  # fmt: skip
            made[name] = create_account(session, clock, new, passwords=CHEAP)
    return made


@pytest.fixture
def issued(database, clock, chained, store):
    def made(press=chained, kind=Kind.ANSWER):
        new = NewDocument(kind=kind, fields=FORMS[kind], subject=Subject("request", "7"))
        with database.writing() as session:
            return issue_new(session, clock, press, store, new, by=CLERK)

    return made


@pytest.fixture
def put(database, clock, people):
    """`put(name, document)`: that person's initials, a minute later."""

    def put(name, document):
        clock.advance(60)
        with database.writing() as session:
            return initial(session, clock, document.id, by=actor_of(people[name]))

    return put


@pytest.fixture
def refused(put):
    def refused(name, document):
        with pytest.raises(VmsError) as refusal:
            put(name, document)
        return refusal.value.code, refusal.value.detail.get("title")

    return refused


@pytest.fixture
def hand_back(database, clock, store, tmp_path):
    """The paper comes back as a scan on which nothing can be read, compared by eye."""
    path = tmp_path / "scan.png"
    path.write_bytes(cv2.imencode(".png", np.full((1000, 700), 240, np.uint8))[1].tobytes())

    def handed(document):
        return take_back(database, clock, store, ChildExaminer(), HandedBack(document.id, path, True), by=CLERK)

    return handed


def turn_of(database, document):
    with database.reading() as session:
        return need_document(session, document.id).turn


def test_each_title_initials_in_its_turn_and_only_then_is_it_signed(database, issued, put, hand_back, clock):
    document = issued()
    for name, title in (("tekin", "Teknisyen"), ("muge", "Mühendis"), ("mudur", "Müdür")):
        assert turn_of(database, document) == title
        with pytest.raises(VmsError) as refusal:
            hand_back(document)
        assert (refusal.value.code, refusal.value.kind, refusal.value.detail["title"]) == (
            "initial_missing", "conflict", title,
        )  # fmt: skip
        put(name, document)
    with database.reading() as session:
        assert session.scalars(select(SignedFile)).all() == []
        given = initials_of(session, document.id)
        entries = list(session.scalars(select(AuditEntry).where(AuditEntry.act == "document_initialled")))
    assert [(one.position, one.title, one.person_name) for one in given] == [
        (0, "Teknisyen", "Tekin"), (1, "Mühendis", "Muge"), (2, "Müdür", "Mudur"),
    ]  # fmt: skip
    assert given[-1].at_us == clock.now_us()
    assert [one.actor_name for one in entries] == ["Tekin · tekin", "Muge · muge", "Mudur · mudur"]
    assert all(one.subject_words == document.number for one in entries)
    assert turn_of(database, document) == ""
    assert hand_back(document).state == State.SIGNED


def test_whose_turn_it_is_not_is_told_why(database, issued, put, refused, clock):
    document = issued()
    assert refused("muhsin", document) == ("initial_missing", "Teknisyen")
    assert refused("memur", document) == ("initial_not_yours", "Teknisyen")
    assert refused("bos", document) == ("initial_not_yours", "Teknisyen")
    put("tekin", document)
    assert refused("tekin", document) == ("initialled_already", None)
    put("muhsin", document)
    put("mudur", document)
    assert refused("muge", document) == ("initial_not_awaited", None)
    with database.writing() as session, pytest.raises(VmsError) as refusal:
        initial(session, clock, document.id, by=CLERK)  # the command line is nobody's title
    assert refusal.value.code == "initial_not_awaited"


def test_nobody_initials_twice_by_a_change_of_title(database, clock, issued, put, refused, people):
    document = issued()
    put("tekin", document)
    promote(database, clock, people["tekin"], "Mühendis")
    assert refused("tekin", document) == ("initialled_already", None)
    with database.reading() as session:
        given = initials_of(session, document.id)
        named = [one.full_name for one in who_may(session, need_document(session, document.id), given, clock.now_us())]
    assert sorted(named) == ["Muge", "Muhsin"]
    double = DocumentInitial(
        document_id=document.id, position=1, title="Mühendis", person_id=people["tekin"].person_id, person_name="Tekin",
        at_us=1,
    )  # fmt: skip
    with pytest.raises((IntegrityError, VmsError)), database.writing() as session:
        session.add(double)


def promote(database, clock, account, title):
    with database.writing() as session:
        person = session.get_one(Person, account.person_id)
        told = PersonContent(
            full_name=person.full_name, unit_id=person.unit_id, employment_kind=EmploymentKind.CIVIL_SERVANT,
            title=title,
        )  # fmt: skip
        change_person(session, clock, person.id, told)


def test_who_left_or_whose_account_is_closed_is_not_waited_for(database, clock, issued, put, refused, people):
    document = issued()
    put("tekin", document)
    with database.writing() as session:
        leave(session, clock, people["muge"].person_id)
        disable(session, clock, session.merge(people["muhsin"]))
    with database.reading() as session:
        waiting = awaiting_initials(session)
        assert [one.id for one in waiting] == [document.id]
        assert who_may(session, waiting[0], initials_of(session, document.id), clock.now_us()) == []
    assert refused("muge", document)[0] == "initial_not_yours"


@pytest.mark.proves("edge-118")
def test_a_new_version_begins_its_chain_anew(database, clock, chained, store, issued, put, refused):
    before = issued()
    put("tekin", before)
    with database.writing() as session:
        after = revise(
            session, clock, chained, store, before.id, FORMS["P-31"] | {"addressee": "Konak Kaymakamlığına"}, by=CLERK
        )
    assert (after.turn, turn_of(database, before)) == ("Teknisyen", "")
    assert refused("muhsin", before)[0] == "document_state_wrong"
    assert refused("muhsin", after) == ("initial_missing", "Teknisyen")
    put("tekin", after)
    with database.reading() as session:
        assert [len(initials_of(session, one.id)) for one in (before, after)] == [1, 1]


def test_another_setting_changes_no_paper_under_way(database, clock, press, chained, store, issued, put, hand_back):
    under_way, other = issued(), issued(press)
    assert (other.chain, other.turn) == ([], "")
    with database.writing() as session:
        new = NewDocument(kind=Kind.ANSWER, fields=FORMS["P-31"], subject=Subject("request", "8"))
        drafted = draft(session, clock, new, by=CLERK)
        later = issue(session, clock, replace(chained, chains={Kind.ANSWER: ("Memur",)}), store, drafted.id, by=CLERK)
    assert (under_way.chain, later.chain) == (list(CHAIN), ["Memur"])
    put("memur", later)
    put("tekin", under_way)
    assert turn_of(database, under_way) == "Mühendis"
    for done in (other, later):
        assert hand_back(done).state == State.SIGNED


def test_other_forms_have_no_chain(issued, hand_back):
    document = issued(kind=Kind.AGREEMENT)
    assert document.turn == ""
    assert hand_back(document).state == State.SIGNED


def test_whoever_may_initial_finds_and_reads_it_and_goes_on_reading_it(database, clock, issued, put, people):
    document = issued()

    def seen(name, **wanted):
        with database.reading() as session:
            account = people[name]
            reader = Reader(frozenset(), account.id, initialler_of(session, account.id, clock.now_us()))
            found = documents(session, Wanted(reader=reader, **wanted))
            one = need_document(session, document.id)
            assert reader.may_read(session, one) == bool(documents(session, Wanted(reader=reader)))
            assert reader.may_initial(session, one) == bool(
                documents(session, Wanted(reader=reader, awaits_reader=True))
            )
            return [row.number for row in found]

    number = document.number
    assert [seen(name) for name in PEOPLE] == [[number], [], [], [], [], []]
    put("tekin", document)
    assert [seen(name) for name in PEOPLE] == [[number], [number], [number], [], [], []]
    assert seen("tekin", awaits_reader=True) == []
    assert seen("muge", awaits_reader=True) == [number]
    with database.writing() as session:
        cancel(session, clock, document.id, "Yanlış", by=CLERK)
    assert [seen(name) for name in ("tekin", "muge")] == [[number], []]


def test_the_paper_has_room_for_each_of_the_chain(press, chained, store, issued):
    plain, paper = issued(press), issued()
    words = words_of(store.read(paper.pdf_sha256))
    assert all(f" {one} " in words for one in ("Paraf", *CHAIN)), words
    assert "Paraf" not in words_of(store.read(plain.pdf_sha256))
    longest = replace(chained, chains={Kind.ANSWER: tuple(f"Başkan Yardımcısı {at}" for at in range(8))})
    pages = pages_of(store.read(issued(longest).pdf_sha256))
    assert len(pages) <= plain.pages + 1
    assert "Yardımcısı 7" in " ".join(" ".join(pages).split())
