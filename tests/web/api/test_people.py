"""Units, persons: who reads them, who registers, what is answered."""

from uuid import UUID

import pytest

from vms.people.roles import MAY, OF_KIND, Action
from vms.people.rules import AccountKind, Role

UNIT = {"name": "İzmir Büyükşehir Belediyesi", "kind": "municipality"}
NOBODY = "00000000-0000-7000-8000-000000000000"


@pytest.fixture
def chief(site):
    return site.add_person("omer", Role.SYSADMIN)


@pytest.fixture
def unit(chief):
    answer = chief.request("POST", "/units", json=UNIT)
    assert answer.status_code == 201, answer.text
    return answer.json()


@pytest.fixture
def body(unit):
    def body(**more):
        return {"full_name": "Ayşe Işık", "unit_id": unit["id"], "employment_kind": "support_service"} | more

    return body


@pytest.mark.proves("D-1.1", "D-5.5a")
def test_a_unit_and_a_person_are_registered(chief, unit, body):
    branch = {"name": "Koruma ve Güvenlik", "kind": "branch", "parent_id": unit["id"]}
    branch = chief.request("POST", "/units", json=branch).json()
    person = chief.request("POST", "/people", json=body(unit_id=branch["id"], registry_no="1905", title="Görevli"))
    assert person.status_code == 201
    person = person.json()
    assert (person["full_name"], person["registry_no"], person["title"]) == ("Ayşe Işık", "1905", "Görevli")
    assert (person["unit_path"], person["account"], person["left_us"]) == ("Koruma ve Güvenlik", None, None)
    changed = branch | {"supervisor_id": person["id"]}
    answer = chief.request(
        "PUT", f"/units/{branch['id']}", json=only(changed, "name", "kind", "parent_id", "supervisor_id")
    )
    assert answer.json()["supervisor"]["full_name"] == "Ayşe Işık"
    listed = chief.get("/units").json()["units"]
    assert [(one["name"], one["staff_count"], one["is_closed"]) for one in listed] == [
        ("İzmir Büyükşehir Belediyesi", 0, False), ("Koruma ve Güvenlik", 1, False),
    ]  # fmt: skip
    for search in ("isik", "IŞIK", "1905"):
        assert chief.get("/people", params={"search": search, "unit": unit["id"]}).json()["total"] == 1
    assert chief.get("/people", params={"search": "yok"}).json() == {"people": [], "total": 0}


def only(row, *names):
    return {name: row[name] for name in names}


@pytest.mark.parametrize("role", sorted(OF_KIND[AccountKind.PERSONAL]))
def test_the_registers_are_for_those_whose_duty_they_are(site, chief, unit, body, role):
    person = site.add_person("kisi", role)
    reads, writes = Action.SEE_PEOPLE in MAY[role], Action.MANAGE_PEOPLE in MAY[role]
    for path in ("/units", "/people", f"/people/{NOBODY}"):
        assert (person.code(path) == (403, "action_not_allowed")) is not reads
    tried = [
        person.code("/units", "POST", json=UNIT), person.code("/people", "POST", json=body()),
        person.code(f"/units/{unit['id']}", "PUT", json=UNIT), person.code(f"/people/{NOBODY}", "PUT", json=body()),
        person.code(f"/people/{NOBODY}/leave", "POST"), person.code(f"/people/{NOBODY}/return", "POST"),
        person.code(f"/units/{NOBODY}/close", "POST"), person.code(f"/units/{NOBODY}/reopen", "POST"),
    ]  # fmt: skip
    assert all((one == (403, "action_not_allowed")) is not writes for one in tried), tried


def test_a_refusal_says_whose_duty_it_is(site):
    answer = site.add_person("ayse", Role.GUARD).get("/people")
    assert answer.json()["facts"]["action"] == "see_people"
    assert "sysadmin" in answer.json()["facts"]["roles"]
    assert answer.json()["detail"] == "Bu işlem sizin göreviniz değil. Görevi olan birine başvurun."


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"full_name": ""}, 422, "display_name_invalid"),
        ({"full_name": "Ayşe\x00"}, 422, "display_name_invalid"),
        ({"full_name": "a" * 401}, 422, "request_invalid"),
        ({"unit_id": NOBODY}, 404, "unit_not_found"),
        ({"unit_id": "x"}, 422, "request_invalid"),
        ({"employment_kind": "intern"}, 422, "request_invalid"),
        ({"registry_no": "<b>"}, 422, "registry_no_invalid"),
        ({"email": "x"}, 422, "email_invalid"),
        ({"phone": "x"}, 422, "phone_invalid"),
        ({"id": NOBODY}, 422, "request_invalid"),
        ({"left_us": 5}, 422, "request_invalid"),
    ],
)
def test_a_field_that_breaks_its_rule_is_named_by_its_code(chief, body, changes, status, code):
    assert chief.code("/people", "POST", json=body(**changes)) == (status, code)


def test_markup_comes_back_as_it_was_written(chief, body):
    name = "<script>alert('ş')</script>"
    person = chief.request("POST", "/people", json=body(full_name=name)).json()
    answer = chief.get(f"/people/{person['id']}")
    assert answer.json()["full_name"] == name
    assert answer.headers["content-type"] == "application/json"


def test_whoever_leaves_is_signed_out_and_their_account_closed(site, chief, body):
    person = chief.request("POST", "/people", json=body()).json()
    account = site.add_account("ayse", person_id=UUID(person["id"]))
    guard = site.signed_in(account)
    assert guard.get("/session").status_code == 200
    gone = chief.request("POST", f"/people/{person['id']}/leave").json()
    assert (gone["left_us"], gone["account"]["is_disabled"]) == (site.clock.now_us(), True)
    assert guard.get("/session").status_code == 401
    assert chief.get("/people").json()["total"] == 0
    assert chief.get("/people", params={"staff": "left"}).json()["total"] == 1
    back = chief.request("POST", f"/people/{person['id']}/return").json()
    assert (back["left_us"], back["account"]["is_disabled"]) == (None, True)


def test_long_lists_come_page_by_page(chief, body):
    for number in range(7):
        chief.request("POST", "/people", json=body(full_name=f"Kişi {number}"))
    page = chief.get("/people", params={"offset": 5, "limit": 5}).json()
    assert ([one["full_name"] for one in page["people"]], page["total"]) == (["Kişi 5", "Kişi 6"], 7)
    assert chief.code("/people?limit=0")[0] == chief.code("/people?limit=201")[0] == 422


def test_units_close_and_open_again(chief, unit):
    child = chief.request("POST", "/units", json={"name": "Birim", "kind": "unit", "parent_id": unit["id"]}).json()
    assert chief.code(f"/units/{unit['id']}/close", "POST") == (409, "unit_has_units")
    assert chief.request("POST", f"/units/{child['id']}/close").json()["is_closed"]
    assert not chief.request("POST", f"/units/{child['id']}/reopen").json()["is_closed"]
    assert chief.code(f"/units/{NOBODY}/close", "POST") == (404, "unit_not_found")
