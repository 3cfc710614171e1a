from http import HTTPStatus

import pytest

from vms.kernel.clock import US_PER_SECOND
from vms.people.rules import Role

PASSWORD = "correct horse battery"
SESSION = "/api/v1/session"


def sign_in(site, name="ayse", password=PASSWORD, **headers):
    return site.caller.post(SESSION, json={"name": name, "password": password}, headers=headers)


def test_signing_in_gives_a_cookie_that_scripts_and_other_sites_do_not_get(site):
    site.add_account("ayse")
    answer = sign_in(site)
    assert answer.status_code == HTTPStatus.OK
    me = answer.json()
    assert (me["name"], me["roles"], me["may_see_health"], me["must_change_password"]) == (
        "ayse",
        ["authorised_viewer"],
        False,
        False,
    )
    assert (me["server_time_us"], me["zone"]) == (site.clock.now_us(), "Europe/Istanbul")
    assert me["session_ends_us"] == site.clock.now_us() + 12 * 3600 * US_PER_SECOND
    cookie = answer.headers["set-cookie"]
    assert {part.strip().lower() for part in cookie.split(";")[1:]} == {"httponly", "path=/", "samesite=strict"}
    assert answer.headers["cache-control"] == "no-store"
    token = cookie.partition("=")[2].partition(";")[0]
    seen = site.caller.get(SESSION, headers={"Cookie": f"nazar_session={token}"})
    assert seen.json()["id"] == me["id"]


def test_behind_tls_the_cookie_never_goes_out_in_the_clear(site):
    site.add_account("ayse")
    answer = sign_in(site, Origin="https://127.0.0.1:8080")
    assert "; Secure" in answer.headers["set-cookie"]


@pytest.mark.parametrize(("name", "password"), [("ayse", "wrong"), ("nobody", PASSWORD), ("ayse", "")])
def test_a_failure_does_not_say_what_was_wrong(site, name, password):
    site.add_account("ayse")
    answer = sign_in(site, name, password)
    assert (answer.status_code, answer.json()["code"]) == (401, "sign_in_failed")
    assert "set-cookie" not in answer.headers


def test_five_failures_lock_the_account(site):
    site.add_account("ayse")
    codes = [sign_in(site, password="wrong").json()["code"] for _ in range(5)]
    assert codes == ["sign_in_failed"] * 5
    locked = sign_in(site)
    assert (locked.status_code, locked.json()["code"]) == (403, "account_locked")
    assert locked.json()["facts"]["until_us"] > site.clock.now_us()


def test_a_second_sign_in_ends_the_first_session_of_the_browser(site):
    person = site.add_person("ayse")
    assert sign_in(site, **person.cookie).status_code == HTTPStatus.OK
    assert person.code("/session") == (401, "sign_in_needed")


def test_signing_out_ends_the_session_and_takes_the_cookie_away(site):
    person = site.add_person("ayse")
    answer = person.request("DELETE", "/session")
    assert answer.status_code == HTTPStatus.NO_CONTENT
    assert "Max-Age=0" in answer.headers["set-cookie"]
    assert person.code("/session") == (401, "sign_in_needed")
    assert person.code("/session", "DELETE") == (401, "sign_in_needed")


def test_a_session_ends_by_itself(site):
    person = site.add_person("ayse")
    site.clock.advance(12 * 3600)
    assert person.code("/session") == (401, "sign_in_needed")


@pytest.mark.parametrize("token", ["", "x", "ş", "a" * 5000, '"'])
def test_a_token_that_was_never_given_opens_nothing(site, token):
    cookie = {"Cookie": f"nazar_session={token}".encode()}
    assert site.caller.get(SESSION, headers=cookie).json()["code"] == "sign_in_needed"


def test_a_password_that_others_know_must_be_changed_first(site):
    person = site.add_person("ayse", must_change_password=True)
    other = site.add_person("omer")
    assert person.get("/session").json()["must_change_password"] is True
    assert person.code("/cameras") == (403, "password_change_needed")
    weak = {"old": PASSWORD, "new": "short"}
    assert person.code("/session/password", "POST", json=weak) == (422, "password_weak")
    wrong = {"old": "guess", "new": "a much better one"}
    assert person.code("/session/password", "POST", json=wrong) == (403, "password_wrong")
    changed = person.request("POST", "/session/password", json={"old": PASSWORD, "new": "a much better one"})
    assert changed.json()["must_change_password"] is False
    assert person.get("/cameras").status_code == HTTPStatus.OK
    assert other.get("/cameras").status_code == HTTPStatus.OK


def test_the_chosen_language_is_spoken(site):
    person = site.add_person("ayse", Role.SYSADMIN)
    assert person.request("PUT", "/session/language", json={"language": "en"}).json()["language"] == "en"
    refused = person.get("/playback/" + "0" * 8 + "-0000-7000-8000-000000000001/timeline?start=1&end=2")
    assert refused.json()["detail"].startswith("You are not authorised")
    assert person.code("/session/language", "PUT", json={"language": "de"}) == (422, "request_invalid")


@pytest.mark.parametrize("origin", ["http://evil.example", "http://127.0.0.1:9999", "null", "https://127.0.0.1"])
def test_another_sites_page_changes_nothing(site, origin):
    person = site.add_person("ayse")
    headers = {"Origin": origin}
    assert person.code("/session", "DELETE", headers=headers) == (403, "origin_not_allowed")
    assert person.get("/session", headers=headers).status_code == HTTPStatus.OK
    own = {"Origin": "http://127.0.0.1:8080"}
    assert person.request("DELETE", "/session", headers=own).status_code == HTTPStatus.NO_CONTENT


def test_only_json_is_a_body(site):
    site.add_account("ayse")
    body = '{"name": "ayse", "password": "correct horse battery"}'
    for media_type in ("text/plain", "application/x-www-form-urlencoded"):
        answer = site.caller.post(SESSION, content=body, headers={"Content-Type": media_type})
        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    unknown = site.caller.post(SESSION, json={"name": "a", "password": "b", "role": "administrator"})
    assert unknown.json()["facts"]["fields"] == ["body.role"]


def test_nobody_sends_more_than_makes_sense(site):
    long = {"name": "a", "password": "b" * 300_000}
    announced = site.caller.post(SESSION, json=long)
    assert (announced.status_code, announced.json()["code"]) == (413, "request_too_large")

    async def pieces():
        for _ in range(40):
            yield b'{"x": "' + b"y" * 10_000

    headers = {"Content-Type": "application/json"}
    assert site.caller.post(SESSION, content=pieces(), headers=headers).status_code in {400, 413}
