"""Letters of before there were words to search by."""

import sqlite3
from pathlib import Path

from alembic import command
from alembic.config import Config

import vms.migrations
from vms.footage.letters.register import LetterFilter, letters_page
from vms.kernel.database import Database
from vms.kernel.migration import _prepare_sqlite, upgrade

BEFORE = "0014"


def test_letters_of_before_are_found_by_the_same_words(office, tmp_path):
    kept = office.letter(filed=False, ebys_no="E-77")
    path = tmp_path / "before.db"
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
    (today,) = (row[2] for row in office.database.engine.connect().exec_driver_sql("PRAGMA database_list"))
    with sqlite3.connect(path) as connection:
        connection.execute("ATTACH ? AS today", (today,))
        names = ", ".join(f'"{row[1]}"' for row in connection.execute("PRAGMA table_info(letter)"))
        connection.execute(f"INSERT INTO letter ({names}) SELECT {names} FROM today.letter")
    connection.close()
    upgrade(before.engine)
    with before.reading() as session:
        (found,) = letters_page(session, LetterFilter(search="bassavciligi e-77"), 0)
        assert found.words_folded == kept.words_folded
    before.close()
