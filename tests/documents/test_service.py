"""Numbers, versions, states of documents."""

import json
import sqlite3
import subprocess
import sys
from datetime import datetime
from itertools import product
from zoneinfo import ZoneInfo

import pytest
from filled_forms import AYSE, FORMS
from hypothesis import given
from hypothesis import strategies as st
from paper import words_of
from sqlalchemy import select

from vms.audit.entry import Actor, Subject
from vms.audit.model import AuditEntry
from vms.documents.model import Document
from vms.documents.queries import Wanted, document_by_number, documents, need_document, verify_code
from vms.documents.rules import Kind, State, check_step, year_of
from vms.documents.service import NewDocument, cancel, draft, issue, issue_new, need_signed, revise
from vms.kernel.clock import ManualClock, from_datetime
from vms.kernel.errors import VmsError

ISTANBUL = ZoneInfo("Europe/Istanbul")
CLERK = Actor(None, "Kayıt memuru · kayit")


def new(kind="P-09", **changes):
    return NewDocument(kind=Kind(kind), fields=FORMS[kind] | changes, subject=Subject("account", "7"))


@pytest.fixture
def register(database, clock, press, store):
    """Issues a document in a transaction of its own."""

    def issued(kind="P-09", **changes):
        with database.writing() as session:
            return issue_new(session, clock, press, store, new(kind, **changes), by=CLERK)

    return issued


def answer(database, code):
    with database.reading() as session:
        found = verify_code(session, code)
    return None if found is None else (found.state, found.number, found.version)


@pytest.mark.proves("D-0.1")
def test_numbers_count_up_in_each_kind(register):
    numbers = [register(kind).number for kind in ("P-09", "P-09", "P-08", "P-09")]
    assert numbers == ["P-09/2026/0001", "P-09/2026/0002", "P-08/2026/0001", "P-09/2026/0003"]


def test_a_number_whose_transaction_fails_was_never_given(database, clock, press, store, register):
    def fail():
        with database.writing() as session:
            issue_new(session, clock, press, store, new())
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert register().number == "P-09/2026/0001"


def test_a_number_needs_a_transaction_that_writes(database, clock, press, store):
    with database.reading() as session, pytest.raises(RuntimeError):
        issue_new(session, clock, press, store, new())


@pytest.mark.parametrize(
    ("at", "year"),
    [
        (datetime(2026, 12, 31, 23, 59, 59, tzinfo=ISTANBUL), 2026),
        (datetime(2027, 1, 1, 0, 0, 0, tzinfo=ISTANBUL), 2027),
        (datetime(2026, 12, 31, 20, 59, 59, tzinfo=ZoneInfo("UTC")), 2026),
        (datetime(2026, 12, 31, 21, 0, 0, tzinfo=ZoneInfo("UTC")), 2027),
    ],
)
def test_the_year_changes_at_midnight_in_istanbul(at, year):
    assert year_of(from_datetime(at), ISTANBUL) == year


def test_each_year_begins_with_one(database, press, store):
    clock = ManualClock(from_datetime(datetime(2026, 12, 31, 23, 59, 59, tzinfo=ISTANBUL)))
    numbers = []
    for _ in range(3):
        with database.writing() as session:
            document = issue_new(session, clock, press, store, new())
        numbers.append((document.number, words_of(store.read(document.pdf_sha256)).count("01.01.2027")))
        clock.advance(1)
    assert numbers == [("P-09/2026/0001", 0), ("P-09/2027/0001", 1), ("P-09/2027/0002", 1)]


_ISSUE_FIFTEEN = """
import json, sys
from pathlib import Path
from zoneinfo import ZoneInfo
from vms.audit.entry import Subject
from vms.documents.letterhead import Letterhead
from vms.documents.press import Press
from vms.documents.rules import Kind
from vms.documents.service import NewDocument, issue_new
from vms.documents.store import FileStore
from vms.kernel.clock import SystemClock
from vms.kernel.database import Database

folder = Path(sys.argv[1])
database, store = Database.at(folder / "nazar.db", busy_timeout_s=60), FileStore(folder / "documents")
head = Letterhead(institution="Belediye", query_url="https://belge.example")
press = Press(letterhead=head, zone=ZoneInfo("Europe/Istanbul"))
new = NewDocument(kind=Kind.AUTHORITY, fields=json.loads(sys.stdin.readline()), subject=Subject("account", "7"))
for _ in range(15):
    with database.writing() as session:
        issue_new(session, SystemClock(), press, store, new)
"""


@pytest.mark.sockets
@pytest.mark.proves("D-0.1")
def test_two_processes_share_one_row_of_numbers(database, store, tmp_path):
    command = [sys.executable, "-c", _ISSUE_FIFTEEN, str(tmp_path)]
    processes = [subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(2)]
    for process in processes:
        process.stdin.write(json.dumps(FORMS["P-09"]).encode() + b"\n")
        process.stdin.flush()
    outcomes = [(process.communicate(timeout=120)[1], process.returncode) for process in processes]
    assert [code for _, code in outcomes] == [0, 0], outcomes
    with database.reading() as session:
        found = list(session.scalars(select(Document)))
    by_year = {}
    for one in found:
        by_year.setdefault(one.year, []).append(one.sequence)
    assert [sorted(given_) for given_ in by_year.values()] == [
        list(range(1, len(given_) + 1)) for given_ in by_year.values()
    ]
    assert len({one.code for one in found}) == len(found) == 30
    assert all(store.read(one.pdf_sha256) for one in found)


@pytest.mark.proves("edge-118", "D-0.1")
def test_a_changed_document_is_a_new_version_with_a_new_code(database, clock, press, store, register):
    before = register()
    clock.advance(60)
    fields = FORMS["P-09"] | {"person": AYSE | {"name": "Gökçe Yıldız"}}
    with database.writing() as session:
        after = revise(session, clock, press, store, before.id, fields, by=CLERK)
    assert (after.number, after.version, after.previous_id) == (before.number, 2, before.id)
    assert after.code != before.code
    assert answer(database, before.code) == (State.SUPERSEDED, before.number, 1)
    assert answer(database, after.code) == (State.ISSUED, before.number, 2)
    text = words_of(store.read(after.pdf_sha256))
    assert "2. sürüm" in text
    assert "Gökçe Yıldız" in text
    with database.writing() as session, pytest.raises(VmsError) as refusal:
        revise(session, clock, press, store, before.id, fields)
    assert refusal.value.code == "document_state_wrong"
    with database.reading() as session:
        assert document_by_number(session, "p-09/2026/0001").id == after.id


@pytest.mark.proves("edge-117", "D-0.1")
def test_a_cancelled_document_keeps_its_number_and_says_so(database, clock, register):
    document = register()
    with database.writing() as session:
        cancelled = cancel(session, clock, document.id, "  Yanlış kişi adına düzenlendi. ", by=CLERK)
    assert (cancelled.cancel_reason, cancelled.cancelled_by) == ("Yanlış kişi adına düzenlendi.", CLERK.name)
    assert answer(database, document.code) == (State.CANCELLED, document.number, 1)
    assert register().number == "P-09/2026/0002"
    with database.writing() as session, pytest.raises(VmsError) as refusal:
        cancel(session, clock, document.id, "again")
    assert refusal.value.code == "document_state_wrong"


@pytest.mark.parametrize("reason", ["", "   ", "x" * 501, "a\x00b"])
def test_cancelling_needs_a_reason(database, clock, register, reason):
    document = register()
    with database.writing() as session, pytest.raises(VmsError) as refusal:
        cancel(session, clock, document.id, reason)
    assert refusal.value.code == "reason_required"


def test_a_draft_has_no_number_and_is_dropped_without_a_gap(database, clock, press, store, register):
    with database.writing() as session:
        first = draft(session, clock, new(), by=CLERK)
        second = draft(session, clock, new(), by=CLERK)
        assert (first.number, first.code) == ("", None)
        cancel(session, clock, first.id, "Gerek kalmadı", by=CLERK)
    with database.writing() as session:
        assert issue(session, clock, press, store, second.id, by=CLERK).number == "P-09/2026/0001"
    with database.writing() as session, pytest.raises(VmsError) as refusal:
        issue(session, clock, press, store, second.id, by=CLERK)
    assert refusal.value.code == "document_state_wrong"


@pytest.mark.proves("D-0.2")
def test_nothing_is_built_on_a_document_that_nobody_signed(register):
    with pytest.raises(VmsError) as refusal:
        need_signed(register())
    assert refusal.value.code == "document_not_signed"


@given(st.lists(st.sampled_from(State), max_size=6))
def test_a_document_that_counts_no_more_never_counts_again(steps):
    now = State.DRAFT
    for then in steps:
        try:
            check_step(now, then)
        except VmsError:
            continue
        assert now not in {State.SUPERSEDED, State.CANCELLED}
        assert then is not State.DRAFT
        now = then


def test_the_database_itself_refuses_a_number_twice_and_an_issued_document_without_one(database, register, tmp_path):
    document = register()
    raw = sqlite3.connect(tmp_path / "nazar.db")
    for change in (
        "UPDATE document SET sequence = NULL", "UPDATE document SET state = 'lost'", "UPDATE document SET code = NULL",
    ):  # fmt: skip
        with pytest.raises(sqlite3.IntegrityError):
            raw.execute(change)
    columns = [row[1] for row in raw.execute("PRAGMA table_info(document)")]
    kept = ", ".join(column for column in columns if column not in {"id", "code_sha256"})
    with pytest.raises(sqlite3.IntegrityError, match=r"document\.kind"):
        raw.execute(f"INSERT INTO document (id, code_sha256, {kept}) SELECT 'x', x'00', {kept} FROM document")
    raw.close()
    assert document.number == "P-09/2026/0001"


@pytest.mark.proves("E-1", "C-1")
def test_every_act_is_in_the_audit_log_without_a_name_from_the_paper(database, clock, press, store, register):
    document = register()
    with database.writing() as session:
        after = revise(session, clock, press, store, document.id, FORMS["P-09"], by=CLERK)
        cancel(session, clock, after.id, "Deneme", by=CLERK)
    with database.reading() as session:
        entries = list(session.scalars(select(AuditEntry).order_by(AuditEntry.sequence)))
    acts = ["document_drafted", "document_issued", "document_superseded", "document_issued", "document_cancelled"]
    assert [one.act for one in entries] == acts
    assert {one.actor_name for one in entries} == {CLERK.name}
    assert {one.subject_words for one in entries[1:]} == {"P-09/2026/0001"}
    assert not any("Ayşegül" in one.subject_words + one.detail for one in entries)


def test_lists_are_filtered(database, clock, register):
    for kind, _ in product(("P-08", "P-09"), range(3)):
        register(kind)
        clock.advance(1)
    with database.reading() as session:
        everything = documents(session, Wanted())
        assert [one.number for one in everything][:2] == ["P-09/2026/0003", "P-09/2026/0002"]
        assert len(documents(session, Wanted(kind="P-08"))) == 3
        assert documents(session, Wanted(year=2025)) == []
        assert documents(session, Wanted(state=State.CANCELLED)) == []
        page = documents(session, Wanted(limit=2, before=everything[1].id))
        assert [one.number for one in page] == ["P-09/2026/0001", "P-08/2026/0003"]


@pytest.mark.parametrize("number", ["", "P-09", "P-09/2026", "P-09/2026/x", "P-09/2026/0002", "P-09/2026/٣", "/" * 99])
def test_a_number_nobody_has_is_not_found(database, register, number):
    register()
    with database.reading() as session, pytest.raises(VmsError) as refusal:
        document_by_number(session, number)
    assert refusal.value.code == "document_not_found"


def test_a_form_that_is_too_long_is_refused(database, clock):
    rows = [FORMS["P-16"]["attendees"][0] | {"name": "ğ" * 200, "unit": "ş" * 200}] * 500
    rows = [row | {"title": "ı" * 200, "registry_no": "ö" * 200} for row in rows]
    with database.writing() as session, pytest.raises(VmsError) as refusal:
        draft(session, clock, new("P-16", attendees=rows))
    assert refusal.value.code == "form_too_long"


def test_fields_are_stored_as_they_were_given(database, register):
    document = register()
    with database.reading() as session:
        stored = need_document(session, document.id).fields
    assert stored["person"]["name"] == AYSE["name"]
    assert stored["last_day"] == "2027-05-19"
