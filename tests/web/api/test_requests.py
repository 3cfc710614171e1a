"""Footage requests over HTTP: from the letter to what exists, by people who each do one duty."""

import re
from datetime import date
from uuid import uuid4

import pytest

from vms.audit.model import AuditEntry
from vms.people.rules import Role

SECOND_US = 1_000_000
PDF = {"Content-Type": "application/pdf"}


@pytest.mark.proves("D-10.1b", "D-10.1c", "D-4.4")
def test_a_prosecutors_request_from_letter_to_what_exists(office):
    preview = office.clerk.request(
        "POST", "/requests/preview",
        json={"cameras": [str(office.gate.id)], "intervals": office.body()["intervals"],
              "served_us": office.site.clock.now_us()},
    ).json()  # fmt: skip
    assert preview["availability"]["found"] == "available"
    assert preview["availability"]["covered_us"] == 10 * SECOND_US
    assert preview["availability"]["size_bytes"] > 0
    assert preview["availability"]["window"]["end_us"] == office.site.clock.now_us()
    made = office.register()
    assert (made["number"], made["state"], made["marks"]) == (1, "registered", [])
    assert (made["locks"]["placed"], made["locks"]["pending"]) == (1, [])
    archive = office.site.app.state.backends.archive()
    assert [lock.reference for lock in archive.locks(office.gate.id)] == ["Görüntü talebi 1"]
    detail = office.approve(made)
    assert detail["state"] == "approved"
    found = office.post(office.officer, made, "search").json()
    assert found["state"] == "available"
    assert [item["covered_us"] for item in found["items"]] == [10 * SECOND_US]
    assert [item["may_watch"] for item in found["items"]] == [True]
    strip = {row["duty"]: (row["name"], row["is_planned"]) for row in found["duties"]}
    assert strip == {
        "register": ("Clerk · clerk", False), "approve": ("Lawyer · lawyer", False), "export": ("Officer", True),
        "sign": ("", False), "deliver": ("", False),
    }  # fmt: skip
    acts = [event["act"] for event in found["events"]]
    assert acts == [
        "request_registered", "locks_placed", "request_assigned", "request_approved", "request_searched",
    ]  # fmt: skip
    with office.site.database.reading() as session:
        entries = {str(entry.id) for entry in session.query(AuditEntry)}
    assert {event["entry_id"] for event in found["events"]} <= entries


@pytest.mark.proves("edge-46", "edge-47", "D-6.14")
def test_the_officer_plays_the_interval_and_nothing_one_second_outside(office):
    made = office.register(3, 7)
    inside = {"start": office.start_us + 3 * SECOND_US, "end": office.start_us + 7 * SECOND_US}
    path = f"/playback/{office.gate.id}"
    assert office.officer.code(f"{path}/timeline", params=inside)[1] == "no_grant"
    office.approve(made)
    line = office.officer.get(f"{path}/timeline", params=inside).json()
    assert line["recordings"] == [{"start_us": inside["start"], "end_us": inside["end"]}]
    for start, end in ((2, 7), (3, 8), (0, 1), (7, 8)):
        asked = {"start": office.start_us + start * SECOND_US, "end": office.start_us + end * SECOND_US}
        for rest in ("timeline", "index.m3u8", "keyframes"):
            answer = office.officer.code(f"{path}/{rest}", params=asked)
            assert answer == (403, "outside_request_interval"), (rest, start, end)
        still = {"at": asked["start"] if start != 3 else asked["end"] - 1, "width": 160}
        assert office.officer.code(f"{path}/frame.jpg", params=still) == (403, "outside_request_interval")
    still = office.officer.get(f"{path}/frame.jpg", params={"at": inside["start"] + 10, "width": 160})
    assert int(still.headers["nazar-frame-time-us"]) == inside["start"]
    assert office.officer.get(f"/live/{office.gate.id}/snapshot.jpg").status_code in {403, 404}
    assert (
        office.officer.code(f"/playback/{office.site.add_camera('Other').id}/timeline", params=inside)[1] == "no_grant"
    )


@pytest.mark.proves("edge-46")
def test_no_way_of_writing_the_address_shows_what_lies_outside(office):
    office.approve(office.register(3, 7))
    path = f"/playback/{office.gate.id}"
    inside, outside = office.start_us + 4 * SECOND_US, office.start_us + SECOND_US
    spellings = [
        {"at": outside, "start": inside, "end": inside + 1}, {"at": f"{outside}.0"}, {"at": outside, "end": 1},
        {"at": outside, "start": "x"}, {"at": f"+{outside}"}, {"at": [inside, outside]},
    ]  # fmt: skip
    for asked in spellings:
        refusal = office.officer.code(f"{path}/frame.jpg", params=asked)
        assert refusal[0] in {403, 422}, asked
        assert refusal[1] in {"outside_request_interval", "request_invalid"}, asked
    for rest in ("timeline", "index.m3u8", "keyframes"):
        asked = {"start": f"{outside}.0", "end": f"{inside}.0"}
        assert office.officer.code(f"{path}/{rest}", params=asked)[0] in {403, 422}, rest
    still = office.officer.get(f"{path}/frame.jpg", params={"at": f"{inside}.0", "width": 160})
    assert still.status_code == 200


@pytest.mark.proves("edge-46")
def test_the_officers_bytes_are_those_of_the_interval(office):
    made = office.register(3, 7)
    office.approve(made)
    path = f"/playback/{office.gate.id}"
    inside = {"start": office.start_us + 3 * SECOND_US, "end": office.start_us + 7 * SECOND_US}
    text = office.officer.get(f"{path}/index.m3u8", params=inside).text
    url, length = re.search(r'MAP:URI="(\S+)",BYTERANGE="(\d+)@0"', text).groups()
    ranges = [(int(size), int(at)) for size, at in re.findall(r"BYTERANGE:(\d+)@(\d+)", text)]
    assert len(ranges) == 4
    init = office.officer.get(f"{path}/{url}", headers={"Range": f"bytes=0-{int(length) - 1}"})
    assert init.status_code == 206
    for size, at in ranges:
        piece = office.officer.get(f"{path}/{url}", headers={"Range": f"bytes={at}-{at + size - 1}"})
        assert piece.status_code == 206, piece.text
    first, last = ranges[0], ranges[-1]
    before = {"Range": f"bytes={first[1] - 50}-{first[1] + 10}"}
    behind = {"Range": f"bytes={last[1] + 1}-{last[1] + last[0]}"}
    for outside in (before, behind):
        assert office.officer.code(f"{path}/{url}", headers=outside) == (403, "outside_request_interval")


@pytest.mark.proves("C-7", "edge-45", "edge-35")
def test_each_step_says_what_keeps_one_from_it(office):
    made = office.register(filed=False)
    steps = {row["step"]: row["blocked_by"] for row in made["steps"]}
    assert (steps["file_letter"], steps["assign"], steps["approve"]) == (None, None, "action_not_allowed")
    seen = office.lawyer.get(f"/requests/{made['id']}").json()
    steps = {row["step"]: row["blocked_by"] for row in seen["steps"]}
    assert (steps["approve"], steps["refuse"]) == ("written_request_missing", None)
    assert office.code(office.lawyer, made, "approval") == (409, "written_request_missing")
    assert office.code(office.clerk, made, "approval") == (403, "action_not_allowed")
    office.file(made)
    office.approve(made)
    assert office.code(office.lawyer, made, "approval") == (409, "request_state")


@pytest.mark.proves("edge-42", "D-4.5b")
def test_a_judicial_event_of_a_unit_is_refused_and_a_hold_offered(office):
    claim = {"origin": "internal", "olur_no": "1", "olur_on": "2026-11-20", "olur_issuer": "presidency"}
    letter = office.letter(sender="unit", sender_name="Zabıta Dairesi")
    body = office.body(claim={**claim, "is_judicial": True}, letter=letter)
    answer = office.clerk.request("POST", "/requests", json=body)
    assert (answer.status_code, answer.json()["code"]) == (409, "judicial_event_needs_authority")
    assert answer.json()["facts"] == {"offer": "hold"}
    body = office.body(claim={**claim, "olur_no": ""}, letter=letter)
    assert office.clerk.code("/requests", "POST", json=body) == (409, "olur_missing")
    assert office.clerk.get("/letters").json()["letters"] == []
    assert office.clerk.request("POST", "/requests", json=office.body(claim=claim, letter=letter)).status_code == 201


def test_the_list_is_for_those_whose_work_it_is(office):
    office.register()
    for person in (office.clerk, office.lawyer, office.officer, office.sef, office.auditor):
        (row,) = person.get("/requests").json()["requests"]
        assert (row["letter_no"], row["sender_name"]) == ("2026/12345", "Cumhuriyet Başsavcılığı")
    assert office.guard.code("/requests") == (403, "action_not_allowed")
    assert office.clerk.get("/requests", params={"show": "closed"}).json()["requests"] == []
    choices = office.clerk.get("/requests/choices").json()
    assert [one["display_name"] for one in choices["officers"]] == ["Officer"]
    assert (choices["reach_days"], choices["hold_days"], len(choices["separate"])) == (20, 90, 6)


def test_the_list_comes_in_pages_with_how_many_wait_for_what(office):
    made = [office.register(number, number + 2) for number in range(3)]
    first = office.clerk.get("/requests", params={"show": "open", "limit": 2}).json()
    assert [one["number"] for one in first["requests"]] == [1, 2]
    assert first["counts"] == {"open": 3, "overdue": 0, "today": 0, "signature": 0, "closed": 0, "all": 3}
    rest = office.clerk.get("/requests", params={"show": "open", "limit": 2, "after": first["next_after"]}).json()
    assert ([one["number"] for one in rest["requests"]], rest["next_after"]) == ([3], None)
    found = office.clerk.get("/requests", params={"search": "BASSAVCILIGI", "officer": made[0]["id"]}).json()
    assert (found["requests"], found["counts"]["all"]) == ([], 0)
    for wrong in ("1", "2:0:1", "0:x:1", "0:1:1:1", "0:99999999999999999999:1"):
        assert office.clerk.get("/requests", params={"after": wrong}).status_code == 422
    for path in ("/holds", "/applications"):
        answer = office.clerk.get(path, params={"search": "yok", "after": "1:-5:7", "limit": 1}).json()
        assert (answer["next_after"], answer["counts"]["all"]) == (None, 0)


@pytest.mark.proves("edge-41", "edge-58")
def test_refusal_answer_and_withdrawal_let_the_footage_go(office):
    first, second = office.register(), office.register()
    locks = office.site.app.state.backends.archive().locks
    assert len(locks(office.gate.id)) == 2
    answer = office.post(office.lawyer, first, "refusal", {"why": "Yetkisiz makam"})
    assert (answer.json()["state"], answer.json()["locks"]["released"]) == ("refused", 1)
    assert len(locks(office.gate.id)) == 1
    body = {"letter_no": "S-7", "letter_on": str(date(2026, 11, 21))}
    assert office.post(office.clerk, first, "answer", body).json()["outcome"] == "refused"
    office.approve(second)
    for none, code in (({}, (422, "withdrawal_letter_missing")), (body, (422, "request_invalid"))):
        assert office.code(office.clerk, second, "withdrawal", none) == code
    letter = office.paper()
    taken_back = office.post(office.clerk, second, "withdrawal", {"letter_id": letter["id"]}).json()
    assert taken_back["outcome"] == "withdrawn"
    assert office.clerk.get(f"/letters/{letter['id']}").json()["is_fixed"]
    assert locks(office.gate.id) == []
    asked = {"start": office.start_us, "end": office.start_us + SECOND_US}
    assert office.officer.code(f"/playback/{office.gate.id}/timeline", params=asked) == (403, "request_ended")


def test_missing_papers_come_and_go(office):
    made = office.register()
    body = {"missing": ["Yetki belgesi"]}
    returned = office.post(office.lawyer, made, "return", body).json()
    assert (returned["state"], returned["missing_papers"]) == ("returned", ["Yetki belgesi"])
    assert office.post(office.clerk, made, "completion", {"words": "geldi"}).json()["state"] == "registered"


def test_a_letter_is_read_by_those_whose_work_it_is_and_each_reading_is_written_down(office, scan):
    made = office.register()
    path = f"/letters/{made['letter']['id']}/file"
    answer = office.lawyer.get(path)
    assert (answer.content, answer.headers["content-type"]) == (scan, "application/pdf")
    assert answer.headers["content-disposition"].startswith("attachment")
    assert office.guard.code(path) == (404, "letter_not_found")
    with office.site.database.reading() as session:
        read = [entry.actor_name for entry in session.query(AuditEntry) if entry.act == "letter_read"]
    assert read == ["Lawyer · lawyer"]
    assert office.clerk.code(path, "PUT", content=b"<html>", headers={"Content-Type": "text/html"})[0] == 415


def test_the_file_that_a_decision_stands_on_stays(office, scan):
    made = office.register()
    office.file(made)  # a better scan, before anybody decided
    office.approve(made)
    path = f"/letters/{made['letter']['id']}/file"
    assert office.clerk.code(path, "PUT", content=scan, headers=PDF) == (409, "letter_decided")


def test_nothing_is_called_missing_while_a_disk_is_away(office):
    made = office.register()
    office.approve(made)
    (volume,) = office.site.app.state.backends.archive().volumes
    volume.close()
    volume.path.rename(volume.path.with_name("away"))
    assert office.code(office.officer, made, "search") == (503, "volume_away")
    assert office.clerk.get(f"/requests/{made['id']}").json()["state"] == "approved"
    volume.path.with_name("away").rename(volume.path)


def test_the_same_letter_again_is_a_warning(office):
    office.register()
    body = office.body()
    asked = {
        "cameras": body["cameras"], "intervals": body["intervals"], "served_us": body["letter"]["served_us"],
        "letter_no": "2026/12345", "letter_on": "2026-11-20", "sender_name": "Cumhuriyet Başsavcılığı",
    }  # fmt: skip
    twins = office.clerk.request("POST", "/requests/preview", json=asked).json()["duplicates"]
    assert [one["no"] for one in twins] == ["2026/12345"]
    again = office.clerk.request("POST", "/letters", json=office.letter())
    assert (again.status_code, len(again.json()["duplicates"])) == (201, 1)


def test_a_request_stands_on_a_letter_that_is_there_or_comes_with_it(office):
    made = office.clerk.request("POST", "/letters", json=office.letter()).json()["letter"]
    body = {name: value for name, value in office.body().items() if name != "letter"}
    assert office.clerk.code("/requests", "POST", json=body) == (422, "letter_missing")
    answer = office.clerk.request("POST", "/requests", json={**body, "letter_id": made["id"]})
    assert answer.json()["letter"]["id"] == made["id"]
    (on_it,) = office.clerk.get(f"/letters/{made['id']}").json()["requests"]
    assert on_it == {name: answer.json()[name] for name in ("id", "number", "state")}
    changed = office.clerk.request("PUT", f"/letters/{made['id']}", json={"ebys_no": "E-1", "ebys_on": "2026-11-21"})
    assert changed.json()["is_ebys_pending"] is False


@pytest.mark.proves("edge-43", "C-7")
def test_nobody_decides_on_what_they_have_not_read(office):
    made = office.register()
    read = office.lawyer.get(f"/requests/{made['id']}").json()
    assert office.lawyer.get(f"/letters/{made['letter']['id']}/file").status_code == 200  # reading changes nothing
    assert office.lawyer.get(f"/requests/{made['id']}").json()["version"] == read["version"]
    changed = office.clerk.request("PUT", f"/requests/{made['id']}", json={"subject": "Başka bir olay"}).json()
    assert (changed["subject"], changed["version"] > read["version"]) == ("Başka bir olay", True)
    seen = {"seen": read["version"]}
    decisions = (("approval", {}), ("return", {"missing": ["Yetki"]}), ("refusal", {"why": "x"}))
    for what, words in decisions:
        assert office.code(office.lawyer, made, what, {**seen, **words}) == (409, "changed_meanwhile")
    letter = f"/letters/{made['letter']['id']}"
    again = changed["version"]
    assert office.clerk.request("PUT", letter, json={"ebys_no": "E-9"}).status_code == 200
    assert office.code(office.lawyer, made, "approval", {"seen": again}) == (409, "changed_meanwhile")
    second = office.site.add_person("avukat", Role.LEGAL_REVIEWER)
    now = second.get(f"/requests/{made['id']}").json()["version"]
    assert office.post(office.lawyer, made, "return", {"seen": now, "missing": ["Yetki belgesi"]}).status_code == 200
    assert office.code(second, made, "refusal", {"seen": now, "why": "x"}) == (409, "changed_meanwhile")
    assert office.code(office.lawyer, made, "approval", {"seen": None})[0] == 422


def test_a_registration_that_is_sent_again_makes_no_twin(office, monkeypatch):
    body = office.body(key=str(uuid4()))
    monkeypatch.setattr("web.api.requests.tell", _die)
    assert office.clerk.request("POST", "/requests", json=body).status_code == 500
    monkeypatch.undo()
    locks = office.site.app.state.backends.archive().locks
    assert locks(office.gate.id) == []
    again = office.clerk.request("POST", "/requests", json=body)
    assert (again.status_code, again.json()["number"], again.json()["locks"]["pending"]) == (201, 1, [])
    assert len(locks(office.gate.id)) == 1
    assert len(office.clerk.get("/requests").json()["requests"]) == 1
    assert len(office.clerk.get("/letters").json()["letters"]) == 1
    other = {**body, "subject": "Başka"}
    assert office.clerk.code("/requests", "POST", json=other) == (409, "registered_already")
    assert office.clerk.request("POST", "/requests", json={**other, "key": str(uuid4())}).json()["number"] == 2


def _die(*_given):
    raise OSError("the process dies here")


def test_what_would_take_minutes_to_look_for_is_refused(office):
    day_us = 86_400 * SECOND_US
    others = [str(office.site.add_camera(f"K{number}").id) for number in range(11)]
    now_us = office.site.clock.now_us()
    asked = {
        "cameras": others, "intervals": [{"from_us": now_us - 390 * day_us, "until_us": now_us}], "served_us": now_us,
    }  # fmt: skip
    answer = office.clerk.request("POST", "/requests/preview", json=asked)
    assert (answer.status_code, answer.json()["code"]) == (422, "camera_days_too_many")
    asked["cameras"] = others[:10]
    assert office.clerk.request("POST", "/requests/preview", json=asked).status_code == 200
    scope = {name: asked[name] for name in ("cameras", "intervals")}
    assert office.clerk.code("/holds/preview", "POST", json={**scope, "cameras": others})[1] == "camera_days_too_many"


@pytest.mark.proves("edge-43", "C-7")
def test_a_request_is_corrected_by_who_registers_until_it_is_decided(office):
    made = office.register()
    path = f"/requests/{made['id']}"
    words = {"subject": "Yaralama", "file_no": "Sor. 2026/100", "event_place": "Meydan"}
    changed = office.clerk.request("PUT", path, json=words).json()
    assert {name: changed[name] for name in words} == words
    assert [item["id"] for item in changed["items"]] == [item["id"] for item in made["items"]]
    assert [event["act"] for event in changed["events"]][-1] == "request_changed"
    own = {"origin": "internal", "olur_no": "1", "olur_on": "2026-11-20", "olur_issuer": "presidency"}
    assert office.clerk.code(path, "PUT", json={"claim": own}) == (409, "letter_sender_differs")
    assert office.clerk.code(path, "PUT", json={"subject": " "}) == (422, "subject_required")
    assert office.lawyer.code(path, "PUT", json=words) == (403, "action_not_allowed")
    office.approve(made)
    assert office.clerk.code(path, "PUT", json={"claim": own}) == (409, "request_decided")
    assert office.clerk.code(path, "PUT", json=words) == (409, "request_decided")
