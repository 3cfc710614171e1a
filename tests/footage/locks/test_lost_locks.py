"""Volumes that lost what they had confirmed are told again."""

import shutil
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from vms.archive.locks import list_locks
from vms.archive.rebuild import rebuild_index
from vms.footage.locks.keeping import compare
from vms.footage.locks.model import Owner
from vms.footage.locks.orders import Reason, locks_in_force, order_locks, pending_volumes
from vms.footage.upkeep import run_once
from vms.kernel.ids import new_id
from vms.kernel.span import Span


def lose_index(office, copies=None):
    """The index is gone; of the copies of the locks those are there that a folder has."""
    volume = office.shelf.volume
    volume.index.close()
    for path in volume.path.glob("index.sqlite*"):
        path.unlink()
    shutil.rmtree(volume.path / "locks")
    if copies is None:
        (volume.path / "locks").mkdir()
    else:
        shutil.copytree(copies, volume.path / "locks")
    rebuild_index(volume, office.clock)


def rows_of(database, words):
    with database.reading() as session:
        return session.execute(text(words)).all()


def copied(source, target):
    """A database as SQLite copies it, into one that may be in use."""
    with closing(sqlite3.connect(source)) as one, closing(sqlite3.connect(target)) as other:
        one.backup(other)


def upkeep(office):
    return run_once(office.database, office.archive, office.clock, is_clock_believed=True, by=office.by("clerk"))


@pytest.mark.proves("edge-29", "D-10.1c", "C-2")
def test_locks_that_went_with_an_index_are_placed_again(office):
    request = office.register("gate lobby")
    hold_locks = len(list_locks(office.shelf.volume))
    lose_index(office)
    assert list_locks(office.shelf.volume) == []
    assert list(upkeep(office).pending) == []
    assert len(list_locks(office.shelf.volume)) == hold_locks == 2
    with office.database.reading() as session:
        assert pending_volumes(session, request.id, [office.shelf.volume.uuid]) == []


def test_a_lock_that_comes_back_with_an_old_copy_is_let_go_again(office, tmp_path):
    request = office.register()
    shutil.copytree(office.shelf.volume.path / "locks", tmp_path / "older")
    office.take_back(request)
    assert (upkeep(office).pending, list_locks(office.shelf.volume)) == ([], [])
    lose_index(office, tmp_path / "older")
    assert len(list_locks(office.shelf.volume)) == 1
    upkeep(office)
    assert list_locks(office.shelf.volume) == []
    assert compare(office.database, office.archive) == 0


@pytest.mark.proves("D-10.1c", "C-2", "edge-29")
def test_what_a_database_of_last_night_keeps_again_is_locked_anew(office, tmp_path):
    """A volume never takes a release back, so what it let go since then is kept under another id."""
    request = office.register("gate lobby")
    (place,) = [Path(row[2]) for row in rows_of(office.database, "PRAGMA database_list")]
    copied(place, tmp_path / "last-night.db")
    office.take_back(request)
    assert (upkeep(office).pending, list_locks(office.shelf.volume)) == ([], [])
    copied(tmp_path / "last-night.db", place)
    assert list(upkeep(office).pending) == []
    locks = list_locks(office.shelf.volume)
    assert {lock.camera_id for lock in locks} == {office.camera("gate"), office.camera("lobby")}
    assert {lock.reference for lock in locks} == {f"Görüntü talebi {request.number}"}
    with office.database.reading() as session:
        assert {lock.id for lock in locks_in_force(session)} == {lock.id for lock in locks}
        assert pending_volumes(session, request.id, [office.shelf.volume.uuid]) == []
    assert (compare(office.database, office.archive), office.tell().placed) == (0, 0)
    office.take_back(request)
    upkeep(office)
    assert list_locks(office.shelf.volume) == []


def test_comparing_a_thousand_locks_is_cheap(office):
    reason = Reason(Owner.REQUEST, new_id(office.clock), "Görüntü talebi 1")
    spans = [(office.camera(), Span(number, number + 1)) for number in range(1_000)]
    with office.database.writing() as session:
        order_locks(session, office.clock, reason, spans)
    office.tell()
    begun = time.perf_counter()
    assert compare(office.database, office.archive) == 0
    assert time.perf_counter() - begun < 0.5
    lose_index(office)
    assert (compare(office.database, office.archive), office.tell().placed) == (1_000, 1_000)
