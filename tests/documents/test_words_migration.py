"""Documents of before there were words to search by."""

import sqlite3
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from filled_forms import FORMS

import vms.migrations
from vms.audit.entry import Subject
from vms.documents.queries import Wanted, documents
from vms.documents.rules import Kind
from vms.documents.search_words import words_of
from vms.documents.service import NewDocument, draft, issue_new
from vms.kernel.database import Database
from vms.kernel.migration import _prepare_sqlite, upgrade

BEFORE = "0012"


@pytest.fixture
def old(tmp_path, database, clock, press, store):
    """A control database of that version with an issued document, a draft: rows of today without their words."""
    new = NewDocument(kind=Kind.AUTHORITY, fields=FORMS["P-09"], subject=Subject("account", "7"))
    with database.writing() as session:
        issue_new(session, clock, press, store, new)
        clock.advance(1)
        draft(session, clock, new)
    path = tmp_path / "old.db"
    path.touch()
    before = Database.at(path)
    with before.engine.connect() as connection:
        _prepare_sqlite(connection)
        config = Config()
        config.set_main_option("script_location", str(Path(vms.migrations.__file__).parent))
        with connection.begin():
            config.attributes["connection"] = connection
            command.upgrade(config, BEFORE)
        connection.invalidate()
    with sqlite3.connect(path) as connection:
        connection.execute("ATTACH ? AS today", (str(tmp_path / "nazar.db"),))
        names = ", ".join(row[1] for row in connection.execute("PRAGMA table_info(document)"))
        connection.execute(f"INSERT INTO document ({names}) SELECT {names} FROM today.document")
    connection.close()
    yield path
    before.close()


def test_documents_of_before_are_found_by_the_same_words(old, database):
    upgraded = Database.at(old)
    upgrade(upgraded.engine)
    with upgraded.reading() as session:
        assert [one.number for one in documents(session, Wanted(search="aysegul"))] == ["", "P-09/2026/0001"]
        assert [one.number for one in documents(session, Wanted(search="P-09/2026/0001 ışıldak"))] == ["P-09/2026/0001"]
        found = {one.id: one.words_folded for one in documents(session, Wanted())}
    upgraded.close()
    with database.reading() as session:
        for one in documents(session, Wanted()):
            assert set(found[one.id].split()) == set(one.words_folded.split())
            assert one.words_folded.startswith(words_of(one.number or "P-09", "", "", {}))
