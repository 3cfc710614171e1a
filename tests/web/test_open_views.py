import asyncio
import threading
from uuid import UUID

import pytest

from vms.authority.refusals import refused
from vms.authority.rules import Allowed, Basis, Mode
from vms.kernel.clock import ManualClock
from vms.kernel.errors import Kind, VmsError
from vms.people.rules import Role
from web.callers import Caller, Standing
from web.watching.open_views import DATABASE_PATIENCE_US, MAX_VIEWS_OF_ACCOUNT, OpenViews
from web.workers import Workers

GATE, LOBBY = UUID(int=1), UUID(int=2)
BOTH = Allowed(Basis("Letter 17", None), Basis("Letter 18", None))
AWAY = VmsError(Kind.UNAVAILABLE, "database_unavailable", "The control database is away.")


def caller(number=1, account=1):
    return Caller(UUID(int=number), UUID(int=account), "ayse", "Ayşe", frozenset({Role.GUARD}), "tr", False, 0, "token")


class World:
    """What the control database would say."""

    def __init__(self, clock):
        self.clock = clock
        self.sessions = {UUID(int=1), UUID(int=2)}
        self.rights = {UUID(int=1): {GATE: BOTH}}
        self.error = None
        self.why_not = refused("no_grant")
        self.looks = 0
        self.has_looked = threading.Event()

    def look(self, callers):
        self.looks += 1
        self.has_looked.set()
        if self.error:
            raise self.error
        return Standing(self.clock.now_us(), frozenset(self.sessions), dict(self.rights))

    def why(self, account_id, camera_id, mode):
        if isinstance(self.why_not, VmsError) and self.why_not.kind is Kind.UNAVAILABLE:
            raise self.why_not
        return self.why_not


@pytest.fixture
def clock():
    return ManualClock()


@pytest.fixture
def world(clock):
    return World(clock)


@pytest.fixture
def told():
    return []


@pytest.fixture
def views(world, clock, told):
    workers = Workers("test", 1, 1)
    yield OpenViews(world.look, clock, workers, told.append, why=world.why)
    workers.close()


def run_once(views):
    asyncio.run(views.run_once())


def reason(view):
    return view.reason.code if view.reason else None


def test_what_may_go_on_goes_on(views):
    with views.open(caller(), GATE, Mode.LIVE) as live, views.open(caller()) as events:
        run_once(views)
        assert (reason(live), reason(events), views.count) == (None, None, 2)
    assert views.count == 0


def test_nothing_is_asked_while_nobody_watches(views, world):
    run_once(views)
    assert world.looks == 0


@pytest.mark.parametrize(
    ("mode", "left", "ends"),
    [
        (Mode.LIVE, None, True),
        (Mode.LIVE, Allowed(None, BOTH.playback), True),
        (Mode.LIVE, Allowed(BOTH.live, None), False),
        (Mode.PLAYBACK, Allowed(BOTH.live, None), True),
        (Mode.PLAYBACK, Allowed(None, BOTH.playback), False),
    ],
)
def test_a_right_that_is_gone_ends_its_own_streams_only(views, world, told, mode, left, ends):
    world.rights[UUID(int=2)] = {GATE: BOTH}
    mine, events = views.add(caller(), GATE, mode), views.add(caller())
    other = views.add(caller(2, 2), GATE, mode)
    run_once(views)
    world.rights[UUID(int=1)] = {GATE: left} if left else {}
    run_once(views)
    assert reason(mine) == ("no_grant" if ends else None)
    assert (reason(events), reason(other)) == (None, None)
    assert told == [UUID(int=1)]


def test_a_session_that_is_over_ends_all_of_its_streams(views, world):
    mine, events = views.add(caller(), GATE, Mode.LIVE), views.add(caller())
    same_person = views.add(caller(2, 1), GATE, Mode.LIVE)
    world.sessions.discard(UUID(int=1))
    run_once(views)
    assert (reason(mine), reason(events), reason(same_person)) == ("session_ended", "session_ended", None)
    assert mine.reason.kind is Kind.UNAUTHENTICATED


def test_a_right_to_another_camera_is_none_to_this(views, world):
    view = views.add(caller(), LOBBY, Mode.LIVE)
    run_once(views)
    assert reason(view) == "no_grant"


def test_a_right_that_ran_out_is_told_from_one_that_was_taken(views, world, clock):
    until_us = clock.now_us() + 10_000_000
    world.rights[UUID(int=1)] = {GATE: Allowed(Basis("Letter 17", until_us), None)}
    view = views.add(caller(), GATE, Mode.LIVE)
    run_once(views)
    clock.advance(10)
    world.rights[UUID(int=1)], world.why_not = {}, refused("grant_expired")
    run_once(views)
    assert reason(view) == "grant_expired"


def test_why_a_picture_ends_may_be_unknown_but_it_ends(views, world):
    view = views.add(caller(), GATE, Mode.LIVE)
    world.rights[UUID(int=1)], world.why_not = {}, AWAY
    run_once(views)
    assert reason(view) == "no_grant"


def test_a_picture_whose_basis_came_back_while_it_was_asked_goes_on(views, world):
    view = views.add(caller(), GATE, Mode.LIVE)
    world.rights[UUID(int=1)], world.why_not = {}, None
    run_once(views)
    assert reason(view) is None


def test_without_the_database_pictures_go_on_for_a_while(views, world, clock):
    view = views.add(caller(), GATE, Mode.LIVE)
    run_once(views)
    world.error = AWAY
    clock.advance(DATABASE_PATIENCE_US / 1e6)
    run_once(views)
    assert reason(view) is None
    clock.advance(1)
    run_once(views)
    assert reason(view) == "database_unavailable"


def test_without_the_database_a_basis_still_ends_at_its_time(views, world, clock):
    until_us = clock.now_us() + 10_000_000
    world.rights[UUID(int=1)] = {GATE: Allowed(Basis("Letter 17", until_us), None)}
    view = views.add(caller(), GATE, Mode.LIVE)
    run_once(views)
    world.error = AWAY
    clock.advance(9)
    run_once(views)
    assert reason(view) is None
    clock.advance(1)
    run_once(views)
    assert reason(view) == "database_unavailable"


def test_a_database_that_was_never_there_has_the_same_patience(views, world, clock):
    world.error = AWAY
    view = views.add(caller(), GATE, Mode.LIVE)
    run_once(views)
    clock.advance(DATABASE_PATIENCE_US / 1e6 + 1)
    run_once(views)
    assert reason(view) == "database_unavailable"


def test_one_person_cannot_take_every_place(views):
    for _ in range(MAX_VIEWS_OF_ACCOUNT):
        views.add(caller())
    with pytest.raises(VmsError) as err:
        views.add(caller())
    assert (err.value.code, err.value.detail) == ("viewer_limit_reached", {"limit": MAX_VIEWS_OF_ACCOUNT})
    views.add(caller(2, 2))


def test_the_loop_looks_when_asked_and_survives_a_mistake_of_ours(views, world, caplog):
    async def scenario():
        view = views.add(caller(), GATE, Mode.LIVE)
        world.error = ZeroDivisionError("ours")
        task = asyncio.create_task(views.run())
        views.recheck_soon()
        assert await asyncio.to_thread(world.has_looked.wait, 5)
        world.error = None
        world.sessions.clear()
        views.recheck_soon()
        async with asyncio.timeout(1):  # the next turn by itself comes after two seconds
            await view.ended.wait()
        task.cancel()
        return reason(view)

    assert asyncio.run(scenario()) == "session_ended"
    assert any(record.exc_info for record in caplog.records)


def test_a_server_that_stops_takes_nobody_in(views):
    view = views.add(caller(), GATE, Mode.LIVE)
    views.end_all()
    assert reason(view) == "server_stopping"
    with pytest.raises(VmsError):
        views.add(caller())
