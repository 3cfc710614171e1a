"""Which documents wait for whose initials, however many there are."""

import pytest
import sqlalchemy as sa

from vms.documents.model import Document, DocumentInitial
from vms.kernel.ids import new_id
from vms.people.rules import Role
from vms.reminders.initials import waiting_initials

CHAIN = ["Mühendis", "Müdür"]

pytestmark = pytest.mark.proves("S-1f")


@pytest.fixture
def persons(town):
    """By title; two of them have no account, one has left."""
    made = {name: town.register(name, title=title) for name, title in (("Muge", "MÜHENDİS"), ("Mudur", "Müdür"))}
    with town.database.writing() as session:
        for name, person in made.items():
            town._account(session, name.lower(), Role.AUTHORISED_VIEWER, person_id=person.id)
    town.register("Muhsin", title="Mühendis")
    return made


@pytest.fixture
def issue(town, persons):
    """Answers that are issued and wait; `initialled`: by the engineer already."""

    def issue(number, *, initialled=False):
        town.clock.advance(1)
        with town.database.writing() as session:
            document = Document(
                id=new_id(town.clock), kind="P-31", state="issued", version=1, title="Cevap", subject_kind="request",
                subject_id="7", account_id=None, fields={}, created_us=1, created_by_id=None, created_by="Kayıt",
                year=2026, sequence=number, code=str(number), code_sha256=bytes([number]), pdf_sha256=bytes([number]),
                issued_us=town.clock.now_us(),
            )  # fmt: skip
            document.begin_chain(CHAIN)
            session.add(document)
            session.flush()
            if initialled:
                town.clock.advance(60)
                session.add(
                    DocumentInitial(
                        document_id=document.id, position=0, title="Mühendis", person_id=persons["Muge"].id,
                        person_name="Muge", at_us=town.clock.now_us(),
                    )
                )  # fmt: skip
                document.pass_turn()
        return document

    return issue


def waiting(town):
    with town.database.reading() as session:
        return waiting_initials(session, town.clock.now_us())


def test_a_paper_waits_for_the_bearers_of_the_title_whose_turn_it_is(town, persons, issue):
    first, second = issue(1), issue(2, initialled=True)
    told = [(one.id, one.number, one.step, one.person_ids) for one in waiting(town)]
    assert told == [
        (first.id, "P-31/2026/0001", 0, {persons["Muge"].id}), (second.id, "P-31/2026/0002", 1, {persons["Mudur"].id}),
    ]  # fmt: skip
    assert [one.since_us for one in waiting(town)] == [first.issued_us, town.clock.now_us()]


def test_who_initialled_already_is_not_waited_for_under_another_title(town, persons, issue):
    issue(1, initialled=True)
    with town.database.writing() as session:
        session.merge(persons["Muge"]).title = "Müdür"
    assert [one.person_ids for one in waiting(town)] == [{persons["Mudur"].id}]


def test_many_papers_ask_no_more_questions_than_one(town, issue):
    asked = []
    sa.event.listen(town.database.engine, "before_cursor_execute", lambda *told: asked.append(told[2]))

    def questions():
        asked.clear()
        return len(waiting(town)), len(asked)

    issue(1, initialled=True)
    _, of_one = questions()
    for number in range(2, 30):
        issue(number, initialled=number % 2 == 0)
    assert questions() == (29, of_one)
