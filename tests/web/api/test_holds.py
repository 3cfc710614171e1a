"""Holds, guards' wishes for them, applications and letters over HTTP."""

import pytest

from vms.footage import rules
from vms.people.rules import Role

SECOND_US = 1_000_000
PDF = {"Content-Type": "application/pdf"}


@pytest.mark.proves("edge-61", "edge-68", "edge-69", "edge-62")
def test_a_hold_over_http(office):
    scope = {name: office.body()[name] for name in ("cameras", "intervals")}
    body = {**scope, "basis": "unwritten_request", "reason": "Telefon", "institution": "İlçe Emniyet Müdürlüğü"}
    assert office.clerk.request("POST", "/holds/preview", json=scope).json()["found"] == "available"
    assert office.clerk.code("/holds", "POST", json={**body, "institution": ""}) == (422, "institution_required")
    gone = [{"from_us": office.start_us - 20 * SECOND_US, "until_us": office.start_us - 10 * SECOND_US}]
    assert office.clerk.code("/holds", "POST", json={**body, "intervals": gone}) == (409, "nothing_to_hold")
    answer = office.clerk.request("POST", "/holds", json=body)
    assert answer.status_code == 201, answer.text
    hold = answer.json()
    assert (hold["state"], hold["covered_us"], hold["locks"]["pending"]) == ("open", 10 * SECOND_US, [])
    path = f"/holds/{hold['id']}"
    assert office.clerk.code(f"{path}/end", "PUT", json={"ends_us": hold["ends_us"] + 1}) == (409, "hold_end_fixed")
    assert office.officer.code(f"{path}/export", "POST") == (409, "written_request_missing")
    assert office.clerk.code(f"{path}/signature", "POST", json={}) == (403, "supervisor_signature_missing")
    assert office.sef.code(f"{path}/signature", "POST", json={}) == (409, "hold_record_missing")
    reason = {"basis": "pre_investigation", "reason": "Sürüyor", "incident": "Kavga"}
    later = office.clerk.request("POST", f"{path}/extension", json=reason)
    assert (later.status_code, later.json()["extends_number"]) == (201, 1)
    assert office.clerk.get(path).json()["extended_by"] == [2]
    assert office.sef.code(f"{path}/release", "POST", json={"why": "x"}) == (422, "release_decision_missing")
    decision = {"decision_id": office.paper(sender="unit", sender_name="Zabıta")["id"], "why": "gerek kalmadı"}
    assert office.sef.request("POST", f"{path}/release", json=decision).json()["state"] == "released"
    made = office.register()
    assert [one["number"] for one in made["holds"]] == [2]
    assert len(office.clerk.get("/holds", params={"show": "in_force"}).json()["holds"]) == 1


@pytest.mark.proves("A-12")
def test_a_hold_that_is_extended_twice_under_one_key_is_extended_once(office):
    now_us = office.site.clock.now_us()
    interval = {"from_us": now_us - 11 * SECOND_US, "until_us": now_us - SECOND_US}
    scope = {"cameras": [str(office.gate.id)], "intervals": [interval]}
    reason = {"basis": "pre_investigation", "reason": "Kavga", "incident": "Kavga"}
    first, other = (office.clerk.request("POST", "/holds", json=scope | reason).json() for _ in range(2))
    extension = reason | {"reason": "Sürüyor", "key": "019ad0e6-0000-7000-8000-000000000001"}
    made = [office.clerk.request("POST", f"/holds/{first['id']}/extension", json=extension) for _ in range(2)]
    assert [one.status_code for one in made] == [201, 201]
    assert made[0].json()["id"] == made[1].json()["id"]
    assert office.clerk.get(f"/holds/{first['id']}").json()["extended_by"] == [3]
    for hold, words in ((other, {}), (first, {"reason": "Başka"})):
        answer = office.clerk.code(f"/holds/{hold['id']}/extension", "POST", json=extension | words)
        assert answer == (409, "registered_already")


@pytest.mark.proves("R-9")
def test_a_guard_asks_that_a_camera_of_their_post_be_kept(office):
    now_us = office.site.clock.now_us()
    body = {"camera_id": str(office.gate.id), "from_us": now_us - 11 * SECOND_US, "until_us": now_us, "reason": "Çanta"}
    assert office.guard.code("/hold-asks", "POST", json=body) == (403, "no_grant")
    viewer = office.site.add_person("bekir", Role.FOOTAGE_OFFICER)
    office.site.allow(viewer, office.gate, live=True)
    answer = viewer.request("POST", "/hold-asks", json=body)
    assert answer.status_code == 201, answer.text
    ask = answer.json()
    assert [one["id"] for one in office.clerk.get("/hold-asks").json()["asks"]] == [ask["id"]]
    interval = {"from_us": ask["start_us"], "until_us": ask["end_us"]}
    hold = {
        "basis": "pre_investigation", "reason": "Kapkaç", "incident": "Çanta", "cameras": [ask["camera_id"]],
        "intervals": [interval],
    }  # fmt: skip
    made = office.clerk.request("POST", f"/hold-asks/{ask['id']}/hold", json=hold)
    assert made.status_code == 201, made.text
    (mine,) = viewer.get("/hold-asks/mine").json()["asks"]
    assert mine["hold_number"] == 1
    assert office.clerk.code(f"/hold-asks/{ask['id']}/refusal", "POST", json={"why": "x"}) == (409, "hold_ask_answered")


@pytest.mark.proves("edge-44", "S-1g")
def test_a_citizen_is_answered_without_footage(office):
    body = {
        "kind": "citizen", "channel": "cimer", "applicant": "Deniz Kaya", "subject": "Kaza",
        "received_us": office.site.clock.now_us(),
    }  # fmt: skip
    made = office.clerk.request("POST", "/applications", json=body).json()
    path = f"/applications/{made['id']}"
    assert office.officer.code(f"{path}/export", "POST") == (409, "not_an_authority")
    answer = {"answer": "Kolluğa başvurun", "letter_no": "S-1", "letter_on": "2026-11-21"}
    assert office.clerk.request("POST", f"{path}/answer", json=answer).json()["answer"] == "Kolluğa başvurun"
    assert office.guard.code("/applications") == (403, "action_not_allowed")


@pytest.mark.proves("D-6.13")
def test_a_letter_is_given_to_somebody_to_act_on(office):
    made = office.clerk.request("POST", "/letters", json=office.letter()).json()["letter"]
    technician = office.site.add_person("teknisyen", Role.TECHNICIAN)
    body = {"account_id": str(technician.account.id), "due_us": office.site.clock.now_us() + 86_400 * SECOND_US}
    assert office.sef.request("POST", f"/letters/{made['id']}/assignment", json=body).status_code == 200
    (task,) = technician.get("/letters/tasks").json()["letters"]
    assert task["id"] == made["id"]
    assert office.guard.code(f"/letters/{made['id']}/result", "POST", json={"result": "x"}) == (404, "letter_not_found")
    done = technician.request("POST", f"/letters/{made['id']}/result", json={"result": "Kamera temizlendi"})
    assert done.json()["done_us"] == office.site.clock.now_us()
    assert technician.get("/letters/tasks").json() == {"letters": []}


def test_service_and_intervals_are_checked_like_everywhere(office):
    now_us = office.site.clock.now_us()
    late = office.body(letter=office.letter(served_us=now_us + 1))
    assert office.clerk.code("/requests", "POST", json=late) == (422, "served_in_future")
    early = office.body(letter=office.letter(served_us=office.start_us + SECOND_US))
    assert office.clerk.code("/requests", "POST", json=early) == (422, "interval_after_service")
    assert office.clerk.get("/letters").json()["letters"] == []


def test_a_hold_on_many_cameras_is_carried_on(office, monkeypatch):
    monkeypatch.setattr(rules, "MAX_INTERVALS", 1)
    cameras = [str(office.gate.id), str(office.site.add_camera("Yard").id)]
    body = {"cameras": cameras, "intervals": office.body()["intervals"], "basis": "pre_investigation",
            "reason": "Kavga", "incident": "Kavga"}  # fmt: skip
    hold = office.clerk.request("POST", "/holds", json=body).json()
    reason = {"basis": "pre_investigation", "reason": "Sürüyor", "incident": "Kavga"}
    assert office.clerk.request("POST", f"/holds/{hold['id']}/extension", json=reason).status_code == 201
