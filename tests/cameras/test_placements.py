"""The register knows where each camera stood when."""

import json
import sqlite3

import pytest
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import select

from vms.audit.entry import Actor
from vms.audit.model import AuditEntry
from vms.cameras.model import Camera
from vms.cameras.placement_queries import need_placement, placements_of, standings_by_camera, version_of_placements
from vms.cameras.placements import Words, check_seen, correct, move
from vms.cameras.service import CameraChange, NewCamera, change, register, retire
from vms.kernel import migration
from vms.kernel.errors import VmsError

BY = Actor(None, "Usta")
HOUR_US = 3600 * 1_000_000


@pytest.fixture
def register_of(database, clock, box):
    return Register(database, clock, box)


class Register:
    """One camera at the square, registered an hour ago; each act is a transaction of its own."""

    def __init__(self, database, clock, box):
        self.database, self.clock, self.box = database, clock, box
        self.camera = self.add("Kapı", "Meydan")
        self.began_us = clock.now_us()
        clock.advance(3600)

    def add(self, name, site="", **more):
        with self.database.writing() as session:
            new = NewCamera(name=name, site=site, main_address="rtsp://cam.example/", **more)
            return register(session, new, self.box, self.clock, by=BY)

    def act(self, use_case, *given, **more):
        with self.database.writing() as session:
            first, *rest = given
            return use_case(session, self.clock, session.get_one(type(first), first.id), *rest, by=BY, **more)

    def move(self, site="Çeşme", ago_us=0, **words):
        return self.act(move, self.camera, Words(site=site, **words), self.clock.now_us() - ago_us)

    def correct(self, index, from_us=None, **words):
        return self.act(correct, self.rows()[index], Words(**words), from_us)

    def change(self, **wanted):
        with self.database.writing() as session:
            camera = session.get_one(Camera, self.camera.id)
            return change(session, camera, CameraChange(**wanted), self.box, self.clock, by=BY)

    def refused(self, act, *given, **more):
        with pytest.raises(VmsError) as refusal:
            act(*given, **more)
        return refusal.value.code

    def rows(self):
        with self.database.reading() as session:
            return placements_of(session, self.camera.id)

    def stood(self):
        return [(row.from_us - self.began_us, row.number, row.name, row.site) for row in self.rows()]

    def now(self):
        with self.database.reading() as session:
            camera = session.get_one(Camera, self.camera.id)
            return camera.number, camera.name, camera.site

    def last_entry(self):
        with self.database.reading() as session:
            return session.scalars(select(AuditEntry).order_by(AuditEntry.sequence.desc())).first()

    def last_detail(self):
        return json.loads(self.last_entry().detail)


def test_a_camera_begins_its_history_when_it_is_registered(register_of):
    assert register_of.stood() == [(0, 1, "Kapı", "Meydan")]
    (row,) = register_of.rows()
    assert (row.until_us, row.origin, row.noted_by) == (None, "registered", "Usta")


def test_one_that_was_taken_into_use_before_stands_there_since_then(register_of):
    since_us = register_of.clock.now_us() - 5 * HOUR_US
    camera = register_of.add("Depo", commissioned_us=since_us)
    with register_of.database.reading() as session:
        assert [row.from_us for row in placements_of(session, camera.id)] == [since_us]


@pytest.mark.proves("D-4.2", "edge-18")
def test_a_move_leaves_footage_of_before_its_place(register_of):
    register_of.move("Çeşme", ago_us=HOUR_US // 2, name="Çeşme önü", number=9)
    assert register_of.stood() == [(0, 1, "Kapı", "Meydan"), (HOUR_US // 2, 9, "Çeşme önü", "Çeşme")]
    former, current = register_of.rows()
    assert (former.until_us, current.until_us) == (current.from_us, None)
    assert register_of.now() == (9, "Çeşme önü", "Çeşme")
    entry = register_of.last_entry()
    assert (entry.act, entry.camera_id, entry.actor_name) == ("camera_changed", register_of.camera.id, "Usta")
    assert register_of.last_detail() == {
        "number": [1, 9], "name": ["Kapı", "Çeşme önü"], "site": ["Meydan", "Çeşme"], "moved_us": current.from_us,
    }  # fmt: skip


@pytest.mark.proves("D-4.2")
def test_a_move_lies_neither_ahead_nor_before_the_former_one(register_of):
    assert register_of.refused(register_of.move, ago_us=-1) == "placement_in_future"
    assert register_of.refused(register_of.move, ago_us=HOUR_US) == "placement_overlaps"
    assert register_of.refused(register_of.move, ago_us=2 * HOUR_US) == "placement_overlaps"
    assert register_of.refused(register_of.move, "Meydan") == "placement_same"
    assert len(register_of.rows()) == 1
    register_of.move(ago_us=HOUR_US - 1)
    assert len(register_of.rows()) == 2


def test_words_are_checked_and_a_number_belongs_to_one_camera(register_of):
    register_of.add("Depo", number=5)
    for words, code in (
        ({"number": 5}, "camera_number_taken"), ({"number": 0}, "number_invalid"), ({"name": " "}, "name_invalid"),
        ({"site": "x" * 121}, "site_invalid"), ({"site": "a\nb"}, "site_invalid"),
    ):  # fmt: skip
        assert register_of.refused(register_of.move, **({"site": "Çeşme"} | words)) == code
        assert register_of.refused(register_of.correct, 0, **words) == code
    assert register_of.stood() == [(0, 1, "Kapı", "Meydan")]


def test_a_correction_begins_no_row_and_the_log_keeps_what_stood_there(register_of):
    register_of.correct(0, site=" Cumhuriyet Meydanı ")
    assert register_of.stood() == [(0, 1, "Kapı", "Cumhuriyet Meydanı")]
    assert register_of.now() == (1, "Kapı", "Cumhuriyet Meydanı")
    assert register_of.rows()[0].is_corrected
    detail = register_of.last_detail()
    assert detail == {"site": ["Meydan", "Cumhuriyet Meydanı"], "correction": True, "until_us": None}


def test_a_former_place_is_corrected_without_touching_todays(register_of):
    register_of.move(ago_us=HOUR_US // 2)
    register_of.correct(0, site="Saat Kulesi", number=44)
    assert [row[1:] for row in register_of.stood()] == [(44, "Kapı", "Saat Kulesi"), (1, "Kapı", "Çeşme")]
    assert register_of.now() == (1, "Kapı", "Çeşme")


def test_the_time_of_a_move_is_corrected_between_its_neighbours(register_of):
    register_of.move(ago_us=HOUR_US // 2)
    register_of.move("İskele", ago_us=HOUR_US // 4)
    began_us = register_of.began_us
    assert register_of.refused(register_of.correct, 1, from_us=began_us) == "placement_overlaps"
    assert register_of.refused(register_of.correct, 1, from_us=began_us + HOUR_US * 3 // 4) == "placement_overlaps"
    assert register_of.refused(register_of.correct, 2, from_us=began_us + 2 * HOUR_US) == "placement_in_future"
    register_of.correct(1, from_us=began_us + 5)
    rows = register_of.rows()
    assert [row.from_us - began_us for row in rows] == [0, 5, HOUR_US * 3 // 4]
    assert [row.until_us for row in rows] == [rows[1].from_us, rows[2].from_us, None]
    assert register_of.last_detail()["from_us"] == [began_us + HOUR_US // 2, began_us + 5]
    register_of.correct(0, from_us=began_us - 7)
    assert register_of.rows()[0].from_us == began_us - 7


def test_a_change_that_says_neither_counts_from_now_on(register_of):
    register_of.change(site="Çeşme", is_recorded=False)
    assert register_of.stood() == [(0, 1, "Kapı", "Meydan"), (HOUR_US, 1, "Kapı", "Çeşme")]
    register_of.change(name="Çeşme önü")  # in the same moment: no empty row
    assert register_of.stood()[1:] == [(HOUR_US, 1, "Çeşme önü", "Çeşme")]
    register_of.change(site="Çeşme", name="Çeşme önü", number=1)
    assert len(register_of.rows()) == 2


def test_a_change_may_say_that_it_moved_or_was_written_wrongly(register_of):
    register_of.change(site="Çeşme", since_us=register_of.began_us + 1)
    register_of.change(site="Çeşmealtı", is_correction=True)
    assert [(at, site) for at, _, _, site in register_of.stood()] == [(0, "Meydan"), (1, "Çeşmealtı")]


def test_a_retired_camera_stands_nowhere_and_what_was_wrong_can_be_corrected(register_of):
    with register_of.database.writing() as session:
        retire(session, session.get_one(Camera, register_of.camera.id), register_of.clock, by=BY)
    (row,) = register_of.rows()
    assert row.until_us == register_of.clock.now_us()
    register_of.clock.advance(60)
    assert register_of.refused(register_of.move) == "camera_is_retired"
    register_of.correct(0, site="Saat Kulesi")
    assert register_of.stood() == [(0, 1, "Kapı", "Saat Kulesi")]


def test_who_changes_must_have_read_how_it_stands(register_of):
    seen = version_of_placements(register_of.rows())
    register_of.move()
    with register_of.database.reading() as session:
        camera = session.get_one(Camera, register_of.camera.id)
        check_seen(session, camera, version_of_placements(register_of.rows()))
        assert register_of.refused(check_seen, session, camera, seen) == "camera_changed_meanwhile"
        other = register_of.rows()[0].id
    elsewhere = register_of.add("Depo")
    with register_of.database.reading() as session:
        assert register_of.refused(need_placement, session, elsewhere, other) == "placement_not_found"


def test_histories_are_told_by_camera(register_of):
    depot = register_of.add("Depo", "Depo")
    register_of.move()
    with register_of.database.reading() as session:
        every = standings_by_camera(session)
        assert {camera_id: [one.site for one in rows] for camera_id, rows in every.items()} == {
            register_of.camera.id: ["Meydan", "Çeşme"], depot.id: ["Depo"],
        }  # fmt: skip
        assert list(standings_by_camera(session, [depot.id])) == [depot.id]


@pytest.mark.parametrize(
    "rule", ["UPDATE camera_placement SET until_us = from_us", "UPDATE camera_placement SET number = 0"]
)
def test_the_database_refuses_what_no_row_may_say(register_of, tmp_path, rule):
    with sqlite3.connect(tmp_path / "nazar.db") as connection, pytest.raises(sqlite3.IntegrityError):
        connection.execute(rule)
    connection.close()


def test_a_database_of_before_takes_todays_place_over_from_the_cameras_beginning(register_of):
    """Where a camera stood before nobody kept: its row says that it was adopted."""
    gone = register_of.add("Depo", "Depo", commissioned_us=register_of.began_us - 9)
    with register_of.database.writing() as session:
        retire(session, session.get_one(Camera, gone.id), register_of.clock, by=BY)
    (before,) = register_of.rows()
    step = ScriptDirectory(str(migration._MIGRATIONS)).get_revision("0017").module
    with register_of.database.writing() as session:
        connection = session.connection()
        connection.exec_driver_sql("DELETE FROM camera_placement")
        with Operations.context(MigrationContext.configure(connection)):
            step._adopt()
    with register_of.database.reading() as session:
        (row,) = placements_of(session, register_of.camera.id)
        assert (row.from_us, row.until_us, row.origin) == (register_of.began_us, None, "adopted")
        assert row.standing == before.standing
        (old,) = placements_of(session, gone.id)
        assert (old.from_us, old.until_us) == (register_of.began_us - 9, register_of.clock.now_us())
