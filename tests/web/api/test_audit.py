"""The audit log as auditors read it, and who else does not."""

import csv
import io
import json
from uuid import UUID

import pytest

from vms.audit.entry import Actor, NewEntry, Subject
from vms.audit.rules import Act
from vms.audit.service import append
from vms.people.roles import OF_KIND
from vms.people.rules import AccountKind, Role

SECOND_US = 1_000_000
AYSE = Actor(UUID(int=1), "Ayşe Işık · ayse", UUID(int=11), "10.0.0.7")
OMER = Actor(UUID(int=2), "Ömer Çağlar · omer", UUID(int=12), "10.0.0.8")
GATE, LOBBY = UUID(int=21), UUID(int=22)
OLUR = UUID(int=31)
PATHS = ("/audit", "/audit/viewings", "/audit/entries.csv", "/audit/chain", "/audit/names")


@pytest.fixture
def auditor(site):
    return site.add_person("denetci", Role.AUDITOR)


@pytest.fixture
def watched(site):
    """Ayşe saw the gate for a minute, then the lobby, which she still sees; Ömer saw the gate yesterday."""

    def tell(act, actor, camera, at_s, **more):
        site.clock.step_wall(at_s - site.clock.now_us() / SECOND_US)
        with site.database.writing() as session:
            subject = Subject("camera", str(camera), "127 · <b>Işık</b> Sokak")
            new = NewEntry(
                act=act, actor=actor, subject=subject, camera_id=camera, mode="live", stream="main",
                basis="Olur 2026/118", basis_id=OLUR, **more,
            )  # fmt: skip
            return append(session, site.clock, new)

    now_s = site.clock.now_us() // SECOND_US
    yesterday = tell(Act.VIEW_OPENED, OMER, GATE, now_s - 86_400)
    tell(Act.VIEW_ENDED, OMER, GATE, now_s - 86_400 + 30, refers_to=yesterday.id, detail={"why": "left"})
    gate = tell(Act.VIEW_OPENED, AYSE, GATE, now_s)
    tell(
        Act.VIEW_ENDED,
        AYSE,
        GATE,
        now_s + 60,
        refers_to=gate.id,
        from_us=1,
        until_us=2,
        detail={"why": "not_authorised"},
    )
    tell(Act.VIEW_OPENED, AYSE, LOBBY, now_s + 60)
    tell(Act.VIEW_REFUSED, OMER, LOBBY, now_s + 61, outcome="no_grant")
    return now_s


def viewings(auditor, **params):
    found = auditor.get("/audit/viewings", params=params).json()["viewings"]
    return [(one["actor"]["name"], one["camera_id"], one["why"]) for one in found]


@pytest.mark.proves("C-7", "D-1.3f")
@pytest.mark.parametrize("role", sorted(OF_KIND[AccountKind.PERSONAL] - {Role.AUDITOR}))
def test_nobody_but_an_auditor_reads_who_watched(site, role):
    person = site.add_person("ayse", role)
    for path in PATHS:
        assert person.code(path) == (403, "action_not_allowed")
        assert site.caller.get(f"/api/v1{path}").status_code == 401


@pytest.mark.proves("E-18")
def test_an_auditor_sees_no_camera_and_no_health(site, auditor):
    gate = site.add_camera("Gate")
    assert auditor.get("/cameras").json()["cameras"] == []
    assert auditor.code("/health") == (403, "action_not_allowed")
    for path in (f"/playback/{gate.id}/frame.jpg?at=1", f"/live/{gate.id}/snapshot.jpg"):
        assert auditor.code(path) == (403, "no_grant")
    assert auditor.get("/audit/chain").status_code == 200


def test_who_watched_this_camera(auditor, watched):
    assert viewings(auditor, camera=str(GATE)) == [
        (AYSE.name, str(GATE), "not_authorised"), (OMER.name, str(GATE), "left"),
    ]  # fmt: skip
    day_us = 86_400 * SECOND_US
    since_us = (watched - 3_600) * SECOND_US
    assert viewings(auditor, camera=str(GATE), start=since_us, end=since_us + day_us) == [
        (AYSE.name, str(GATE), "not_authorised")
    ]
    first = auditor.get("/audit/viewings", params={"camera": str(GATE)}).json()["viewings"][0]
    assert (first["opened_us"], first["ended_us"]) == (watched * SECOND_US, (watched + 60) * SECOND_US)
    assert (first["from_us"], first["until_us"], first["basis"]) == (1, 2, {"text": "Olur 2026/118", "id": str(OLUR)})


def test_what_this_person_looked_at(auditor, watched):
    assert viewings(auditor, person=str(AYSE.person_id)) == [
        (AYSE.name, str(LOBBY), None), (AYSE.name, str(GATE), "not_authorised"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("after_s", "seen"),
    [(-1, []), (0, [GATE]), (30, [GATE]), (59, [GATE]), (60, [LOBBY, GATE]), (61, [LOBBY]), (9_999, [LOBBY])],
)
def test_a_viewing_touches_every_moment_of_its_time(auditor, watched, after_s, seen):
    at_us = (watched + after_s) * SECOND_US
    found = viewings(auditor, person=str(AYSE.person_id), start=at_us, end=at_us + 1)
    assert [camera for _, camera, _ in found] == [str(camera) for camera in seen]


def test_entries_are_narrowed_and_paged(auditor, watched):
    found, before = [], None
    while True:
        params = {"limit": 2, "act": ["view_opened", "view_refused"]} | ({"before": before} if before else {})
        page = auditor.get("/audit", params=params).json()
        found += page["entries"]
        before = page["next"]
        if before is None:
            break
    assert [(one["act"], one["actor"]["name"]) for one in found] == [
        ("view_refused", OMER.name), ("view_opened", AYSE.name), ("view_opened", AYSE.name), ("view_opened", OMER.name),
    ]  # fmt: skip
    assert [one["number"] for one in found] == sorted((one["number"] for one in found), reverse=True)
    refused = auditor.get("/audit", params={"person": str(OMER.person_id), "camera": str(LOBBY)}).json()["entries"]
    assert [(one["act"], one["outcome"]) for one in refused] == [("view_refused", "no_grant")]
    for params in ({"basis": "2026/118"}, {"right": str(OLUR)}):
        assert len(auditor.get("/audit", params=params).json()["entries"]) == 6
    assert auditor.get("/audit", params={"basis": "%"}).json()["entries"] == []


@pytest.mark.parametrize(
    ("text", "count"),
    [("IŞIK", 6), ("ışık", 6), ("çağlar", 3), ("10.0.0.7", 3), ("NO_GRANT", 1), ("118", 6), ("%", 0)],
)
def test_a_text_is_looked_for_in_who_what_whence_why(auditor, watched, text, count):
    params = {"text": text, "act": ["view_opened", "view_ended", "view_refused"]}
    assert len(auditor.get("/audit", params=params).json()["entries"]) == count


def test_only_what_did_not_come_to_pass(auditor, watched):
    found = auditor.get("/audit", params={"refused": True}).json()["entries"]
    assert [(one["act"], one["outcome"]) for one in found] == [("view_refused", "no_grant")]
    only = auditor.get("/audit/entries.csv", params={"refused": True}).content.decode("utf-8-sig")
    assert [row["outcome"] for row in csv.DictReader(io.StringIO(only))] == ["no_grant"]


@pytest.mark.parametrize(
    "params",
    [
        {"act": "anything"},
        {"limit": 501},
        {"before": 0},
        {"person": "x"},
        {"start": -1},
        {"basis": "x" * 201},
        {"text": "x" * 201},
    ],
)
def test_a_filter_that_makes_no_sense_is_refused(auditor, params):
    assert auditor.code("/audit", params=params) == (422, "request_invalid")


def test_a_span_that_ends_before_it_begins_is_refused(auditor):
    assert auditor.code("/audit", params={"start": 5, "end": 5}) == (422, "span_empty")


def test_markup_is_given_as_it_is_for_the_page_to_escape(auditor, watched):
    answer = auditor.get("/audit", params={"camera": str(GATE)})
    assert answer.headers["content-type"] == "application/json"
    assert answer.json()["entries"][0]["subject"]["words"] == "127 · <b>Işık</b> Sokak"


def test_an_export_is_whole_and_logged_before_it_begins(site, auditor, watched):
    answer = auditor.get("/audit/entries.csv")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"] == 'attachment; filename="audit.csv"'
    assert answer.headers["cache-control"] == "no-store"
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [int(row["number"]) for row in rows] == list(range(1, len(rows) + 1))
    assert rows[-1]["act"] == "audit_exported"
    assert rows[-1]["person"] == "Denetci · denetci"
    only = auditor.get("/audit/entries.csv", params={"act": "view_refused"}).content.decode("utf-8-sig")
    assert [row["act"] for row in csv.DictReader(io.StringIO(only))] == ["view_refused"]


def test_reading_is_logged_once_for_each_question(auditor, watched):
    for _ in range(3):
        auditor.get("/audit/viewings", params={"camera": str(GATE)})
    auditor.get("/audit", params={"person": str(AYSE.person_id)})
    found = auditor.get("/audit", params={"act": "audit_read"}).json()["entries"]
    assert [one["detail"]["what"] for one in found] == ["entries", "entries", "viewings"]
    assert found[-1]["detail"]["filter"]["camera_id"] == str(GATE)


def test_how_the_chain_is(site, auditor):
    assert auditor.get("/audit/chain").json() == {
        "entries": 2, "signed_us": None, "signed_entries": None, "verified_us": None, "verified_entries": None,
        "problems": None, "first_problem": "", "is_verifying": False,
    }  # fmt: skip
    with site.database.writing() as session:
        detail = {"entries": 2, "problems": 1, "first": "entry 2"}
        new = NewEntry(act=Act.AUDIT_VERIFIED, actor=Actor(None, "vms jobs"), outcome="audit_broken", detail=detail)
        append(session, site.clock, new)
    found = auditor.get("/audit/chain").json()
    assert (found["verified_us"], found["verified_entries"], found["problems"], found["first_problem"]) == (
        site.clock.now_us(), 2, 1, "entry 2",
    )  # fmt: skip


def test_a_process_that_cannot_verify_says_where_it_can_be_done(site, auditor):
    assert auditor.code("/audit/chain/verification", "POST") == (503, "verification_unavailable")
    assert site.add_person("ayse").code("/audit/chain/verification", "POST") == (403, "action_not_allowed")


def test_the_names_to_choose_from_hold_no_secret(site, auditor):
    site.add_camera("Gate")
    found = auditor.get("/audit/names").json()
    assert [one["name"] for one in found["people"]] == ["denetci"]
    assert [(one["number"], one["name"], one["is_retired"]) for one in found["cameras"]] == [(1, "Gate", False)]
    assert "rtsp" not in json.dumps(found)
    assert "argon2" not in json.dumps(found)


def test_without_the_database_nothing_is_told(site, auditor):
    with site.database.writing() as blocking:
        append(blocking, site.clock, NewEntry(act=Act.AUDIT_VERIFIED, actor=Actor(None, "vms jobs")))
        assert auditor.get("/audit").status_code == 200  # reading waits for nobody
        assert auditor.code("/audit/entries.csv") == (503, "database_unavailable")  # but nothing leaves unlogged
