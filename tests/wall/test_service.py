import sqlite3
from uuid import uuid4

import pytest

from vms.audit.entry import Actor
from vms.audit.export import detail_of
from vms.audit.queries import Wanted, entries
from vms.kernel.errors import Kind, VmsError
from vms.wall.queries import tours, views
from vms.wall.rules import MAX_VIEWS
from vms.wall.service import (
    TourContent,
    ViewContent,
    change_tour,
    change_view,
    create_tour,
    create_view,
    delete_tour,
    delete_view,
)

CAMERA = str(uuid4())


def a_view(**changes) -> ViewContent:
    return ViewContent(**({"name": "Gates", "layout": "2x2", "cells": [CAMERA]} | changes))


@pytest.fixture
def save(database, clock):
    def save(owner, **changes):
        with database.writing() as session:
            return create_view(session, clock, owner, a_view(**changes))

    return save


def named(database, owner) -> list[str]:
    with database.reading() as session:
        return [view.name for view in views(session, owner.id)]


def stops(database, owner) -> list[list[str]]:
    with database.reading() as session:
        return [tour.view_ids for tour in tours(session, owner.id)]


def test_a_view_comes_back_as_it_was_saved(database, clock, people, save):
    made = save(people[0])
    clock.advance(1)
    with database.writing() as session:
        change_view(session, clock, people[0], made.id, a_view(name="Doors", layout="1+5", cells=[None, CAMERA]))
    with database.reading() as session:
        (view,) = views(session, people[0].id)
    assert (view.id, view.name, view.layout) == (made.id, "Doors", "1+5")
    assert view.cells == [None, CAMERA, None, None, None, None]
    assert view.changed_us == view.created_us + 1_000_000 == clock.now_us()


def test_own_views_come_before_shared_ones_and_others_stay_private(database, people, save):
    ayse, murat = people
    save(murat, name="All", is_shared=True)
    save(murat, name="Private")
    save(ayse, name="Stairs")
    save(ayse, name="Gates")
    assert named(database, ayse) == ["Gates", "Stairs", "All"]
    assert named(database, murat) == ["All", "Private"]


@pytest.mark.parametrize(
    ("is_shared", "kind", "code"),
    [(False, Kind.NOT_FOUND, "view_not_found"), (True, Kind.FORBIDDEN, "not_yours")],
)
def test_only_its_owner_changes_a_view(database, clock, people, save, is_shared, kind, code):
    ayse, murat = people
    theirs = save(murat, is_shared=is_shared)
    for attempt in (
        lambda session: change_view(session, clock, ayse, theirs.id, a_view(name="Mine")),
        lambda session: delete_view(session, clock, ayse, theirs.id),
    ):
        with pytest.raises(VmsError) as refusal, database.writing() as session:
            attempt(session)
        assert (refusal.value.kind, refusal.value.code) == (kind, code)
    assert named(database, murat) == ["Gates"]


def test_a_private_view_is_answered_like_one_that_does_not_exist(database, clock, people, save):
    theirs = save(people[1])
    told = []
    for view_id in (theirs.id, uuid4()):
        with pytest.raises(VmsError) as refusal, database.writing() as session:
            delete_view(session, clock, people[0], view_id)
        told.append((refusal.value.kind, refusal.value.code, refusal.value.message, refusal.value.detail))
    assert told[0] == told[1]


def test_a_person_keeps_so_many_views(database, clock, people):
    with database.writing() as session:
        for _ in range(MAX_VIEWS):
            create_view(session, clock, people[0], a_view())
        with pytest.raises(VmsError) as refusal:
            create_view(session, clock, people[0], a_view())
        assert (refusal.value.code, refusal.value.detail) == ("view_limit_reached", {"limit": MAX_VIEWS})
        create_view(session, clock, people[1], a_view())


def test_a_refused_change_changes_nothing(database, clock, people, save):
    made = save(people[0])
    for bad in (a_view(layout="1", cells=[None, CAMERA]), a_view(name=""), a_view(layout="none")):
        with pytest.raises(VmsError), database.writing() as session:
            change_view(session, clock, people[0], made.id, bad)
    with database.reading() as session:
        (view,) = views(session, people[0].id)
    assert (view.name, view.layout, view.cells) == ("Gates", "2x2", [CAMERA, None, None, None])


def test_a_tour_goes_through_views_its_owner_can_open(database, clock, people, save):
    ayse, murat = people
    own, shared, private = save(ayse), save(murat, is_shared=True), save(murat)
    route = [str(shared.id), str(own.id), str(shared.id)]
    with database.writing() as session:
        tour = create_tour(session, clock, ayse, TourContent(name="Round", dwell_s=15, view_ids=route))
    assert stops(database, ayse) == [route]
    assert stops(database, murat) == []
    for bad in ([], [str(private.id)], [str(uuid4())], ["x"], [str(own.id)] * 101):
        with pytest.raises(VmsError) as refusal, database.writing() as session:
            change_tour(session, clock, ayse, tour.id, TourContent(name="Round", dwell_s=15, view_ids=bad))
        assert refusal.value.code == "tour_views_invalid"
    clock.advance(1)
    with database.writing() as session:
        changed = change_tour(
            session, clock, ayse, tour.id, TourContent(name="Short", dwell_s=5, view_ids=[str(own.id)])
        )
    assert (changed.name, changed.dwell_s, changed.changed_us) == ("Short", 5, clock.now_us())
    assert stops(database, ayse) == [[str(own.id)]]


def test_a_tour_belongs_to_its_owner(database, clock, people, save):
    ayse, murat = people
    content = TourContent(name="Round", dwell_s=15, view_ids=[str(save(murat, is_shared=True).id)])
    with database.writing() as session:
        tour = create_tour(session, clock, murat, content)
    for attempt in (
        lambda session: change_tour(session, clock, ayse, tour.id, content),
        lambda session: delete_tour(session, clock, ayse, tour.id),
        lambda session: delete_tour(session, clock, murat, uuid4()),
    ):
        with pytest.raises(VmsError) as refusal, database.writing() as session:
            attempt(session)
        assert refusal.value.code == "tour_not_found"
    with database.writing() as session:
        delete_tour(session, clock, murat, tour.id)
    assert stops(database, murat) == []
    assert named(database, murat) == ["Gates"]


@pytest.mark.parametrize("deed", ["delete", "keep to oneself"])
def test_a_tour_never_names_a_view_its_owner_cannot_open(database, clock, people, save, deed):
    ayse, murat = people
    own, shared = save(ayse), save(murat, is_shared=True)
    with database.writing() as session:
        for owner, route in ((ayse, [own, shared, own]), (murat, [shared])):
            ids = [str(view.id) for view in route]
            create_tour(session, clock, owner, TourContent(name="Round", dwell_s=15, view_ids=ids))
    with database.writing() as session:
        if deed == "delete":
            delete_view(session, clock, murat, shared.id)
        else:
            change_view(session, clock, murat, shared.id, a_view(is_shared=False))
    assert stops(database, ayse) == [[str(own.id)] * 2]
    assert stops(database, murat) == ([[]] if deed == "delete" else [[str(shared.id)]])


def test_the_database_itself_refuses_a_hasty_tour(database, clock, people, save, tmp_path):
    content = TourContent(name="Round", dwell_s=15, view_ids=[str(save(people[0]).id)])
    with database.writing() as session:
        create_tour(session, clock, people[0], content)
    connection = sqlite3.connect(tmp_path / "nazar.db")
    with pytest.raises(sqlite3.IntegrityError, match="dwell_invalid"):
        connection.execute("UPDATE tour SET dwell_s = 1")
    connection.close()


@pytest.mark.proves("C-1")
def test_each_act_is_told_to_the_audit_log_and_a_refused_one_is_not(database, clock, people, save):
    ayse, murat = people
    by = Actor(ayse.id, "Ayşe · ayse")
    with database.writing() as session:
        view = create_view(session, clock, ayse, a_view(), by=by)
        change_view(session, clock, ayse, view.id, a_view(name="Doors", is_shared=True), by=by)
        content = TourContent(name="Round", dwell_s=15, view_ids=[str(view.id)])
        tour = create_tour(session, clock, ayse, content, by=by)
        change_tour(session, clock, ayse, tour.id, content, by=by)
    with pytest.raises(VmsError), database.writing() as session:
        delete_view(session, clock, murat, view.id, by=Actor(murat.id, "Murat · murat"))
    with database.writing() as session:
        delete_tour(session, clock, ayse, tour.id, by=by)
        delete_view(session, clock, ayse, view.id, by=by)
    with database.reading() as session:
        told = entries(session, Wanted(person_id=ayse.id))[::-1]
        assert entries(session, Wanted(person_id=murat.id)) == []
    assert [(one.act, one.subject_kind, one.subject_id, one.subject_words) for one in told] == [
        ("saved_view_created", "view", str(view.id), "Gates"), ("saved_view_changed", "view", str(view.id), "Doors"),
        ("tour_created", "tour", str(tour.id), "Round"), ("tour_changed", "tour", str(tour.id), "Round"),
        ("tour_deleted", "tour", str(tour.id), "Round"), ("saved_view_deleted", "view", str(view.id), "Doors"),
    ]  # fmt: skip
    assert detail_of(told[1]) == {"layout": "2x2", "is_shared": True, "cameras": [CAMERA]}
