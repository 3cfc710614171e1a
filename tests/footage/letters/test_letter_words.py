"""Letters, requests, holds, applications of before there were words to search by."""

import sqlite3
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config

import vms.migrations
from vms.footage.holds.model import Hold
from vms.footage.letters.application_model import Applicant, Application, ApplicationChannel
from vms.footage.letters.applications import NewApplication, register_application
from vms.footage.letters.model import Letter
from vms.footage.letters.register import LetterFilter, letters_page
from vms.footage.letters.service import assign_letter
from vms.footage.model import FootageRequest
from vms.footage.requests.review import PAPERS_DID_NOT_COME
from vms.kernel.database import Database
from vms.kernel.migration import _prepare_sqlite, upgrade


@pytest.fixture
def upgraded(office, tmp_path):
    """A database of before (a revision) with today's rows of some tables, as it is after the upgrade."""
    made = []

    def give(before, *tables):
        path = tmp_path / "before.db"
        path.touch()
        database = Database.at(path)
        made.append(database)
        with database.engine.connect() as connection:
            _prepare_sqlite(connection)
            config = Config()
            config.set_main_option("script_location", str(Path(vms.migrations.__file__).parent))
            with connection.begin():
                config.attributes["connection"] = connection
                command.upgrade(config, before)
            connection.invalidate()
        (today,) = (row[2] for row in office.database.engine.connect().exec_driver_sql("PRAGMA database_list"))
        with sqlite3.connect(path) as connection:
            connection.execute("ATTACH ? AS today", (today,))
            for table in tables:
                names = ", ".join(f'"{row[1]}"' for row in connection.execute(f"PRAGMA table_info({table})"))
                connection.execute(f"INSERT INTO {table} ({names}) SELECT {names} FROM today.{table}")
        connection.close()
        upgrade(database.engine)
        return database

    yield give
    for one in made:
        one.close()


def test_letters_of_before_are_found_by_the_same_words(office, upgraded):
    kept = office.letter(filed=False, ebys_no="E-77")
    with upgraded("0014", "letter").reading() as session:
        (found,) = letters_page(session, LetterFilter(search="bassavciligi e-77"), 0)
        assert found.words_folded == kept.words_folded


@pytest.mark.proves("D-6.13")
def test_letters_that_were_given_before_keep_when(office, upgraded):
    given, kept = office.letter(), office.letter()
    office.clock.advance(3600)
    office.act(assign_letter, given, office.town.accounts["officer"], by="sef")
    office.clock.advance(3600)
    with office.database.writing() as session:
        session.get_one(Letter, given.id).assigned_us = 1  # as the upgrade must not find it
    with upgraded("0021", "account", "letter", "case_event").reading() as session:
        found = {one.id: one.assigned_us for one in session.query(Letter)}
    assert found == {given.id: office.ago(hours=1), kept.id: None}


def test_cases_of_before_are_found_by_the_same_words(office, upgraded):
    office.film(days=1)
    new = NewApplication(
        kind=Applicant.CITIZEN, channel=ApplicationChannel.CIMER, applicant="Işık Demir", subject="Görüntü",
        received_us=office.clock.now_us(), reference="C-1",
    )  # fmt: skip
    kept = [office.register(), office.hold(place="Çınar Sokak"), office.act(register_application, new)]
    before = upgraded("0018", "letter", "footage_request", "hold", "application")
    with before.reading() as session:
        for one, table in zip(kept, (FootageRequest, Hold, Application), strict=True):
            (words,) = (row.words_folded for row in session.query(table))
            assert (words, str(one.number) in words) == (one.words_folded, True)
        assert session.query(Letter).count() == 1


def test_why_cases_of_before_ended_is_no_sentence_of_ours_any_more(office, upgraded):
    office.film(days=1)
    late, refused, over, released = office.register(), office.register(), office.hold(), office.hold()
    with office.database.writing() as session:
        session.merge(late).decision = "missing papers did not come by the deadline"
        session.merge(refused).decision = "Yetkisiz makam"
        for hold, state, why in ((over, "expired", "90 days are over"), (released, "released", "gerek kalmadı")):
            row = session.merge(hold)
            row.state, row.ended_us, row.ended_why = state, office.clock.now_us(), why
    before = upgraded("0021", "letter", "footage_request", "hold")
    with before.reading() as session:
        decisions = [one.decision for one in session.query(FootageRequest).order_by(FootageRequest.number)]
        assert decisions == [PAPERS_DID_NOT_COME, "Yetkisiz makam"]
        assert [one.ended_why for one in session.query(Hold).order_by(Hold.number)] == ["", "gerek kalmadı"]
