import asyncio
import json
from uuid import UUID

import pytest
import still_node
from still_node import camera_id

from vms.authority.rules import Allowed, Basis
from vms.cameras.status import CameraState
from vms.kernel.clock import ManualClock
from vms.people.roles import Action
from vms.people.rules import Role
from web.callers import Caller, Standing
from web.events import stream as events_module
from web.events.camera_feed import CameraFeed
from web.events.data import AlarmsChanged, RightsChanged
from web.events.log import EventLog
from web.events.stream import EventStream
from web.overview import Observer
from web.watching.open_views import OpenViews
from web.workers import Workers

AYSE, OMER = UUID(int=101), UUID(int=102)
GATE = UUID(camera_id(1))
SEEN = {GATE: Allowed(Basis("Letter 17", None), None)}


def caller(account=AYSE, role=Role.GUARD):
    return Caller(UUID(int=account.int + 1000), account, "ayse", "Ayşe", frozenset({role}), "tr", False, 0, "token")


class Desk:
    """A feed, its log, listeners, over a node that stands still."""

    def __init__(self, kept=100):
        self.clock = ManualClock(still_node.NOW_US)
        self.node = still_node.well()
        self.log = EventLog(self.clock, kept)
        self.rights = {AYSE: SEEN}
        self.roles = {AYSE: frozenset({Role.GUARD})}
        self.workers = Workers("test", 1, 10)
        self.views = OpenViews(self.standing, self.clock, self.workers, self.tell_rights)
        self.feed = CameraFeed(Observer(self.node, self.clock), self.log, self.clock, self.workers)
        self.stream = EventStream(self.log, self.views, self.clock)

    def standing(self, callers):
        sessions = frozenset(caller.session_id for caller in callers if caller.account_id in self.rights)
        return Standing(self.clock.now_us(), sessions, dict(self.rights), roles=dict(self.roles))

    def tell_rights(self, account_id):
        self.log.publish("rights", RightsChanged(), account_id=account_id)

    async def pass_s(self, seconds):
        self.clock.advance(seconds)
        await self.feed.run_once()

    def put(self, number, **changes):
        rows = self.node.recorder_list[0].status.cameras
        rows[number - 1] = still_node.status(number, **changes)

    def listen(self, who=None, last_event_id=""):
        return Listener(self.stream.lines(who or caller(), SEEN, last_event_id))


class Listener:
    def __init__(self, lines):
        self._lines = lines
        self.last_id = ""

    async def event(self):
        """The next event's (name, data); None for a sign of life."""
        async with asyncio.timeout(5):
            text = await anext(self._lines)
        fields = dict(line.split(": ", 1) for line in text.splitlines() if ": " in line)
        self.last_id = fields.get("id", self.last_id)
        return (fields["event"], json.loads(fields["data"])) if "event" in fields else None

    async def close(self):
        await self._lines.aclose()


def play(scenario, **options):
    async def run():
        desk = Desk(**options)
        try:
            await desk.feed.run_once()
            return await scenario(desk)
        finally:
            desk.workers.close()

    return asyncio.run(run())


def test_a_change_of_state_is_told_at_once_to_who_may_see_the_camera():
    async def scenario(desk):
        guard = desk.listen()
        assert await guard.event() == ("hello", {"server_time_us": still_node.NOW_US})
        desk.put(2, state=CameraState.WAITING, detail="refused")  # nothing this guard may see
        desk.put(1, state=CameraState.WAITING, detail="wrong_password")
        await desk.pass_s(1)
        return await guard.event()

    name, row = play(scenario)
    assert (name, row["id"], row["state"], row["detail"]) == ("camera", str(GATE), "waiting", "wrong_password")
    assert (row["live"], row["playback"]) == ({"text": "Letter 17", "until_us": None}, None)


def test_figures_alone_are_told_every_ten_seconds():
    async def scenario(desk):
        for second in range(1, 21):
            desk.put(1, bits_per_s=1_000_000.0 + second)
            await desk.pass_s(1)
        return [event.data.bits_per_s for event in desk.log.after(0)]

    assert play(scenario) == [1_000_010.0, 1_000_020.0]


def test_what_was_missed_is_told_after_a_reconnect():
    async def scenario(desk):
        first = desk.listen()
        await first.event()
        await first.close()
        for state in (CameraState.WAITING, CameraState.RECORDING):
            desk.put(1, state=state)
            await desk.pass_s(1)
        again = desk.listen(last_event_id=first.last_id)
        assert (await again.event())[0] == "hello"
        states = [(await again.event())[1]["state"] for _ in range(2)]
        third = desk.listen(last_event_id=again.last_id)
        await third.event()
        desk.put(1, state=CameraState.NO_STORAGE)
        await desk.pass_s(1)
        return states, (await third.event())[1]["state"]

    assert play(scenario) == (["waiting", "recording"], "no_storage")


@pytest.mark.parametrize("last_event_id", ["660c-1", "nonsense", "x" * 5000, "0-99999999999999999999999"])
def test_who_cannot_be_told_what_was_missed_is_told_to_ask(last_event_id):
    async def scenario(desk):
        listener = desk.listen(last_event_id=last_event_id)
        return [await listener.event() for _ in range(2)][1]

    assert play(scenario) == ("rights", {})


def test_history_is_bounded():
    async def scenario(desk):
        listener = desk.listen()
        await listener.event()
        for second in range(8):
            desk.put(1, state=CameraState.WAITING if second % 2 else CameraState.NO_STORAGE)
            await desk.pass_s(1)
        assert desk.log.after(0) is None
        return await listener.event()

    assert play(scenario, kept=4) == ("rights", {})


def test_new_rights_count_for_what_comes_after():
    async def scenario(desk):
        guard = desk.listen()
        other = desk.listen(caller(OMER))
        desk.rights[OMER] = {}
        await guard.event()
        await other.event()
        await desk.views.run_once()
        desk.rights[AYSE] = {}
        await desk.views.run_once()
        assert await guard.event() == ("rights", {})
        listening = asyncio.create_task(guard.event())
        desk.put(1, state=CameraState.WAITING)
        await desk.pass_s(1)
        done, _ = await asyncio.wait([listening], timeout=0.05)
        assert not done
        desk.rights[AYSE] = SEEN
        await desk.views.run_once()
        return await listening

    assert play(scenario) == ("rights", {})  # not the camera's change in between


def test_the_stream_says_why_it_ends():
    async def scenario(desk):
        guard = desk.listen()
        await guard.event()
        desk.rights.clear()
        await desk.views.run_once()
        ended = await guard.event()
        with pytest.raises(StopAsyncIteration):
            await guard.event()
        return ended, desk.views.count

    assert play(scenario) == (("session", {"ended": True, "code": "session_ended"}), 0)


def test_a_restart_of_the_server_is_no_end_of_the_session():
    async def scenario(desk):
        guard = desk.listen()
        await guard.event()
        desk.views.end_all()
        return await guard.event()

    assert play(scenario) == ("session", {"ended": False, "code": "server_stopping"})


def test_volumes_and_alarms_are_told_to_who_keeps_the_node_going():
    async def scenario(desk):
        guard, chief = desk.listen(), desk.listen(caller(OMER, Role.SYSADMIN))
        await guard.event()
        await chief.event()
        desk.node.recorder_list[0].status.volumes["v1"] = "volume_full"
        desk.node.alarm_list = still_node.troubled().alarm_list
        await desk.pass_s(1)
        told = [await chief.event(), await chief.event()]
        desk.put(1, state=CameraState.WAITING)
        await desk.pass_s(1)
        return told, (await guard.event())[0]

    told, next_of_guard = play(scenario)
    assert told == [("volume", {"uuid": "v1", "state": "volume_full"}), ("alarms", {"count": 3})]
    assert next_of_guard == "camera"


@pytest.mark.parametrize("action", [None, Action.SEE_REQUESTS], ids=["of_health", "of_a_duty"])
def test_what_is_for_a_duty_ends_with_the_role_and_begins_with_it(action):
    """A stream lasts as long as the session: nobody goes on hearing what their duty was."""

    async def scenario(desk):
        was = Role.SYSADMIN if action is None else Role.LEGAL_REVIEWER
        chief = desk.listen(caller(OMER, was))
        desk.rights[OMER], desk.roles[OMER] = {}, frozenset({was})
        await chief.event()

        def tell(number):
            desk.log.publish("alarms", AlarmsChanged(count=number), is_about_health=action is None, action=action)

        tell(1)
        told = [await chief.event()]
        desk.roles[OMER] = frozenset({Role.COMMISSION_MEMBER})
        await desk.views.run_once()
        tell(2)
        desk.tell_rights(OMER)
        told.append(await chief.event())
        desk.roles[OMER] = frozenset({was})
        await desk.views.run_once()
        tell(3)
        return [*told, await chief.event()]

    assert play(scenario) == [("alarms", {"count": 1}), ("rights", {}), ("alarms", {"count": 3})]


def test_a_camera_that_leaves_the_register_is_told():
    async def scenario(desk):
        guard = desk.listen()
        await guard.event()
        desk.node.camera_list = desk.node.camera_list[1:]
        desk.node.recorder_list[0].status.cameras.pop(0)
        await desk.pass_s(1)
        return await guard.event()

    assert play(scenario) == ("camera_gone", {"id": str(GATE)})


def test_silence_is_broken_before_a_proxy_cuts_it(monkeypatch):
    monkeypatch.setattr(events_module, "KEEP_ALIVE_S", 0.01)

    async def scenario(desk):
        guard = desk.listen()
        return [await guard.event() for _ in range(3)][1:]

    assert play(scenario) == [None, None]


def test_many_listeners_look_no_more_often_than_one():
    async def scenario(desk):
        listeners = [desk.listen() for _ in range(50)]
        for listener in listeners:
            await listener.event()
        before = desk.node.asked.count("recorders")
        desk.put(1, state=CameraState.WAITING)
        await desk.pass_s(1)
        told = [await listener.event() for listener in listeners]
        return desk.node.asked.count("recorders") - before, {name for name, _ in told}

    assert play(scenario) == (1, {"camera"})
