"""Who watched what, written by the requests that gave the pictures."""

import asyncio
import json
import re
import sqlite3
from contextlib import contextmanager

import pytest
from sqlalchemy import select

from vms.audit.model import AuditEntry

SECOND_US = 1_000_000


def told(site, *acts):
    with site.database.reading() as session:
        found = session.scalars(select(AuditEntry).order_by(AuditEntry.sequence))
        return [one for one in found if one.act in (acts or ("view_opened", "view_ended"))]


def settle(site):
    """What the server does every second."""

    async def run():
        await site.app.state.backends.watches.run_once()
        await site.app.state.backends.trail.run_once()

    asyncio.run(run())


@contextmanager
def locked(site):
    """Somebody else holds the writer's lock for longer than the web process waits."""
    other = sqlite3.connect(site.database.engine.url.database, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    yield
    other.execute("ROLLBACK")
    other.close()


@pytest.fixture
def viewer(recorded):
    site, gate, shown = recorded
    person = site.add_person("ayse")
    site.allow(person, gate, live=False, playback=True)
    return site, person, f"/playback/{gate.id}", shown


def ranges(person, path, shown, first_s=0, seconds=5):
    """Addresses with ranges of the footage from `first_s` on, the init segment first."""
    start_us = shown[0].at_us + first_s * SECOND_US
    text = person.get(f"{path}/index.m3u8", params={"start": start_us, "end": start_us + seconds * SECOND_US}).text
    url, length = re.search(r'MAP:URI="(\S+)",BYTERANGE="(\d+)@0"', text).groups()
    parts = [(int(offset), int(size)) for size, offset in re.findall(r"BYTERANGE:(\d+)@(\d+)", text)]
    return f"{path}/{url}", [(0, int(length)), *parts]


def fetch(person, url, offset, size):
    return person.get(url, headers={"Range": f"bytes={offset}-{offset + size - 1}"})


@pytest.mark.proves("D-1.3f", "C-1")
def test_playing_is_one_entry_however_many_ranges_it_takes(viewer):
    site, person, path, shown = viewer
    url, parts = ranges(person, path, shown)
    assert fetch(person, url, *parts[0]).status_code == 206
    assert told(site) == [], "a list and an init segment show nothing"
    for part in parts[1:]:
        assert fetch(person, url, *part).status_code == 206
        site.clock.advance(1)
    (opened,) = told(site)
    assert (opened.act, opened.mode, opened.stream) == ("view_opened", "playback", "main")
    assert opened.basis == "Olur 2020/118, 06.01.2020"
    assert (opened.actor_name, opened.subject_words, opened.address) == ("Ayse · ayse", "1 · Gate", "127.0.0.1")
    assert opened.basis_id is not None
    assert opened.from_us == shown[0].at_us
    last_us = site.clock.now_us() - SECOND_US
    settle(site)
    assert len(told(site)) == 1, "it goes on"
    site.clock.advance(120)
    settle(site)
    _, ended = told(site)
    assert (ended.act, ended.refers_to, ended.detail) == ("view_ended", opened.id, '{"why":"idle"}')
    assert (ended.from_us, ended.until_us) == (shown[0].at_us, shown[0].at_us + 5 * SECOND_US)
    assert ended.at_us == last_us


def test_single_pictures_are_counted(viewer):
    site, person, path, shown = viewer
    for frame in shown[::25]:
        assert person.get(f"{path}/frame.jpg", params={"at": frame.at_us}).status_code == 200
    site.clock.advance(60)
    settle(site)
    opened, ended = told(site)
    assert (opened.stream, opened.mode) == ("still", "playback")
    assert ended.detail == f'{{"pictures":{len(shown[::25])},"why":"idle"}}'
    assert (ended.from_us, ended.until_us) == (shown[0].at_us, shown[-25].at_us + 1)


@pytest.mark.proves("C-1")
def test_without_an_entry_there_is_no_picture(viewer):
    site, person, path, shown = viewer
    url, parts = ranges(person, path, shown)
    with locked(site):
        refused = fetch(person, url, *parts[1])
        assert (refused.status_code, refused.json()["code"]) == (503, "database_unavailable")
        assert person.code(f"{path}/frame.jpg?at={shown[0].at_us}") == (503, "database_unavailable")
    assert told(site) == []
    assert fetch(person, url, *parts[1]).status_code == 206
    assert len(told(site)) == 1


def test_what_was_begun_goes_on_without_the_writers_lock_and_its_end_comes_later(viewer):
    site, person, path, shown = viewer
    url, parts = ranges(person, path, shown)
    assert fetch(person, url, *parts[1]).status_code == 206
    with locked(site):
        assert fetch(person, url, *parts[2]).status_code == 206
        site.clock.advance(120)
        with pytest.raises(Exception, match="database_unavailable"):
            settle(site)
    settle(site)
    assert [one.act for one in told(site)] == ["view_opened", "view_ended"]


@pytest.mark.proves("edge-81")
def test_a_refusal_is_logged_once_a_minute_with_its_count(viewer):
    site, _, path, shown = viewer
    stranger = site.add_person("omer")
    for _ in range(5):
        assert stranger.code(f"{path}/frame.jpg?at={shown[0].at_us}") == (403, "no_grant")
    (first,) = told(site, "view_refused")
    assert (first.outcome, first.mode, first.subject_words) == ("no_grant", "playback", "1 · Gate")
    assert (first.actor_name, first.from_us) == ("Omer · omer", shown[0].at_us)
    site.clock.advance(60)
    settle(site)
    _, count = told(site, "view_refused")
    assert (count.refers_to, '"times":4' in count.detail) == (first.id, True)
    settle(site)
    assert len(told(site, "view_refused")) == 2


@pytest.mark.proves("edge-82")
def test_who_may_see_live_only_and_asks_for_the_past_is_logged_with_the_reason(viewer):
    site, _, path, _ = viewer
    guard = site.add_person("omer")
    site.allow(guard, site.cameras()[0])
    status, code = guard.code(f"{path}/index.m3u8", params={"start": 1, "end": 2})
    assert status == 403
    assert [(one.outcome, one.from_us, one.until_us) for one in told(site, "view_refused")] == [(code, 1, 2)]


def test_a_flood_over_cameras_that_do_not_exist_fills_nothing(site):
    stranger = site.add_person("omer")
    for number in range(60):
        assert stranger.code(f"/live/{number:08x}-0000-7000-8000-000000000000/snapshot.jpg")[0] == 403
    assert len(told(site, "view_refused")) <= 31
    site.clock.advance(60)
    settle(site)
    counted = [one for one in told(site, "view_refused") if "times" in one.detail]
    assert [(one.subject_words, one.camera_id, '"mixed":true' in one.detail) for one in counted] == [("", None, True)]


def test_signing_in_and_out_is_logged(site):
    site.add_account("ayse")
    body = {"name": "ayse", "password": "correct horse battery"}
    token = site.caller.post("/api/v1/session", json=body).cookies["nazar_session"]
    for name in ("ayse", "nobody", "nobody"):
        site.caller.post("/api/v1/session", json={"name": name, "password": "wrong"})
    again = site.caller.post("/api/v1/session", json=body, headers={"Cookie": f"nazar_session={token}"})
    new = {"Cookie": f"nazar_session={again.cookies['nazar_session']}"}
    site.caller.request("PUT", "/api/v1/session/language", json={"language": "en"}, headers=new)
    change = {"old": "wrong", "new": "quite another one"}
    site.caller.post("/api/v1/session/password", json=change, headers=new)
    site.caller.request("DELETE", "/api/v1/session", headers=new)
    with site.database.reading() as session:
        found = list(session.scalars(select(AuditEntry).order_by(AuditEntry.sequence)))
    assert [(one.act, one.actor_name, one.outcome, json.loads(one.detail).get("why")) for one in found[1:]] == [
        ("signed_in", "Ayse · ayse", "ok", None),
        ("sign_in_refused", "", "sign_in_failed", "wrong_password"),
        ("sign_in_refused", "", "sign_in_failed", "unknown_name"),
        ("session_ended", "Ayse · ayse", "ok", "replaced"),
        ("signed_in", "Ayse · ayse", "ok", None),
        ("account_changed", "Ayse · ayse", "ok", None),
        ("sign_in_refused", "Ayse · ayse", "sign_in_failed", "wrong_password"),
        ("signed_out", "Ayse · ayse", "ok", None),
    ]
    assert {one.address for one in found[1:]} == {"127.0.0.1"}
    assert "nobody" not in "".join(f"{one.subject_words}{one.detail}" for one in found)
    assert found[1].session_id != found[5].session_id == found[6].session_id == found[8].session_id
