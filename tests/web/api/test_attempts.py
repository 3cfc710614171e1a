"""What looks like recording the screen, told by the console or seen by the server."""

import re
from uuid import uuid4

import pytest
from sqlalchemy import select

from vms.audit.model import AuditEntry

pytestmark = pytest.mark.proves("D-11.4b", "edge-85")


@pytest.fixture
def person(site):
    return site.add_person("ayse")


def attempts(site):
    with site.database.reading() as session:
        found = session.scalars(select(AuditEntry).where(AuditEntry.act == "recording_attempt").order_by("sequence"))
        return [(one.actor_name, one.subject_words, one.detail) for one in found]


def report(person, **body):
    return person.request("POST", "/attempts", json=body).status_code


def test_an_attempt_is_logged_with_who_and_over_which_camera(site, person):
    gate = site.add_camera("Gate")
    assert report(person, kind="watermark_removed", camera_id=str(gate.id)) == 204
    assert report(person, kind="print_screen") == 204
    assert attempts(site) == [
        ("Ayse · ayse", "1 · Gate", '{"kind":"watermark_removed"}'), ("Ayse · ayse", "", '{"kind":"print_screen"}'),
    ]  # fmt: skip


def test_the_same_again_is_counted_not_written(site, person):
    for _ in range(50):
        assert report(person, kind="context_menu") == 204
    assert len(attempts(site)) == 1


def test_nobody_fills_the_log_with_cameras_that_are_none(site, person):
    for _ in range(60):
        assert report(person, kind="context_menu", camera_id=str(uuid4())) == 204
    assert len(attempts(site)) <= 31


@pytest.mark.parametrize(
    "body", [{}, {"kind": "anything"}, {"kind": "save_key", "camera_id": "x"}, {"kind": "save_key", "more": 1}]
)
def test_what_is_no_attempt_is_refused(site, person, body):
    assert report(person, **body) == 422
    assert attempts(site) == []


def test_a_stranger_tells_nothing(site):
    assert site.caller.post("/api/v1/attempts", json={"kind": "save_key"}).status_code == 401


def test_fetching_a_file_whole_or_opening_it_as_a_page_is_an_attempt(recorded):
    site, gate, shown = recorded
    person = site.add_person("ayse")
    site.allow(person, gate, playback=True)
    path = f"/playback/{gate.id}"
    span = {"start": shown[0].at_us, "end": shown[0].at_us + 5_000_000}
    url = re.search(r'MAP:URI="([^"]+)"', person.get(f"{path}/index.m3u8", params=span).text)[1]
    assert person.code(f"{path}/{url}") == (422, "range_needed")
    page = {"Sec-Fetch-Mode": "navigate"}
    assert person.code(f"{path}/frame.jpg?at={shown[0].at_us}", headers=page) == (403, "only_in_console")
    assert [detail for _, _, detail in attempts(site)] == ['{"kind":"whole_segment"}', '{"kind":"opened_as_page"}']
    assert attempts(site)[0][1] == "1 · Gate"
