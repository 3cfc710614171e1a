"""What holds, applications and letters refuse over HTTP leaves everything as it was."""

import pytest

from vms.footage.exports.model import Export
from vms.footage.letters.model import Letter

SECOND_US = 1_000_000


@pytest.fixture
def hold(office):
    scope = {name: office.body()[name] for name in ("cameras", "intervals")}
    body = {**scope, "basis": "pre_investigation", "reason": "Sürüyor", "incident": "Kavga"}
    return office.clerk.request("POST", "/holds", json=body).json()


@pytest.mark.proves("edge-68", "A-12")
def test_no_way_of_writing_it_changes_the_end_of_a_hold(office, hold):
    path, ends_us = f"/holds/{hold['id']}", hold["ends_us"]
    for other_us in (ends_us + 1, ends_us - 1, hold["starts_us"]):
        assert office.clerk.code(f"{path}/end", "PUT", json={"ends_us": other_us}) == (409, "hold_end_fixed")
    for method in ("PUT", "PATCH", "POST"):
        assert office.clerk.code(path, method, json={"ends_us": ends_us + 1})[0] == 405
    reason = {"basis": "pre_investigation", "reason": "Sürüyor", "incident": "Kavga"}
    longer = reason | {"ends_us": ends_us + 1}
    assert office.clerk.code(f"{path}/extension", "POST", json=longer) == (422, "request_invalid")
    assert office.sef.code(f"{path}/signature", "POST", json={"ends_us": ends_us + 1}) == (422, "request_invalid")
    assert office.clerk.request("POST", f"{path}/extension", json=reason).status_code == 201
    kept = office.clerk.get(path).json()
    assert (kept["ends_us"], kept["extended_by"]) == (ends_us, [2])


@pytest.mark.proves("edge-69", "edge-44", "D-10.1f", "S-1g")
def test_neither_a_hold_nor_an_application_answers_where_requests_give_packages(office, hold):
    applied = {
        "kind": "data_subject", "channel": "cimer", "applicant": "Deniz Kaya", "subject": "Kaza",
        "received_us": office.site.clock.now_us(),
    }  # fmt: skip
    application = office.clerk.request("POST", "/applications", json=applied).json()
    for own, case in (("holds", hold), ("applications", application)):
        code = "written_request_missing" if own == "holds" else "not_an_authority"
        assert office.officer.code(f"/{own}/{case['id']}/export", "POST") == (409, code)
        for what in ("search", "exports"):
            answer = office.officer.code(f"/requests/{case['id']}/{what}", "POST", json={})
            assert answer == (404, "request_not_found"), (own, what)
        for what in ("exports/1/file", "exports/estimate", "exports"):
            assert office.officer.code(f"/requests/{case['id']}/{what}") == (404, "request_not_found"), (own, what)
    asked = {"start": office.start_us, "end": office.start_us + SECOND_US}
    for person in (office.clerk, office.officer, office.sef, office.auditor):
        for what in ("timeline", "index.m3u8"):
            assert person.code(f"/playback/{office.gate.id}/{what}", params=asked) == (403, "no_grant")
    with office.site.database.reading() as session:
        assert session.query(Export).count() == 0


@pytest.mark.proves("edge-62", "D-10.1f")
def test_a_hold_without_institution_or_reason_is_refused_as_input(office):
    scope = {name: office.body()[name] for name in ("cameras", "intervals")}
    whole = {**scope, "basis": "unwritten_request", "reason": "Telefon", "institution": "Emniyet"}
    for field in ("institution", "reason"):
        for words in ("", "  "):
            answer = office.clerk.code("/holds", "POST", json={**whole, field: words})
            assert answer == (422, f"{field}_required")
    assert office.clerk.code("/holds", "POST", json={k: v for k, v in whole.items() if k != "reason"})[0] == 422
    assert office.clerk.get("/holds").json()["holds"] == []
    assert office.site.app.state.backends.archive().locks(office.gate.id) == []


@pytest.mark.proves("edge-37", "S-11")
def test_a_letter_served_in_the_future_or_before_its_date_is_refused_as_input(office):
    now_us = office.site.clock.now_us()
    day_us = 86_400 * SECOND_US
    for words, code in (
        ({"served_us": now_us + 1}, "served_in_future"), ({"served_us": now_us - 3 * day_us}, "served_before_letter"),
    ):  # fmt: skip
        assert office.clerk.code("/letters", "POST", json=office.letter(**words)) == (422, code)
        assert office.clerk.code("/requests", "POST", json=office.body(letter=office.letter(**words))) == (422, code)
    with office.site.database.reading() as session:
        assert session.query(Letter).count() == 0
    letter = office.clerk.request("POST", "/letters", json=office.letter()).json()["letter"]
    for words, code in (({"served_us": now_us + 1}, "served_in_future"), ({"on": "2026-12-01"}, "letter_in_future")):
        assert office.clerk.code(f"/letters/{letter['id']}", "PUT", json=words) == (422, code)


@pytest.mark.proves("edge-59", "S-1b")
def test_both_times_of_the_service_target_are_shown_with_the_request(office):
    made = office.register()
    for row in (made, office.officer.get("/requests").json()["requests"][0]):
        assert [row[name] - made["registered_us"] for name in ("due_soft_us", "due_hard_us")] == [
            4 * 3600 * SECOND_US, 24 * 3600 * SECOND_US,
        ]  # fmt: skip
