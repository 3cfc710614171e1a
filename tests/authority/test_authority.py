import sqlite3
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest

from vms.authority.grants.endings import withdraw
from vms.authority.overview import rows
from vms.authority.rules import Allowed, Basis, Mode
from vms.authority.work_orders.model import Work
from vms.authority.work_orders.service import open_work_order
from vms.kernel.errors import VmsError
from vms.kernel.span import Span
from vms.people.role_service import give_role, take_role
from vms.people.rules import Role


def whole_refusal(town, account_id, camera_id, mode, interval):
    """As a caller would see it."""
    with pytest.raises(VmsError) as err:
        town.authority.may(account_id, camera_id, mode, interval, town.clock.now_us())
    return (err.value.kind, err.value.code, err.value.message, err.value.detail)


@pytest.mark.proves("D-1.3c", "D-7.3")
@pytest.mark.parametrize("name", ["ayse", "guard", "wall", "technician"])
def test_a_camera_that_does_not_exist_is_answered_like_one_never_allowed(town, name):
    town.grant("ayse", "gate", playback=True)
    town.sign("guard")
    town.assign()
    for mode, interval in ((Mode.LIVE, None), (Mode.PLAYBACK, Span(1, 2))):
        asked = (town.accounts[name].id, town.cameras["lobby"].id, mode, interval)
        assert whole_refusal(town, *asked) == whole_refusal(town, asked[0], uuid4(), mode, interval)


def test_an_account_that_does_not_exist_sees_nothing(town):
    town.grant()
    assert whole_refusal(town, uuid4(), town.cameras["gate"].id, Mode.LIVE, None)[1] == "no_grant"


@pytest.mark.proves("D-5.7", "D-11.2a")
def test_a_right_is_one_persons_for_one_camera(town, clock):
    town.grant("ayse", "gate")
    town.grant("bekir", "lobby", live=False, playback=True)
    ayse, bekir = (town.accounts[name].id for name in ("ayse", "bekir"))
    live = town.authority.may(ayse, town.cameras["gate"].id, Mode.LIVE, None, clock.now_us())
    assert (live.text, live.source_kind) == ("Olur 2026/1, 01.07.2025", "grant")
    assert town.authority.allowed(ayse, clock.now_us()) == {town.cameras["gate"].id: Allowed(live, None)}
    found = town.authority.allowed(bekir, clock.now_us())
    assert list(found) == [town.cameras["lobby"].id]
    assert found[town.cameras["lobby"].id].live is None


def test_the_list_of_cameras_agrees_with_every_single_answer(town, at, day):
    town.grant("ayse", "gate", days=3)
    town.grant("ayse", "gate", live=False, playback=True, days=1)
    withdrawn = town.grant("ayse", "lobby", playback=True, days=2)
    seen = []
    for moment in ((1, 23, 59, 59), (2, 0), (2, 12), (2, 23, 59, 59), (3, 0), (3, 23, 59, 59), (4, 0)):
        now_us = at(day(moment[0]), *moment[1:])
        if moment == (2, 12):
            town.act(withdraw, withdrawn, "karar")
        listed = town.authority.allowed(town.accounts["ayse"].id, now_us)
        for name, camera in town.cameras.items():
            found = listed.get(camera.id, Allowed(live=None, playback=None))
            told = [town.sees("ayse", name, mode) for mode in Mode]
            ends = [None if one is None else one.until_us for one in (found.live, found.playback)]
            assert ends == [one if isinstance(one, int) else None for one in told]
        seen.append(len(listed))
    assert seen == [2, 2, 1, 1, 1, 1, 0]


@pytest.mark.proves("D-11.1b", "D-1.3c", "C-7")
@pytest.mark.parametrize(
    ("name", "taken", "given", "refusal"),
    [
        ("ayse", Role.AUTHORISED_VIEWER, None, "no_grant"),
        ("ayse", Role.AUTHORISED_VIEWER, Role.AUDITOR, "no_grant"),
        ("ayse", Role.AUTHORISED_VIEWER, Role.GUARD, "no_assignment"),
        ("guard", Role.GUARD, Role.AUTHORISED_VIEWER, "no_grant"),
        ("technician", Role.TECHNICIAN, Role.REGISTRY_CLERK, "no_grant"),
    ],
)
def test_a_paper_shows_nothing_while_no_role_of_its_holder_may_hold_it(town, clock, name, taken, given, refusal):
    """No paper and no role is pictures by itself: who audits now sees none, whatever they were before."""
    town.grant("ayse", playback=True)
    town.sign("guard")
    town.assign()
    until_us = clock.now_us() + 3_600_000_000
    town.act(open_work_order, town.accounts["technician"], Work.FAULT, town.cameras["gate"].id, until_us)
    before, account = town.sees(name), town.accounts[name]
    assert isinstance(before, int)
    town.act(take_role, account, taken)
    if given:
        town.act(give_role, account, given)
    assert town.sees(name) == refusal
    assert not isinstance(town.sees(name, mode="playback"), int)
    assert town.authority.allowed(account.id, clock.now_us()) == {}
    with town.database.reading() as session:
        states = {row.state for row in rows(session, clock.now_us(), account.id)}
    assert states == {"suspended"}
    if given:
        town.act(take_role, account, given)
    town.act(give_role, account, taken)
    assert town.sees(name) == before, "papers rest; nobody ended them"


def test_a_role_for_a_time_ends_what_it_let_see_at_its_instant(town, clock):
    town.grant()
    account, end_us = town.accounts["ayse"], clock.now_us() + 60_000_000
    town.act(take_role, account, Role.AUTHORISED_VIEWER)
    town.act(give_role, account, Role.DEPARTMENT_HEAD, end_us)
    clock.advance(59)
    assert isinstance(town.sees(), int)
    clock.advance(1)
    assert town.sees() == "no_grant"


def test_threads_may_ask_at_once(town):
    town.grant()
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda camera: town.sees("ayse", camera), ["gate", "lobby"] * 40))
    assert {type(answer) for answer in answers[::2]} == {int}
    assert set(answers[1::2]) == {"no_grant"}


def test_without_the_database_nobody_gets_a_basis(town, tmp_path):
    town.database.close()
    (tmp_path / "nazar.db").unlink()
    assert town.sees() == "database_unavailable"


@pytest.mark.parametrize(
    ("assignment", "rule"),
    [
        ("is_live = 0, is_playback = 0", "right_without_mode"),
        ("until_us = from_us", "right_ends_before_it_begins"),
        ("until_us = NULL", "right_without_end"),
        ("source_id = NULL", "right_without_paper"),
        ("basis = '  '", "basis_missing"),
        ("camera_id = '00'", "FOREIGN KEY"),
    ],
)
def test_the_database_itself_refuses_rights_that_make_no_sense(town, tmp_path, assignment, rule):
    town.grant()
    connection = sqlite3.connect(tmp_path / "nazar.db")
    connection.execute("PRAGMA foreign_keys = ON")
    with pytest.raises(sqlite3.IntegrityError, match=rule):
        connection.execute(f"UPDATE viewing_right SET {assignment}")
    connection.close()


def test_a_basis_says_what_it_stands_on(town):
    town.sign("guard")
    town.assign()
    basis = town.authority.may(town.accounts["guard"].id, town.cameras["gate"].id, Mode.LIVE, None, town.clock.now_us())
    assert isinstance(basis, Basis)
    assert basis.text == "Kapı: Görevlendirme KG-7, 01.07.2025"
