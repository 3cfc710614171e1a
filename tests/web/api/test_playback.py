import io
import re
from uuid import uuid4

import av
import pytest
from sqlalchemy import select

from vms.audit.model import AuditEntry
from vms.audit.rules import Act

SECOND_US = 1_000_000


@pytest.fixture
def viewer(recorded):
    site, gate, shown = recorded
    person = site.add_person("ayse")
    site.allow(person, gate, live=False, playback=True)
    return person, f"/playback/{gate.id}", shown


def span(shown, seconds=10):
    return {"start": shown[0].at_us, "end": shown[0].at_us + seconds * SECOND_US}


def test_the_timeline_has_no_hole(viewer):
    person, path, shown = viewer
    asked = {"start": shown[0].at_us - 5 * SECOND_US, "end": shown[0].at_us + 60 * SECOND_US}
    line = person.get(f"{path}/timeline", params=asked).json()
    assert line["recordings"] == [{"start_us": shown[0].at_us, "end_us": shown[0].at_us + 10 * SECOND_US}]
    assert line["gaps"][0]["end_us"] == shown[0].at_us
    assert (line["oldest_us"], line["away_volumes"]) == (shown[0].at_us, [])
    assert (line["start_us"], line["end_us"]) == (asked["start"], asked["end"])


def test_what_the_playlist_names_decodes_to_what_was_recorded(viewer):
    person, path, shown = viewer
    answer = person.get(f"{path}/index.m3u8", params=span(shown))
    assert answer.headers["content-type"] == "application/vnd.apple.mpegurl"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["content-encoding"] == "gzip"
    url, length = re.search(r'MAP:URI="(\S+)",BYTERANGE="(\d+)@0"', answer.text).groups()
    ranges = re.findall(r"BYTERANGE:(\d+)@(\d+)", answer.text)
    assert len(ranges) == 10
    data = b""
    for size, offset in [(length, "0"), *ranges]:
        wanted = f"bytes={offset}-{int(offset) + int(size) - 1}"
        piece = person.get(f"{path}/{url}", headers={"Range": wanted})
        assert piece.status_code == 206
        assert piece.headers["content-range"].startswith(f"bytes {wanted[6:]}/")
        assert piece.headers["cache-control"] == "no-store"
        assert "content-encoding" not in piece.headers
        data += piece.content
    with av.open(io.BytesIO(data), format="mp4") as container:
        pictures = [frame.to_ndarray(format="yuv420p") for frame in container.decode(video=0)]
    assert len(pictures) == len(shown)
    assert all((picture == one.picture).all() for picture, one in zip(pictures, shown, strict=True))


@pytest.mark.proves("D-11.4b")
def test_footage_is_not_taken_away_whole(viewer):
    person, path, shown = viewer
    playlist = person.get(f"{path}/index.m3u8", params=span(shown)).text
    url = re.search(r'MAP:URI="([^"]+)"', playlist)[1]
    whole = f"{path}/{url}"
    assert person.code(whole) == (422, "range_needed")
    assert person.code(whole, headers={"Range": "bytes=0-1,4-5"}) == (422, "range_needed")
    assert person.code(whole, headers={"Range": "bytes=99999999-"}) == (416, "range_unsatisfiable")
    for opened in (whole, f"{path}/frame.jpg?at={shown[0].at_us}"):
        typed = {"Sec-Fetch-Mode": "navigate", "Range": "bytes=0-9"}
        assert person.code(opened, headers=typed) == (403, "only_in_console")


@pytest.mark.proves("D-11.1a", "D-11.2a", "edge-83")
def test_a_live_right_opens_no_address_of_footage_however_it_was_learned(recorded):
    """Every address here is one that works: a colleague who may look back uses it."""
    site, gate, shown = recorded
    colleague, watcher, guard = (site.add_person(name) for name in ("ayse", "omer", "umit"))
    site.allow(colleague, gate, live=False, playback=True)
    site.allow(watcher, gate, live=True)
    path, now_us = f"/playback/{gate.id}", site.clock.now_us()
    playlist = colleague.get(f"{path}/index.m3u8", params=span(shown)).text
    segment = re.search(r'MAP:URI="(\S+)",BYTERANGE', playlist)[1]
    folder = segment.rpartition("/")[0]
    works = [
        (f"{path}/index.m3u8?start={shown[0].at_us}&end={now_us}", {}),
        (f"{path}/index.m3u8?start={shown[0].at_us}&end={shown[0].at_us + 3 * SECOND_US}", {}),  # an older part of it
        (f"{path}/{segment}", {"Range": "bytes=0-99"}),
        (f"{path}/frame.jpg?at={shown[60].at_us}", {}),  # what a sprite of thumbnails would be made of
        (f"{path}/keyframes?start={shown[0].at_us}&end={now_us}", {}),
        (f"{path}/timeline?start={shown[0].at_us}&end={now_us}", {}),
    ]
    for address, headers in works:
        assert colleague.code(address, headers=headers)[0] in {200, 206}, address
        assert watcher.code(address, headers=headers) == (403, "mode_not_granted"), address
        assert guard.code(address, headers=headers) == (403, "no_grant"), address
    for listing in (f"{path}/", f"{path}/segments/", f"{path}/{folder}", f"{path}/{folder}/"):
        assert {one.code(listing)[0] for one in (colleague, watcher)} == {404}, listing
    with site.database.reading() as session:
        noted = session.scalars(select(AuditEntry).where(AuditEntry.act == Act.VIEW_REFUSED.value))
        assert {(one.actor_name, one.outcome) for one in noted} == {
            ("Omer · omer", "mode_not_granted"), ("Umit · umit", "no_grant"),
        }  # fmt: skip


def test_a_single_picture_says_when_it_was(viewer):
    person, path, shown = viewer
    at_us = shown[60].at_us + 10_000
    exact = person.get(f"{path}/frame.jpg", params={"at": at_us, "exact": 1, "width": 160})
    assert exact.headers["content-type"] == "image/jpeg"
    assert int(exact.headers["nazar-frame-time-us"]) == shown[60].at_us
    near = person.get(f"{path}/frame.jpg", params={"at": at_us})
    assert int(near.headers["nazar-frame-time-us"]) == shown[50].at_us
    found = person.get(f"{path}/keyframes", params=span(shown)).json()
    assert found == {"key_frames_us": [one.at_us for one in shown if one.is_key]}


def test_what_is_not_there_is_told_apart(viewer):
    person, path, shown = viewer
    before = shown[0].at_us - 60 * SECOND_US
    assert person.code(f"{path}/frame.jpg?at={before}") == (404, "no_footage")
    refused = person.get(f"{path}/index.m3u8", params={"start": before, "end": before + 1})
    assert refused.json()["facts"]["next_us"] == shown[0].at_us
    assert person.code(f"{path}/segments/{uuid4()}/main/0.mp4", headers={"Range": "bytes=0-1"})[0] in {404, 410}
    assert person.code(f"{path}/timeline?start=5&end=5") == (422, "span_empty")
    assert person.code(f"{path}/timeline?start=0&end={400 * 86_400 * SECOND_US + 1}") == (422, "span_too_long")
    for wrong in ("start=x&end=2", "start=-1&end=2", f"start=1&end={10**30}", "start=1"):
        assert person.code(f"{path}/timeline?{wrong}") == (422, "request_invalid")


@pytest.mark.proves("edge-84")
def test_an_address_copied_to_another_browser_shows_nothing(recorded, viewer):
    site, _, _ = recorded
    person, path, shown = viewer
    playlist = person.get(f"{path}/index.m3u8", params=span(shown)).text
    segment = re.search(r'MAP:URI="([^"]+)"', playlist)[1]
    first = {"Range": "bytes=0-9"}
    assert person.get(f"{path}/{segment}", headers=first).status_code == 206
    other = site.add_person("omer")
    start, end = span(shown).values()
    for rest in (f"index.m3u8?start={start}&end={end}", segment, f"frame.jpg?at={start}"):
        nobodys = site.caller.request("GET", f"/api/v1{path}/{rest}", headers=first)
        assert (nobodys.status_code, nobodys.json()["code"]) == (401, "sign_in_needed")
        assert other.code(f"{path}/{rest}", headers=first) == (403, "no_grant")


@pytest.mark.parametrize("how", ["revoked", "signed out"])
def test_playback_ends_with_its_right(recorded, viewer, how):
    site, gate, _ = recorded
    person, path, shown = viewer
    playlist = person.get(f"{path}/index.m3u8", params=span(shown)).text
    segment = re.search(r'MAP:URI="([^"]+)"', playlist)[1]
    if how == "revoked":
        site.revoke(person, gate)
    else:
        person.request("DELETE", "/session")
    status = 403 if how == "revoked" else 401
    for rest in ("index.m3u8?start=1&end=2", "timeline?start=1&end=2", segment, f"frame.jpg?at={shown[0].at_us}"):
        assert person.get(f"{path}/{rest}", headers={"Range": "bytes=0-9"}).status_code == status
