"""The papers over HTTP: who may enter, activate, end them; what each refusal says."""

import csv
import io
from datetime import timedelta

import pytest
from authority_office import active, content, enter, office_of, sees, sign, today

from vms.kernel.days import end_us, nth_day_end_us
from vms.people.model import Account
from vms.people.rules import AccountKind, Role

HOUR_US = 3_600_000_000


@pytest.fixture
def office(site):
    return office_of(site)


@pytest.mark.proves("D-1.3c", "D-11.2b", "D-12.11")
def test_a_grant_from_the_clerk_to_the_first_picture(site, office):
    grant = enter(site, office)
    assert (grant["state"], grant["missing"], sees(office)) == ("awaiting_nda", ["nda_missing"], set())
    activation = f"/grants/{grant['id']}/activation"
    assert office["sef"].code(activation, "POST") == (409, "nda_missing")
    sign(site, office)
    assert office["katip"].code(activation, "POST") == (403, "action_not_allowed")
    found = office["sef"].request("POST", activation).json()
    assert (found["state"], found["days_left"], found["until_us"]) == (
        "active", 179, nth_day_end_us(site.clock.now_us(), 180),
    )  # fmt: skip
    assert sees(office) == {"Gate"}
    assert [one["act"] for one in found["history"]] == ["grant_activated", "grant_entered"]
    assert office["ayse"].get("/my-authority").json()["papers"][0]["cameras"] == ["Gate"]


@pytest.mark.proves("edge-74", "edge-80", "D-11.3")
def test_refusals_say_which_paper_is_missing(site, office):
    grant = active(site, office)
    path = f"/grants/{grant['id']}"
    katip = office["katip"]
    other = {"account_id": str(office["sef"].account.id)}
    assert katip.code(path, "PUT", json=other) == (409, "grantee_immutable")
    assert katip.code(path, "PUT", json={"purpose": "trafik"}) == (409, "olur_missing")
    wider = {"scope": {"cameras": [str(office["lobby"].id)], "is_live": True, "is_playback": True}}
    assert katip.code(path, "PUT", json=wider) == (409, "olur_missing")
    assert katip.code(f"{path}/scope", "POST", json=content(site, office)) == (409, "olur_missing")
    body = {"account_id": str(office["ayse"].account.id), **content(site, office, days=181)}
    assert katip.code("/grants", "POST", json=body) == (422, "grant_too_long")
    wrong = content(site, office) | {"olur": {"no": "1", "on": str(today(site)), "issuer": "department"}}
    assert katip.code("/grants", "POST", json=body | wrong | {"days": 180}) == (422, "olur_wrong_issuer")
    assert katip.code("/grants/018f3c2e-0000-7000-8000-000000000001/activation", "POST")[0] == 403
    assert office["sef"].code("/grants/018f3c2e-0000-7000-8000-000000000001/activation", "POST") == (
        404, "grant_not_found",
    )  # fmt: skip


@pytest.mark.proves("D-12.3b")
def test_a_grant_rests_goes_on_and_is_taken_back(site, office):
    grant = active(site, office)
    sef, path = office["sef"], f"/grants/{grant['id']}"
    assert sef.request("POST", f"{path}/end/suspension", json={"why": "olay"}).json()["state"] == "suspended"
    assert office["ayse"].code(f"/live/{office['gate'].id}/snapshot.jpg") == (403, "grant_revoked")
    assert sef.request("POST", f"{path}/reinstatement").json()["state"] == "active"
    assert sees(office) == {"Gate"}
    assert sef.code(f"{path}/end/withdrawal", "POST", json={"why": " "}) == (422, "reason_required")
    assert sef.request("POST", f"{path}/end/withdrawal", json={"why": "karar"}).json()["state"] == "revoked"
    assert (sees(office), sef.code(f"{path}/reinstatement", "POST")) == (set(), (409, "grant_state"))


@pytest.mark.proves("D-11.5b", "edge-76")
def test_a_letter_then_a_new_password_renew(site, office):
    grant = active(site, office)
    site.clock.advance(160 * 86_400)
    office |= {name: site.sign_in(office[name]) for name in ("katip", "ayse")}
    body = {"letter_no": "ZD-1", "letter_on": str(today(site)), "applicant_id": str(office["people"]["bekci"])}
    path = f"/grants/{grant['id']}/renewal"
    assert office["katip"].code(path, "POST", json=body) == (409, "not_own_supervisor")
    body["applicant_id"] = grant["supervisor_id"]
    found = office["katip"].request("POST", path, json=body).json()
    assert (found["is_renewal_prepared"], found["periods"][1]["from_us"]) == (True, None)
    assert office["ayse"].code("/cameras") == (403, "password_change_needed")
    change = {"old": "correct horse battery", "new": "another good horse"}
    assert office["ayse"].request("POST", "/session/password", json=change).status_code == 200
    periods = office["katip"].get(f"/grants/{grant['id']}").json()["periods"]
    assert periods[1]["from_us"] == grant["until_us"]


@pytest.mark.proves("D-11.5c", "edge-78")
def test_a_change_of_duty_ends_rights_and_sessions(site, office):
    active(site, office)
    body = {"person_id": str(office["people"]["ayse"]), "letter_no": "IK-1", "letter_on": str(today(site))}
    assert office["sef"].code("/duty-changes", "POST", json=body) == (403, "action_not_allowed")
    assert office["katip"].request("POST", "/duty-changes", json=body).status_code == 201
    assert office["ayse"].code("/cameras") == (401, "sign_in_needed")


@pytest.mark.proves("D-11.1b", "C-7")
def test_a_role_that_is_taken_takes_what_it_let_see(site, office):
    grant = active(site, office)
    admin = site.add_person("bilgi", Role.SYSADMIN)
    roles = f"/accounts/{office['ayse'].account.id}/roles"
    live = f"/live/{office['gate'].id}/snapshot.jpg"
    assert admin.request("DELETE", f"{roles}/authorised_viewer").status_code == 200
    assert admin.request("POST", roles, json={"role": "auditor"}).status_code == 200
    assert (sees(office), office["ayse"].code(live)) == (set(), (403, "no_grant"))
    assert office["ayse"].code(f"/playback/{office['gate'].id}/index.m3u8?start=1&end=2") == (403, "no_grant")
    found = office["katip"].get(f"/grants/{grant['id']}").json()
    assert (found["state"], found["missing"]) == ("active", ["role_missing"])
    (mine,) = office["ayse"].get("/my-authority").json()["papers"]
    assert (mine["state"], mine["cameras"]) == ("suspended", [])
    admin.request("DELETE", f"{roles}/auditor")
    admin.request("POST", roles, json={"role": "department_head"})
    assert sees(office) == {"Gate"}
    assert office["katip"].get(f"/grants/{grant['id']}").json()["missing"] == []


@pytest.mark.proves("D-11.1a", "C-7")
def test_a_supervisor_of_guards_does_not_widen_the_own_post(site, office):
    office["koruma_ikinci"] = site.add_person("koruma2", Role.GUARD_SUPERVISOR, person_id=office["people"]["amir"])
    own, now_us = office["koruma_ikinci"], site.clock.now_us()
    sign(site, office, "amir")
    post = own.request("POST", "/posts", json={"name": "Kapı", "cameras": [str(office["gate"].id)]}).json()
    body = {
        "account_id": str(own.account.id), "post_id": post["id"], "letter_no": "KG-1",
        "letter_on": str(today(site)), "from_us": now_us, "until_us": now_us + 8 * HOUR_US, "training": "Eğitim",
    }  # fmt: skip
    assert own.code("/assignments", "POST", json=body) == (409, "second_person_missing")
    assert office["koruma"].request("POST", "/assignments", json=body).status_code == 201
    both = {"cameras": [str(office["gate"].id), str(office["lobby"].id)]}
    assert own.code(f"/posts/{post['id']}/cameras", "PUT", json=both) == (409, "second_person_missing")
    assert sees(office, "koruma_ikinci") == {"Gate"}
    assert office["koruma"].request("PUT", f"/posts/{post['id']}/cameras", json=both).status_code == 200
    assert sees(office, "koruma_ikinci") == {"Gate", "Lobby"}


@pytest.mark.proves("D-7.3", "D-11.1a", "edge-82")
def test_a_guard_is_posted_and_taken_off(site, office):
    koruma, now_us = office["koruma"], site.clock.now_us()
    post = koruma.request("POST", "/posts", json={"name": "Kapı", "cameras": [str(office["gate"].id)]}).json()
    body = {
        "account_id": str(office["bekci"].account.id), "post_id": post["id"], "letter_no": "KG-1",
        "letter_on": str(today(site)), "from_us": now_us, "until_us": now_us + 8 * HOUR_US, "training": "Eğitim",
    }  # fmt: skip
    assert koruma.code("/assignments", "POST", json=body) == (409, "nda_missing")
    sign(site, office, "bekci")
    assert office["katip"].code("/assignments", "POST", json=body) == (403, "action_not_allowed")
    made = koruma.request("POST", "/assignments", json=body).json()
    assert (made["state"], sees(office, "bekci")) == ("active", {"Gate"})
    gate, lobby = (f"/{{}}/{office[name].id}" for name in ("gate", "lobby"))
    assert office["bekci"].code(f"{gate.format('playback')}/index.m3u8?start=1&end=2") == (403, "playback_needs_olur")
    assert office["bekci"].code(f"{lobby.format('live')}/snapshot.jpg") == (403, "no_assignment")
    cameras = {"cameras": [str(office["lobby"].id)]}
    assert koruma.request("PUT", f"/posts/{post['id']}/cameras", json=cameras).status_code == 200
    assert sees(office, "bekci") == {"Lobby"}
    assert koruma.request("POST", f"/assignments/{made['id']}/end", json={"why": "nöbet"}).json()["state"] == "ended"
    assert sees(office, "bekci") == set()
    listed = koruma.get("/assignments").json()
    assert (listed["posts"][0]["guards_now"], len(listed["assignments"])) == (0, 1)
    assert koruma.request("POST", f"/posts/{post['id']}/closing", json={"why": "taşındı"}).status_code == 204


@pytest.mark.proves("D-11.6", "edge-87")
def test_a_shared_account_is_reviewed_or_shows_nothing(site, office):
    wall = site.add_person(
        "duvar", Role.SHARED_ACCOUNT, kind=AccountKind.SHARED, responsible_person_id=office["people"]["amir"]
    )
    path = f"/shared-accounts/{wall.account.id}/reviews"
    body = {"reviewer": "Şef", "decision": "keep", "cameras": [str(office["gate"].id)]}
    assert office["katip"].code(path, "POST", json=body) == (403, "action_not_allowed")
    assert office["sef"].code(path, "POST", json=body) == (409, "olur_missing")
    made = office["sef"].request("POST", path, json=body | {"olur": "Olur 2026/9"}).json()
    assert made["state"] == "active"
    assert {camera["name"] for camera in wall.get("/cameras").json()["cameras"]} == {"Gate"}
    url = f"/playback/{office['gate'].id}/index.m3u8?start=1&end=2"
    assert wall.code(url) == (403, "shared_account_not_allowed")
    site.clock.advance(185 * 86_400)
    wall, sef = site.sign_in(wall), site.sign_in(office["sef"])
    assert wall.code(f"/live/{office['gate'].id}/snapshot.jpg") == (403, "review_overdue")
    assert [one["state"] for one in sef.get("/shared-accounts").json()["accounts"]] == ["overdue"]


@pytest.mark.proves("A-42", "edge-86")
def test_a_technician_sees_what_a_work_order_names(site, office):
    usta, sef = office["usta"], office["sef"]
    body = {
        "account_id": str(usta.account.id), "camera_id": str(office["gate"].id), "kind": "fault",
        "closes_us": site.clock.now_us() + HOUR_US,
    }  # fmt: skip
    assert usta.code("/work-orders", "POST", json=body) == (409, "second_person_missing")
    order = sef.request("POST", "/work-orders", json=body).json()
    assert (order["camera_number"], order["display_name"], order["closed_us"]) == (1, "Usta", None)
    assert sees(office, "usta") == {"Gate"}
    assert sef.request("POST", f"/work-orders/{order['id']}/closing", json={"why": "bitti"}).json()["is_open"] is False
    assert usta.code(f"/live/{office['gate'].id}/snapshot.jpg") == (403, "work_order_closed")


@pytest.mark.proves("A-42")
def test_work_is_ordered_from_technicians_by_those_whose_duty_it_is(site, office):
    for name in ("usta", "sef"):
        found = office[name].get("/work-orders/choices").json()
        assert [one["name"] for one in found["technicians"]] == ["usta"]
        assert [one["name"] for one in found["cameras"]] == ["Gate", "Lobby"]
        assert found["most_hours"] == 72
    assert office["katip"].code("/work-orders/choices") == (403, "action_not_allowed")
    with site.database.writing() as session:
        session.get_one(Account, office["usta"].account.id).disabled_us = site.clock.now_us()
    assert office["sef"].get("/work-orders/choices").json()["technicians"] == []


@pytest.mark.proves("D-11.5d")
def test_what_ran_out_without_an_application_is_reported(site, office):
    active(site, office)
    assert office["katip"].get("/grants").json()["grants"][0]["is_unrenewed"] is False
    assert len(office["katip"].get("/grants/unrenewed.csv").text.splitlines()) == 1
    site.clock.advance(180 * 86_400)
    katip = site.sign_in(office["katip"])
    (row,) = katip.get("/grants").json()["grants"]
    assert (row["state"], row["is_unrenewed"]) == ("expired", True)
    answer = katip.get("/grants/unrenewed.csv")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    (told,) = csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff")))
    assert (told["grant"], told["person"], told["supervisor"]) == ("1", "Ayse", "Amir")
    assert (told["olur_no"], told["last_day"]) == ("2026/118", str(today(site) - timedelta(days=1)))
    letter = {"letter_no": "7", "letter_on": str(today(site)), "applicant_id": str(office["people"]["amir"])}
    assert katip.request("POST", f"/grants/{row['id']}/renewal", json=letter).status_code == 200
    assert katip.get("/grants").json()["grants"][0]["is_unrenewed"] is False
    assert len(katip.get("/grants/unrenewed.csv").text.splitlines()) == 1
    assert site.sign_in(office["bekci"]).code("/grants/unrenewed.csv") == (403, "action_not_allowed")


def test_a_grant_says_before_its_activation_where_that_would_end(site, office):
    sign(site, office)
    last = today(site) + timedelta(days=9)
    grant = enter(site, office, olur=content(site, office)["olur"] | {"ends_on": str(last)})
    assert grant["would_end_us"] == end_us(last)
    made = office["sef"].request("POST", f"/grants/{grant['id']}/activation").json()
    assert (made["until_us"], made["would_end_us"]) == (grant["would_end_us"], None)
    assert enter(site, office, olur=None)["would_end_us"] is None


def test_forms_choose_from_what_there_is_and_names_are_not_for_everybody(site, office):
    sign(site, office)
    assert office["ayse"].code("/authority/choices") == (403, "action_not_allowed")
    found = office["katip"].get("/authority/choices").json()
    assert [camera["name"] for camera in found["cameras"]] == ["Gate", "Lobby"]
    assert (found["most_days"], found["two_person"]) == (180, True)
    rows = {one["name"]: one for one in found["accounts"]}
    assert (rows["ayse"]["papers"], rows["ayse"]["agreement_on"]) == (["olur"], str(today(site)))
    assert (rows["bekci"]["papers"], rows["bekci"]["unit_name"]) == (["assignment"], "Zabıta")


@pytest.mark.proves("D-11.5b")
def test_the_list_says_what_is_due(site, office):
    active(site, office)
    waiting = enter(site, office, training="", olur=None)
    rows = {row["number"]: row for row in office["katip"].get("/grants").json()["grants"]}
    assert (rows[1]["reminder"], rows[1]["days_left"]) == (None, 179)
    assert (rows[waiting["number"]]["state"], rows[waiting["number"]]["missing"]) == (
        "draft", ["olur_missing", "training_missing"],
    )  # fmt: skip
    for days, reminder in ((149, 30), (16, 14), (7, 7), (6, 1)):
        site.clock.advance(days * 86_400)
        row = site.sign_in(office["katip"]).get("/grants").json()["grants"][-1]
        assert row["reminder"] == reminder
    site.clock.advance(86_400 * 2)
    row = site.sign_in(office["katip"]).get("/grants").json()["grants"][-1]
    assert (row["state"], row["days_left"]) == ("expired", None)


def test_an_agreement_withdrawn_lets_grants_rest(site, office):
    grant = active(site, office)
    listed = office["katip"].get("/agreements").json()
    assert (listed["version"], [one["counts"] for one in listed["agreements"]]) == ("1", [True])
    path = f"/agreements/{listed['agreements'][0]['id']}/withdrawal"
    assert office["katip"].request("POST", path, json={"why": "geri aldı"}).json()["counts"] is False
    found = office["sef"].get(f"/grants/{grant['id']}").json()
    assert (found["state"], found["missing"]) == ("suspended", ["nda_missing"])
    body = {"version": "2", "must_resign": True}
    assert office["katip"].request("POST", "/agreement-texts", json=body).status_code == 204
    assert sign(site, office)["version"] == "2"
    assert sees(office) == {"Gate"}


@pytest.mark.proves("A-46")
def test_another_person_takes_over_by_a_new_olur(site, office):
    grant = active(site, office)
    body = {"account_id": str(office["ayse"].account.id), **content(site, office)}
    assert office["katip"].code(f"/grants/{grant['id']}/replacement", "POST", json=body) == (409, "olur_missing")
    body["olur"] = {"no": "2026/119", "on": str(today(site) - timedelta(days=1)), "issuer": "general_secretariat"}
    assert office["katip"].code(f"/grants/{grant['id']}/replacement", "POST", json=body) == (409, "same_person")
    scope = {"cameras": [str(office["lobby"].id)], "is_live": True, "is_playback": False}
    made = office["katip"].request("POST", f"/grants/{grant['id']}/scope", json=body | {"scope": scope} | {}).json()
    assert made.get("code") == "request_invalid"
    del body["account_id"]
    made = office["katip"].request("POST", f"/grants/{grant['id']}/scope", json=body | {"scope": scope}).json()
    assert (made["state"], sees(office)) == ("awaiting_activation", {"Gate"})
    assert office["sef"].request("POST", f"/grants/{made['id']}/activation").status_code == 200
    assert sees(office) == {"Lobby"}
