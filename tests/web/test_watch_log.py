"""When a watching begins, when it is over, what counts as one."""

import asyncio
import json
from uuid import UUID

import pytest

from vms.audit.entry import Actor
from vms.authority.rules import Basis, Mode
from vms.kernel.clock import US_PER_SECOND, ManualClock
from vms.kernel.errors import Kind, VmsError
from vms.kernel.span import Span
from vms.people.rules import Role
from web.callers import Caller
from web.watching.open_views import OpenView
from web.watching.watch import MAX_SPANS
from web.watching.watch_log import WatchLog

GATE, LOBBY = UUID(int=21), UUID(int=22)
AYSE = Actor(UUID(int=1), "Ayşe · ayse", UUID(int=11), "10.0.0.7")
LETTER, OLUR = Basis("Letter 17", None, UUID(int=31)), Basis("Olur 118", None, UUID(int=32))
AWAY = VmsError(Kind.UNAVAILABLE, "database_unavailable", "The control database is away.")
GONE = VmsError(Kind.FORBIDDEN, "not_authorised", "Your right was taken back.")


class Trail:
    """What was written, in its order."""

    def __init__(self):
        self.entries = []
        self.error = None

    async def write(self, *new):
        await asyncio.sleep(0)
        if self.error:
            raise self.error
        self.entries += new

    def later(self, *new):
        self.entries += new

    @property
    def told(self):
        return [(one.act.value, one.stream, one.detail.get("why", "")) for one in self.entries]


@pytest.fixture
def clock():
    return ManualClock()


@pytest.fixture
def trail():
    return Trail()


@pytest.fixture
def log(trail, clock):
    async def name_of(camera_id):
        return {GATE: "1 · Gate"}.get(camera_id, "")

    return WatchLog(trail, clock, name_of)


def a_view(camera=GATE):
    caller = Caller(AYSE.session_id, AYSE.person_id, "ayse", "Ayşe", Role.GUARD, "tr", False, 0, "token")
    return OpenView(caller, camera, Mode.LIVE)


def begin(log, view=None, basis=LETTER, stream="sub"):
    view = view or a_view()
    asyncio.run(log.live(view, AYSE, basis, stream))
    return view


def look(log, clock, seconds=0.0):
    clock.advance(seconds)
    asyncio.run(log.run_once())


def play(log, start_s, seconds=5, basis=OLUR):
    span = Span(start_s * US_PER_SECOND, (start_s + seconds) * US_PER_SECOND)
    asyncio.run(log.footage(AYSE, GATE, basis, "main", span))


def test_a_live_view_has_a_beginning_and_an_end_with_its_times(log, trail, clock):
    began_us = clock.now_us()
    view = begin(log)
    look(log, clock, 3600)
    assert trail.told == [("view_opened", "sub", "")]
    log.left(view)
    ended_us = clock.now_us()
    look(log, clock, 9.9)
    assert len(trail.entries) == 1, "a player may connect anew"
    look(log, clock, 0.1)
    opened, ended = trail.entries
    assert (opened.at_us, opened.from_us, opened.until_us, opened.subject.words) == (
        began_us,
        began_us,
        None,
        "1 · Gate",
    )
    assert (ended.refers_to, ended.at_us, ended.from_us, ended.until_us) == (opened.id, ended_us, began_us, ended_us)
    assert (ended.basis, ended.basis_id, ended.detail) == ("Letter 17", LETTER.id, {"why": "left"})


def test_changing_the_stream_and_connecting_anew_are_one_watching(log, trail, clock):
    small = begin(log, stream="sub")
    large = begin(log, stream="main")
    log.left(small)
    log.left(large)
    look(log, clock, 5)
    again = begin(log, stream="main")
    look(log, clock, 60)
    log.left(again)
    look(log, clock, 10)
    assert trail.told == [("view_opened", "sub", ""), ("view_ended", "sub", "left")]
    assert trail.entries[-1].detail["streams"] == ["main", "sub"]


def test_what_the_server_ends_is_over_at_once_with_its_reason(log, trail, clock):
    view = begin(log)
    view.end(GONE)
    log.left(view)
    look(log, clock)
    assert trail.told[-1] == ("view_ended", "sub", "not_authorised")


def test_another_session_camera_or_place_is_another_watching(log, trail):
    begin(log)
    begin(log, a_view(LOBBY))
    for other in (Actor(AYSE.person_id, AYSE.name, UUID(int=12), AYSE.address),
                  Actor(AYSE.person_id, AYSE.name, AYSE.session_id, "10.0.0.8")):  # fmt: skip
        asyncio.run(log.live(a_view(), other, LETTER, "sub"))
    assert len(trail.entries) == 4


def test_a_view_that_goes_on_upon_another_right_says_so(log, trail, clock):
    view, neighbour = begin(log), begin(log, a_view(LOBBY))
    view.basis = OLUR
    look(log, clock, 2)
    assert [(one.act.value, one.basis) for one in trail.entries[2:]] == [
        ("view_opened", "Olur 118"),
        ("view_ended", "Letter 17"),
    ]
    assert trail.entries[3].detail == {"why": "basis_changed"}
    log.left(view)
    look(log, clock, 10)
    assert (trail.entries[-1].basis, trail.entries[-1].refers_to) == ("Olur 118", trail.entries[2].id)
    log.left(neighbour)


@pytest.mark.proves("C-1")
def test_who_cannot_be_written_down_sees_nothing(log, trail, clock):
    trail.error = AWAY
    view = a_view()
    with pytest.raises(VmsError):
        begin(log, view)
    log.left(view)
    trail.error = None
    look(log, clock, 60)
    assert trail.entries == []
    begin(log)
    assert trail.told == [("view_opened", "sub", "")]


def test_requests_that_come_together_wait_for_one_entry(log, trail):
    async def together():
        spans = [Span(at * US_PER_SECOND, (at + 2) * US_PER_SECOND) for at in range(0, 20, 2)]
        await asyncio.gather(*(log.footage(AYSE, GATE, OLUR, "main", span) for span in spans))

    asyncio.run(together())
    assert trail.told == [("view_opened", "main", "")]

    async def together_in_vain():
        trail.error = AWAY
        spans = [Span(at * US_PER_SECOND, (at + 2) * US_PER_SECOND) for at in range(0, 20, 2)]
        watching = (log.footage(AYSE, LOBBY, OLUR, "main", span) for span in spans)
        return await asyncio.gather(*watching, return_exceptions=True)

    assert all(isinstance(one, VmsError) for one in asyncio.run(together_in_vain()))


def test_footage_is_told_with_the_time_it_is_of(log, trail, clock):
    for at_s in range(0, 60, 5):
        play(log, at_s)
        clock.advance(5)
    look(log, clock, 114)
    assert len(trail.entries) == 1
    look(log, clock, 1)
    ended = trail.entries[-1]
    assert (ended.from_us, ended.until_us, ended.detail) == (0, 60 * US_PER_SECOND, {"why": "idle"})


def test_a_jump_to_another_hour_is_another_watching(log, trail, clock):
    play(log, 0)
    clock.advance(10)
    play(log, 7_200)
    assert trail.told == [("view_opened", "main", ""), ("view_ended", "main", "moved"), ("view_opened", "main", "")]
    assert [(one.from_us, one.until_us) for one in trail.entries[1:]] == [
        (0, 5 * US_PER_SECOND), (7_200 * US_PER_SECOND, 7_205 * US_PER_SECOND),
    ]  # fmt: skip


def test_back_to_what_was_seen_is_no_jump(log, trail, clock):
    play(log, 0)
    clock.advance(10)
    play(log, 100)
    clock.advance(10)
    play(log, 0)
    assert len(trail.entries) == 1


def test_who_leaps_about_gets_a_list_of_places_not_an_entry_for_each(log, trail, clock):
    for hour in range(MAX_SPANS + 5):
        play(log, hour * 3_600)
        clock.advance(0.1)
    assert len(trail.entries) == 1
    look(log, clock, 120)
    detail = trail.entries[-1].detail
    assert (len(detail["spans"]), detail["more_spans"]) == (MAX_SPANS, 5)
    assert trail.entries[-1].until_us == ((MAX_SPANS + 4) * 3_600 + 5) * US_PER_SECOND
    assert len(json.dumps(detail)) < 2_000


def test_single_pictures_are_one_watching_beside_the_film(log, trail, clock):
    play(log, 0)
    for at_s in range(0, 86_400, 3_600):
        asyncio.run(log.still(AYSE, GATE, Mode.PLAYBACK, OLUR, at_s * US_PER_SECOND))
        clock.advance(20)
    look(log, clock, 60)
    assert trail.told == [
        ("view_opened", "main", ""), ("view_opened", "still", ""), ("view_ended", "main", "idle"),
        ("view_ended", "still", "idle"),
    ]  # fmt: skip
    assert trail.entries[-1].detail["pictures"] == 24


def test_a_clock_that_is_set_back_ends_nothing_early_or_late(log, trail, clock):
    view = begin(log)
    log.left(view)
    clock.step_wall(-3_600)
    look(log, clock, 9)
    assert len(trail.entries) == 1
    look(log, clock, 1)
    assert len(trail.entries) == 2


def test_when_the_server_stops_everything_ends(log, trail, clock):
    begin(log)
    play(log, 0)
    log.close()
    assert [one.detail["why"] for one in trail.entries[2:]] == ["server_stopping"] * 2
    look(log, clock, 600)
    assert len(trail.entries) == 4
