from uuid import uuid4

import pytest
import still_node

from vms.kernel.clock import US_PER_SECOND
from vms.kernel.days import nth_day_end_us
from vms.people.roles import OF_KIND
from vms.people.rules import AccountKind, Role

ROUTES = [
    "/live/{}/snapshot.jpg",
    "/playback/{}/timeline?start=1&end=2",
    "/playback/{}/index.m3u8?start=1&end=2",
    "/playback/{}/frame.jpg?at=1",
    "/playback/{}/keyframes?start=1&end=2",
    "/playback/{}/segments/018f3c2e-0000-7000-8000-000000000001/main/0.mp4",
]


@pytest.mark.proves("D-11.1b")
@pytest.mark.parametrize("role", sorted(OF_KIND[AccountKind.PERSONAL]))
def test_no_role_sees_a_camera_without_a_right(site, role):
    site.add_camera("Gate")
    person = site.add_person("ayse", role)
    assert person.get("/cameras").json() == {"cameras": [], "ended": [], "server_time_us": site.clock.now_us()}


def test_a_camera_is_listed_with_the_basis_on_which_it_may_be_seen(site):
    gate, lobby = site.add_camera("Gate"), site.add_camera("Lobby")
    site.add_camera("Vault")
    person = site.add_person("ayse")
    until_us = site.clock.now_us() + 60 * US_PER_SECOND
    site.allow(person, gate, until_us=until_us)
    site.allow(person, lobby, live=False, playback=True)
    seen = {camera["name"]: camera for camera in person.get("/cameras").json()["cameras"]}
    assert seen.keys() == {"Gate", "Lobby"}
    olur = "Olur 2020/118, 06.01.2020"
    assert (seen["Gate"]["live"], seen["Gate"]["playback"]) == ({"text": olur, "until_us": until_us}, None)
    day_181_us = nth_day_end_us(site.clock.now_us(), 180)
    assert (seen["Lobby"]["live"], seen["Lobby"]["playback"]) == (None, {"text": olur, "until_us": day_181_us})
    site.clock.advance(60)
    left = person.get("/cameras").json()
    assert [camera["name"] for camera in left["cameras"]] == ["Lobby"]
    assert left["ended"] == [{"id": str(gate.id), "code": "grant_expired"}], "without a name"
    site.clock.advance(86_400)
    assert site.sign_in(person).get("/cameras").json()["ended"] == []


def test_a_camera_tells_how_it_is(site):
    gate = site.add_camera("Gate")
    person = site.add_person("ayse")
    site.allow(person, gate)
    assert person.get("/cameras").json()["cameras"][0]["state"] == "away"  # no recorder speaks of it
    site.clock.advance(2)
    told = still_node.status(1)
    told.camera_id = str(gate.id)
    site.node.recorder_list = [still_node.recorder(told)]
    row = person.get("/cameras").json()["cameras"][0]
    assert (row["state"], row["codec"], row["width"], row["clock_offset_us"]) == ("recording", "h264", 1920, 420_000)
    assert "rtsp" not in str(row)


@pytest.mark.proves("D-11.1a", "D-11.1b")
@pytest.mark.parametrize("path", ROUTES)
def test_an_unknown_camera_is_answered_like_a_forbidden_one(site, path):
    gate = site.add_camera("Gate")
    person = site.add_person("ayse", Role.SYSADMIN)
    answers = [person.get(path.format(camera_id)) for camera_id in (gate.id, uuid4(), "no-id")]
    for answer in answers:
        body = answer.json()
        assert (answer.status_code, body["code"]) == (403, "no_grant")
        assert {key: value for key, value in body.items() if key != "instance"} == {
            key: value for key, value in answers[0].json().items() if key != "instance"
        }
    assert len({frozenset(answer.headers.keys()) for answer in answers}) == 1


@pytest.mark.parametrize("path", ROUTES)
def test_nobody_is_told_anything_before_signing_in(site, path):
    gate = site.add_camera("Gate")
    answer = site.caller.get("/api/v1" + path.format(gate.id))
    assert (answer.status_code, answer.json()["code"]) == (401, "sign_in_needed")


@pytest.mark.parametrize("path", ROUTES[1:])
def test_a_live_right_does_not_open_the_past(site, path):
    gate = site.add_camera("Gate")
    person = site.add_person("ayse")
    site.allow(person, gate)
    assert person.code(path.format(gate.id)) == (403, "mode_not_granted")


def test_a_playback_right_shows_nothing_live(site):
    gate = site.add_camera("Gate")
    person = site.add_person("ayse")
    site.allow(person, gate, live=False, playback=True)
    assert person.code(ROUTES[0].format(gate.id))[0] == 403
    sdp = {"Content-Type": "application/sdp"}
    assert person.code(f"/live/{gate.id}/whep", "POST", content="v=0", headers=sdp)[0] == 403


def test_the_nodes_health_is_for_administrators(site):
    site.add_camera("Vault")
    guard, chief = site.add_person("ayse"), site.add_person("omer", Role.SYSADMIN)
    assert guard.code("/health") == (403, "action_not_allowed")
    health = chief.get("/health").json()
    assert [camera["name"] for camera in health["cameras"]] == ["Vault"]
    assert health["cameras"][0]["live"] is None
