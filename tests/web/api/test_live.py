"""Live pictures from a simulated camera over a real recorder, a real server, real sockets."""

import asyncio
import json
import sqlite3
import time

import httpx
import pytest
import websockets
from sqlalchemy import select

from vms.archive.archive import Archive
from vms.audit.model import AuditEntry
from vms.kernel.clock import SystemClock

pytestmark = pytest.mark.sockets
SDP = {"Content-Type": "application/sdp"}
WITHIN_S = 5.0


def on_stage(make_site, play, scenario, **wanted):
    """Run `scenario(site, gate, person, address)` while a camera sends pictures."""

    async def run(stage):
        site = make_site(stage.clock, Archive([]), stage.hub)
        gate = site.add_camera("Gate", stage.key.camera_id)
        person = site.add_person("ayse")
        site.allow(person, gate)
        async with site.served() as address:
            return await scenario(site, gate, person, address)

    return play(run, frames=50, gop=25, **wanted)


def mse(address, camera_id, person=None, **options):
    headers = person.cookie if person else {}
    url = f"ws://{address}/api/v1/live/{camera_id}/mse"
    return websockets.connect(url, additional_headers=headers, proxy=None, close_timeout=0.5, **options)


async def until_pictures(socket):
    """Read up to the first fragments; the messages so far."""
    messages = []
    while sum(isinstance(message, bytes) for message in messages) < 3:
        message = await socket.recv()
        messages.append(message if isinstance(message, bytes) else json.loads(message))
    return messages


async def end_of(socket):
    """(what the last text said, close code)."""
    last = {}
    try:
        while True:
            message = await socket.recv()
            last = last if isinstance(message, bytes) else json.loads(message)
    except websockets.ConnectionClosed as err:
        return last, err.rcvd and err.rcvd.code


async def all_of(socket):
    """(everything it said, close code)."""
    messages = []
    try:
        while True:
            messages.append(await socket.recv())
    except websockets.ConnectionClosed as err:
        return messages, err.rcvd and err.rcvd.code


async def none_open(site):
    """Wait until the web process counts no open stream."""
    async with asyncio.timeout(WITHIN_S):
        while site.app.state.backends.views.count:  # noqa: ASYNC110 - the registry wakes nobody when it is empty
            await asyncio.sleep(0.02)


async def sign_out(site, person, address, camera):
    async with httpx.AsyncClient(trust_env=False) as client:
        answer = await client.delete(f"http://{address}/api/v1/session", headers=person.cookie)
        assert answer.status_code == 204


async def revoke(site, person, address, camera):
    await asyncio.to_thread(site.revoke, person, camera)


@pytest.mark.parametrize(
    ("ending", "code", "close_code"), [(sign_out, "session_ended", 4401), (revoke, "grant_revoked", 4403)]
)
def test_an_open_stream_ends_with_its_reason(make_site, play, ending, code, close_code):
    async def scenario(site, gate, person, address):
        other = site.add_person("omer")
        site.allow(other, gate)
        async with mse(address, gate.id, person) as socket, mse(address, gate.id, other) as neighbour:
            first = next(message for message in await until_pictures(socket) if message["type"] != "waiting")
            assert (first["type"], first["mime"][:22]) == ("format", 'video/mp4; codecs="avc')
            await until_pictures(neighbour)
            await ending(site, person, address, gate)
            began_s = time.monotonic()
            last, closed = await end_of(socket)
            took_s = time.monotonic() - began_s
            assert (last["type"], last["code"], closed) == ("ended", code, close_code)
            assert last["detail"]
            assert took_s < WITHIN_S
            await until_pictures(neighbour)  # others go on
            async with mse(address, gate.id, person) as again:
                refused, closed = await end_of(again)
            assert refused["type"] == "ended"
            assert closed == close_code
        await none_open(site)

    on_stage(make_site, play, scenario)


def test_a_right_that_runs_out_ends_the_stream(make_site, play):
    async def scenario(site, gate, person, address):
        guest = site.add_person("misafir")
        site.allow(guest, gate, until_us=SystemClock().now_us() + 1_500_000)
        async with mse(address, gate.id, guest) as socket:
            await until_pictures(socket)
            last, closed = await end_of(socket)
        return last["code"], closed

    assert on_stage(make_site, play, scenario) == ("grant_expired", 4403)


def test_a_viewer_that_does_not_read_is_let_go_with_its_right(make_site, play):
    async def scenario(site, gate, person, address):
        async with mse(address, gate.id, person, max_queue=1) as socket:
            await until_pictures(socket)
            await asyncio.to_thread(site.revoke, person, gate)  # nobody reads from here on
            await none_open(site)

    on_stage(make_site, play, scenario, width=640, height=480)


def test_who_may_not_watch_is_told_why(make_site, play):
    async def scenario(site, gate, person, address):
        answers = []
        stranger = site.add_person("omer")
        for who, camera in ((None, gate.id), (stranger, gate.id), (stranger, "no-id")):
            async with mse(address, camera, who) as socket:
                last, closed = await end_of(socket)
                answers.append((last["code"], closed))
        with pytest.raises(websockets.InvalidStatus) as refused:
            async with mse(address, gate.id, person, origin="http://evil.example"):
                pass
        assert refused.value.response.status_code == 403
        async with mse(address, gate.id, person, origin=f"http://{address}") as socket:
            await until_pictures(socket)
        return answers

    assert on_stage(make_site, play, scenario) == [
        ("sign_in_needed", 4401), ("no_grant", 4403), ("no_grant", 4403),
    ]  # fmt: skip


@pytest.mark.proves("edge-84")
@pytest.mark.parametrize("ending", [sign_out, revoke])
def test_webrtc_ends_with_its_reason(make_site, play, whep_client, ending):
    async def scenario(site, gate, person, address):
        async with httpx.AsyncClient(base_url=f"http://{address}", headers=person.cookie, trust_env=False) as http:

            class OverHttp:
                """`WhepSessions` as a browser sees it."""

                async def create(self, key, offer, is_allowed):
                    answer = await http.post(f"/api/v1/live/{key}/whep", content=offer, headers=SDP)
                    assert answer.status_code == 201, answer.text
                    assert answer.headers["content-type"] == "application/sdp"

                    class Created:
                        secret_id = answer.headers["location"]
                        answer_sdp = answer.text

                    return Created

            async with whep_client(OverHttp(), gate.id) as (player, created):
                await player.take(5)
                place = created.secret_id
                assert (await http.get(place)).status_code == 204
                assert (await http.head(place)).status_code == 204
                fragment = {"Content-Type": "application/trickle-ice-sdpfrag"}
                assert (await http.patch(place, content="a=mid:0\r\n", headers=fragment)).status_code == 204
                assert (await http.patch(place, json={})).status_code == 415
                other = site.add_person("omer")
                elsewhere = site.sign_in(person)  # the same person in another browser
                for somebody in (other, elsewhere):
                    assert (await http.get(place, headers=somebody.cookie)).status_code == 404
                    assert (await http.delete(place, headers=somebody.cookie)).status_code == 404
                assert (await http.get(place, headers={"Cookie": "nazar_session=copied"})).status_code == 401
                began_s = time.monotonic()
                await ending(site, person, address, gate)
                await asyncio.wait_for(player.has_ended.wait(), WITHIN_S + 2)
                await none_open(site)
                assert time.monotonic() - began_s < WITHIN_S
                return (await http.get(place)).status_code

    assert on_stage(make_site, play, scenario) == (401 if ending is sign_out else 410)


def test_a_webrtc_viewer_leaves(make_site, play, whep_client):
    async def scenario(site, gate, person, address):
        async with httpx.AsyncClient(base_url=f"http://{address}", headers=person.cookie, trust_env=False) as http:
            assert (await http.post(f"/api/v1/live/{gate.id}/whep", json={})).status_code == 415
            bad = await http.post(f"/api/v1/live/{gate.id}/whep", content="v=0", headers=SDP)
            assert (bad.status_code, bad.json()["code"]) == (422, "bad_offer")
            gone = await http.delete("/api/v1/live/sessions/never")
            assert (gone.status_code, gone.json()["code"]) == (404, "no_such_session")
        await none_open(site)

    on_stage(make_site, play, scenario)


def test_a_snapshot_is_of_now(make_site, play):
    async def scenario(site, gate, person, address):
        async with httpx.AsyncClient(base_url=f"http://{address}", headers=person.cookie, trust_env=False) as http:
            answer = await http.get(f"/api/v1/live/{gate.id}/snapshot.jpg", params={"stream": "main"})
        assert answer.content[:2] == b"\xff\xd8"
        assert answer.headers["cache-control"] == "no-store"
        return int(answer.headers["nazar-frame-time-us"]) - SystemClock().now_us()

    age_us = -on_stage(make_site, play, scenario)
    assert 0 <= age_us < 10_000_000


def told(site):
    """(act, who, mode, stream, basis, why) of the audit log's views."""
    with site.database.reading() as session:
        found = session.scalars(select(AuditEntry).where(AuditEntry.mode != "").order_by(AuditEntry.sequence))
        return [
            (one.act, one.actor_name, one.mode, one.stream, one.basis, json.loads(one.detail).get("why"))
            for one in found
            if one.act.startswith("view_")
        ]


async def until_told(site, count):
    async with asyncio.timeout(WITHIN_S):
        while len(told(site)) < count:  # noqa: ASYNC110 - another process would look at the log as we do
            await asyncio.sleep(0.05)


@pytest.mark.proves("D-1.3f", "C-1")
def test_watching_live_is_logged_on_its_basis_until_its_end(make_site, play, whep_client):
    async def scenario(site, gate, person, address):
        async with mse(address, gate.id, person) as socket:
            await until_pictures(socket)
            begun = told(site)
            await asyncio.to_thread(site.revoke, person, gate)
            await end_of(socket)
        await until_told(site, 2)
        async with mse(address, gate.id, person) as again:
            await end_of(again)
        return begun, told(site)

    begun, ended = on_stage(make_site, play, scenario)
    view = ("Ayse · ayse", "live", "main", "Olur 2020/118, 06.01.2020")
    assert begun == [("view_opened", *view, None)]
    assert ended[:2] == [("view_opened", *view, None), ("view_ended", *view, "grant_revoked")]
    assert ended[2:] == [("view_refused", "Ayse · ayse", "live", "", "", None)]


@pytest.mark.proves("C-1")
def test_without_an_entry_in_the_log_no_live_picture_comes(make_site, play, whep_client):
    async def scenario(site, gate, person, address):
        other = sqlite3.connect(site.database.engine.url.database, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")  # for longer than the server waits for its turn
        try:
            async with mse(address, gate.id, person) as socket:
                messages, closed = await all_of(socket)
            async with httpx.AsyncClient(base_url=f"http://{address}", headers=person.cookie, trust_env=False) as http:

                class OverHttp:
                    async def create(self, key, offer, is_allowed):
                        answer = await http.post(f"/api/v1/live/{key}/whep", content=offer, headers=SDP)
                        raise PermissionError(answer.status_code, answer.json()["code"])

                with pytest.raises(PermissionError) as refused:
                    async with whep_client(OverHttp(), gate.id):
                        pass
        finally:
            other.execute("ROLLBACK")
            other.close()
        await none_open(site)
        codes = [json.loads(message)["code"] for message in messages]
        return codes, closed, refused.value.args, told(site)

    codes, closed, refused, logged = on_stage(make_site, play, scenario)
    assert (codes, closed) == (["database_unavailable"], 4503)
    assert refused == (503, "database_unavailable")
    assert logged == []


def test_open_streams_are_ended_when_the_server_stops(make_site, play):
    async def scenario(site, gate, person, address):
        async with mse(address, gate.id, person) as socket:
            await until_pictures(socket)
            await site.app.state.backends.stop_streams()
            return await end_of(socket)

    last, closed = on_stage(make_site, play, scenario)
    assert (last["code"], closed) in {("server_stopping", 4503), ("server_stopping", 1000)}
