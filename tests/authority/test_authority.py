from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest

from vms.authority.rules import Allowed, Basis, Mode
from vms.authority.service import allow, revoke
from vms.kernel.errors import VmsError
from vms.kernel.span import Span
from vms.people.service import disable, enable

DAY_S = 86_400


@pytest.fixture
def asked(authority, clock):
    """The basis, or the whole refusal as a caller would see it."""

    def asked(account, camera_id, mode=Mode.LIVE, interval=None):
        try:
            return authority.may(account.id, camera_id, mode, interval, clock.now_us())
        except VmsError as err:
            return (err.kind, err.code, err.message, err.detail)

    return asked


@pytest.mark.proves("D-1.3c", "D-11.1b", "D-19.1")
def test_no_role_shows_a_picture(authority, clock, people, gate_and_lobby, asked):
    for person in people:
        assert asked(person, gate_and_lobby[0].id)[1] == "not_authorised"
        assert authority.allowed(person.id, clock.now_us()) == {}


def test_a_camera_that_does_not_exist_is_answered_like_a_forbidden_one(database, clock, people, gate_and_lobby, asked):
    _, guard = people
    gate, lobby = gate_and_lobby
    with database.writing() as session:
        allow(session, clock, guard, gate, live=True, playback=True, basis="letter")
    for mode, interval in ((Mode.LIVE, None), (Mode.PLAYBACK, Span(1, 2))):
        assert asked(guard, lobby.id, mode, interval) == asked(guard, uuid4(), mode, interval)


@pytest.mark.proves("D-5.7", "D-11.2a")
def test_a_right_is_one_persons_for_one_camera(authority, database, clock, people, gate_and_lobby, asked):
    chief, guard = people
    gate, lobby = gate_and_lobby
    until_us = clock.now_us() + DAY_S * 1_000_000
    with database.writing() as session:
        allow(session, clock, guard, gate, live=True, playback=False, basis="letter 7", until_us=until_us)
        allow(session, clock, chief, lobby, live=False, playback=True, basis="Olur 118")
    letter, olur = Basis("letter 7", until_us), Basis("Olur 118", None)
    assert asked(guard, gate.id) == letter
    assert asked(chief, lobby.id, Mode.PLAYBACK, Span(1, 2)) == olur
    for person, camera in ((guard, lobby), (chief, gate)):
        assert asked(person, camera.id)[1] == "not_authorised"
    assert authority.allowed(guard.id, clock.now_us()) == {gate.id: Allowed(live=letter, playback=None)}
    assert authority.allowed(chief.id, clock.now_us()) == {lobby.id: Allowed(live=None, playback=olur)}


@pytest.mark.proves("D-11.5a")
def test_a_right_ends_at_its_instant(authority, database, clock, people, gate_and_lobby, asked):
    _, guard = people
    gate, _ = gate_and_lobby
    with database.writing() as session:
        allow(session, clock, guard, gate, True, True, "letter", clock.now_us() + DAY_S * 1_000_000)
    clock.advance(DAY_S - 0.000001)
    assert isinstance(asked(guard, gate.id), Basis)
    clock.advance(0.000001)
    assert asked(guard, gate.id)[1] == "grant_expired"
    assert authority.allowed(guard.id, clock.now_us()) == {}


@pytest.mark.proves("D-11.5c")
def test_taking_a_right_back_counts_at_once(database, clock, people, gate_and_lobby, asked):
    _, guard = people
    gate, lobby = gate_and_lobby
    with database.writing() as session:
        for camera in gate_and_lobby:
            allow(session, clock, guard, camera, True, True, "letter")
        allow(session, clock, guard, gate, True, False, "another letter")
    clock.advance(1)
    with database.writing() as session:
        assert revoke(session, clock, guard, gate) == 2
    assert asked(guard, gate.id)[1] == "not_authorised"
    assert isinstance(asked(guard, lobby.id), Basis)
    with database.writing() as session:
        assert revoke(session, clock, guard, gate) == 0
        assert revoke(session, clock, guard) == 1
    assert asked(guard, lobby.id)[1] == "not_authorised"


def test_a_disabled_account_sees_nothing_until_it_is_enabled(database, clock, authority, people, gate_and_lobby, asked):
    _, guard = people
    gate, _ = gate_and_lobby
    with database.writing() as session:
        allow(session, clock, guard, gate, True, True, "letter")
        disable(session, clock, guard)
    assert asked(guard, gate.id)[1] == "not_authorised"
    assert authority.allowed(guard.id, clock.now_us()) == {}
    with database.writing() as session:
        enable(session, clock, guard)
    assert isinstance(asked(guard, gate.id), Basis)


def test_the_list_of_cameras_agrees_with_every_single_answer(authority, database, clock, people, gate_and_lobby, asked):
    _, guard = people
    gate, lobby = gate_and_lobby
    day_us = DAY_S * 1_000_000
    with database.writing() as session:
        for camera, live, playback, days in ((gate, True, False, 3), (gate, False, True, 1), (lobby, True, True, 2)):
            allow(session, clock, guard, camera, live, playback, "letter", clock.now_us() + days * day_us)
    seen = []
    for _ in range(4):
        for step_s in (-0.000001, 0.000001, DAY_S - 0.000001):
            clock.advance(step_s)
            listed = authority.allowed(guard.id, clock.now_us())
            for camera in gate_and_lobby:
                found = listed.get(camera.id, Allowed(live=None, playback=None))
                told = [asked(guard, camera.id, mode) for mode in Mode]
                assert [found.live, found.playback] == [one if isinstance(one, Basis) else None for one in told]
            seen.append(len(listed))
    assert sorted(set(seen)) == [0, 1, 2]


def test_threads_may_ask_at_once(database, clock, people, gate_and_lobby, asked):
    _, guard = people
    gate, lobby = gate_and_lobby
    with database.writing() as session:
        allow(session, clock, guard, gate, True, False, "letter")
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda camera: asked(guard, camera.id), [gate, lobby] * 40))
    assert {isinstance(answer, Basis) for answer in answers[::2]} == {True}
    assert {answer[1] for answer in answers[1::2]} == {"not_authorised"}


def test_without_the_database_nobody_gets_a_basis(database, tmp_path, authority, people, gate_and_lobby, clock):
    database.close()
    (tmp_path / "nazar.db").unlink()
    with pytest.raises(VmsError) as refusal:
        authority.may(people[0].id, gate_and_lobby[0].id, Mode.LIVE, None, clock.now_us())
    assert refusal.value.code == "database_unavailable"
