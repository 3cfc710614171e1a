"""Accounts as an administrator keeps them."""

import pytest

from vms.people.organisation_rules import EmploymentKind, UnitKind
from vms.people.person_service import PersonContent, register_person
from vms.people.roles import MAY, OF_KIND, Action
from vms.people.rules import AccountKind, Role
from vms.people.unit_service import UnitContent, register_unit

PASSWORD = "correct horse battery"
NEW = {"name": "ayse", "password": PASSWORD, "roles": ["guard"]}
NOBODY = "00000000-0000-7000-8000-000000000000"


@pytest.fixture
def chief(site):
    return site.add_person("omer", Role.SYSADMIN)


@pytest.fixture
def person(site):
    with site.database.writing() as session:
        unit = register_unit(session, site.clock, UnitContent(name="Belediye", kind=UnitKind.MUNICIPALITY))
        content = PersonContent(full_name="Ayşe Işık", unit_id=unit.id, employment_kind=EmploymentKind.WORKER)
        return register_person(session, site.clock, content)


@pytest.fixture
def account(chief, person):
    answer = chief.request("POST", "/accounts", json=NEW | {"person_id": str(person.id)})
    assert answer.status_code == 201, answer.text
    return answer.json()


@pytest.mark.proves("D-5.5a")
def test_a_person_gets_an_account_with_a_role_and_a_first_password(site, chief, account):
    assert (account["name"], account["display_name"], account["roles"]) == ("ayse", "Ayşe Işık", ["guard"])
    assert (account["kind"], account["state"], account["way"]) == ("personal", "open", "local")
    assert account["must_change_password"]
    assert PASSWORD not in str(account)
    listed = chief.get("/accounts", params={"search": "IŞIK", "role": "guard"}).json()
    assert ([one["name"] for one in listed["accounts"]], listed["total"]) == (["ayse"], 1)
    assert "shared_account" not in listed["roles_of_kind"]["personal"]
    signed = site.caller.post("/api/v1/session", json={"name": "ayse", "password": PASSWORD})
    assert (signed.status_code, signed.json()["must_change_password"]) == (200, True)


@pytest.mark.proves("D-5.5a")
def test_one_account_a_person(chief, account, person):
    second = NEW | {"name": "ayse2", "person_id": str(person.id)}
    assert chief.code("/accounts", "POST", json=second) == (409, "person_has_account")


@pytest.mark.proves("D-11.6", "edge-87")
def test_a_wall_has_somebody_responsible(chief, person):
    wall = {"name": "duvar", "kind": "shared", "display_name": "Kontrol odası", "password": PASSWORD}
    assert chief.code("/accounts", "POST", json=wall) == (422, "responsible_person_missing")
    made = chief.request("POST", "/accounts", json=wall | {"responsible_person_id": str(person.id)}).json()
    assert (made["roles"], made["responsible"]["full_name"], made["person"]) == (["shared_account"], "Ayşe Işık", None)
    assert chief.code(f"/accounts/{made['id']}/roles", "POST", json={"role": "guard"}) == (422, "role_not_for_kind")


def test_roles_are_given_and_taken_back_at_once(site, chief, account):
    guard = site.add_person("umit", Role.GUARD)
    assert guard.get("/session").json()["roles"] == ["guard"]
    path = f"/accounts/{guard.account.id}/roles"
    given = chief.request("POST", path, json={"role": "registry_clerk"}).json()
    assert given["roles"] == ["guard", "registry_clerk"]
    assert "enter_grant" in guard.get("/session").json()["actions"]
    assert guard.get("/people").status_code == 200
    assert chief.request("DELETE", f"{path}/registry_clerk").json()["roles"] == ["guard"]
    assert guard.code("/people") == (403, "action_not_allowed"), "with the very next request"
    assert chief.code(f"{path}/registry_clerk", "DELETE") == (404, "role_not_held")
    until_us = site.clock.now_us() + 60_000_000
    chief.request("POST", path, json={"role": "branch_manager", "until_us": until_us})
    assert "sign_record" in guard.get("/session").json()["actions"]
    site.clock.advance(60)
    assert guard.get("/session").json()["roles"] == ["guard"]


@pytest.mark.proves("C-7")
def test_nobody_decides_about_their_own_account(chief):
    own = f"/accounts/{chief.account.id}"
    for call in (
        (f"{own}/roles", "POST", {"role": "auditor"}),
        (f"{own}/roles/sysadmin", "DELETE", None),
        (f"{own}/disable", "POST", None),
        (f"{own}/password", "POST", {"password": "another good one"}),
        (f"{own}/second-factor", "DELETE", None),
    ):
        path, method, body = call
        assert chief.code(path, method, **({} if body is None else {"json": body})) == (403, "own_account")
    assert chief.get("/session").json()["roles"] == ["sysadmin"]


def test_a_closed_account_is_out_at_once(site, chief):
    guard = site.add_person("umit", Role.GUARD)
    own = f"/accounts/{guard.account.id}"
    (open_one,) = chief.get(f"{own}/sessions").json()["sessions"]
    assert open_one["address"] == "10.0.0.1"
    assert chief.request("DELETE", f"{own}/sessions/{open_one['id']}").status_code == 204
    assert guard.get("/session").status_code == 401
    assert chief.code(f"{own}/sessions/{open_one['id']}", "DELETE") == (404, "session_not_found")
    again = site.signed_in(guard.account)
    assert chief.request("POST", f"{own}/disable").json()["state"] == "disabled"
    assert again.get("/session").status_code == 401
    assert chief.get("/accounts", params={"state": "disabled"}).json()["total"] == 1
    assert chief.request("POST", f"{own}/enable").json()["state"] == "open"


def test_a_session_of_somebody_else_is_not_ended_through_this_account(site, chief):
    guard, other = site.add_person("umit"), site.add_person("zeynep")
    (theirs,) = chief.get(f"/accounts/{other.account.id}/sessions").json()["sessions"]
    assert chief.code(f"/accounts/{guard.account.id}/sessions/{theirs['id']}", "DELETE") == (404, "session_not_found")
    assert other.get("/session").status_code == 200


def test_a_first_password_opens_a_locked_account(site, chief):
    guard = site.add_person("umit", Role.GUARD)
    for _ in range(5):
        site.caller.post("/api/v1/session", json={"name": "umit", "password": "wrong wrong wrong"})
    own = f"/accounts/{guard.account.id}"
    assert chief.get(own).json()["state"] == "locked"
    assert chief.code(f"{own}/password", "POST", json={"password": "short"}) == (422, "password_weak")
    changed = chief.request("POST", f"{own}/password", json={"password": "another good one"}).json()
    assert (changed["state"], changed["must_change_password"]) == ("open", True)
    assert guard.get("/session").status_code == 401


@pytest.mark.parametrize("role", sorted(OF_KIND[AccountKind.PERSONAL]))
def test_accounts_are_for_those_whose_duty_they_are(site, role):
    person = site.add_person("kisi", role)
    reads, writes = Action.SEE_ACCOUNTS in MAY[role], Action.MANAGE_ACCOUNTS in MAY[role]
    for path in ("/accounts", f"/accounts/{NOBODY}"):
        assert (person.code(path) == (403, "action_not_allowed")) is not reads
    for path, method, body in (
        ("/accounts", "POST", {"name": "?", "password": "x"}),
        (f"/accounts/{NOBODY}", "PUT", {}),
        (f"/accounts/{NOBODY}/roles", "POST", {"role": "guard"}),
        (f"/accounts/{NOBODY}/roles/guard", "DELETE", None),
        (f"/accounts/{NOBODY}/password", "POST", {"password": "x"}),
        (f"/accounts/{NOBODY}/disable", "POST", None),
        (f"/accounts/{NOBODY}/enable", "POST", None),
        (f"/accounts/{NOBODY}/sessions", "GET", None),
        (f"/accounts/{NOBODY}/sessions/{NOBODY}", "DELETE", None),
    ):
        code = person.code(path, method, **({} if body is None else {"json": body}))
        assert (code == (403, "action_not_allowed")) is not writes, (path, method, code)


def test_nothing_else_can_be_set(chief, account):
    for more in ({"must_change_password": False}, {"id": NOBODY}, {"disabled_us": 1}):
        assert chief.code("/accounts", "POST", json=NEW | {"name": "x"} | more) == (422, "request_invalid")
    assert chief.code(f"/accounts/{account['id']}", "PUT", json={"kind": "shared"}) == (422, "request_invalid")
