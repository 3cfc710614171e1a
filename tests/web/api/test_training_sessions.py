"""Trainings in a room over HTTP: entered, corrected, called off, their form printed, signed, asked after."""

import asyncio

import httpx
import pytest
from handed_in import document_of, hand_in

from vms.cli.paper_options import person_of
from vms.kernel.ids import new_id
from vms.people.model import Account
from vms.people.organisation_model import Person
from vms.people.roles import Action, roles_that_may
from vms.people.rules import Role

HOUR_US = 3_600_000_000


@pytest.fixture
def keeper(site):
    return site.add_person("teknisyen", Role.TECHNICIAN)


@pytest.fixture
def trained(site, keeper):
    """Ids of a trainer and two guards, by short names; one guard has no account."""
    with site.database.writing() as session:
        trainer = person_of(session, site.clock, session.get_one(Account, keeper.account.id))
        found = {"trainer": trainer.id}
        for name in ("Işıl Çığırtkan", "Irmak Öz"):
            person = Person(new_id(site.clock), name, trainer.unit_id, "support_service", site.clock.now_us())
            session.add(person)
            found[name.split()[0]] = person.id
    return {name: str(one) for name, one in found.items()}


@pytest.fixture
def told(site, trained):
    """Factory: the body of a training two hours ago."""

    def body(**more):
        begins_us = site.clock.now_us() - 2 * HOUR_US
        return {
            "begins_us": begins_us, "ends_us": begins_us + HOUR_US, "place": "Eğitim salonu",
            "topics": ["faults", "viewing"], "trainer_id": trained["trainer"],
            "attendees": [trained["Işıl"], trained["Irmak"]],
        } | more  # fmt: skip

    return body


@pytest.fixture
def enter(keeper, told):
    def entered(**more):
        answer = keeper.request("POST", "/training/sessions", json=told(**more))
        assert answer.status_code == 201, answer.text
        return answer.json()

    return entered


def printed(keeper, row):
    answer = keeper.request("POST", f"/training/sessions/{row['id']}/paper")
    assert answer.status_code == 201, answer.text
    return answer.json()


@pytest.mark.system
@pytest.mark.sockets
@pytest.mark.proves("D-6.11", "D-5.5b", "D-0.1", "D-0.2")
def test_a_training_becomes_a_form_that_is_signed_and_counts(site, keeper, enter):
    row = enter()
    assert [one["full_name"] for one in row["attendees"]] == ["Irmak Öz", "Işıl Çığırtkan"]
    assert (row["topics"], row["trainer_name"], row["paper"]) == (["viewing", "faults"], "Teknisyen", None)
    paper = printed(keeper, row)
    assert (paper["kind"], paper["version"], paper["state"]) == ("P-16", 1, "issued")
    assert keeper.get(f"/documents/{paper['id']}/paper.pdf").content.startswith(b"%PDF")
    assert hand_in(site, keeper, paper["id"])["signed"]["matched_by"] == "code"
    (found,) = keeper.get("/training/sessions").json()["sessions"]
    assert (found["paper"]["number"], found["paper"]["signature_kind"]) == (paper["number"], "wet")

    async def asked():
        async with site.served() as address, httpx.AsyncClient(trust_env=False) as anybody:
            return await anybody.get(f"http://{address}/d/{paper['code']}", headers={"Accept-Language": "tr"})

    page = asyncio.run(asked())
    assert page.status_code == 200
    assert paper["number"] in page.text
    assert "Çığırtkan" not in page.text


@pytest.mark.proves("edge-118")
def test_a_correction_after_the_form_is_another_version_of_it(site, keeper, told, enter, trained):
    row = enter()
    first = printed(keeper, row)
    path = f"/training/sessions/{row['id']}"
    answer = keeper.request("PUT", path, json=told(attendees=[trained["Işıl"]]))
    assert [one["full_name"] for one in answer.json()["attendees"]] == ["Işıl Çığırtkan"]
    assert answer.json()["paper"]["id"] == first["id"]  # what is printed stays until it is printed anew
    second = printed(keeper, row)
    assert (second["number"], second["version"]) == (first["number"], 2)
    assert [one["name"] for one in document_of(site, second["id"]).fields["attendees"]] == ["Işıl Çığırtkan"]
    reason = {"reason": "yanlış salon"}
    assert keeper.code(f"{path}/calling-off", "POST", json={"why": "x"}) == (409, "training_form_stands")
    assert keeper.request("POST", f"/documents/{second['id']}/cancel", json=reason).status_code == 200
    called_off = keeper.request("POST", f"{path}/calling-off", json={"why": "Yapılmadı"}).json()
    assert (called_off["called_off_why"], called_off["called_off_us"]) == ("Yapılmadı", site.clock.now_us())
    assert keeper.code(f"{path}/paper", "POST") == (409, "training_called_off")


def test_what_is_refused_says_why(site, keeper, told, trained, enter):
    now_us = site.clock.now_us()
    twice = [trained["Işıl"], trained["Işıl"]]
    for more, refusal in (
        ({"ends_us": told()["begins_us"]}, (422, "training_ends_before_it_begins")),
        ({"attendees": []}, (422, "training_attendees_missing")),
        ({"attendees": twice}, (422, "training_attendee_twice")),
        ({"topics": []}, (422, "training_topics_missing")),
        ({"place": "\u202eters"}, (422, "training_place_missing")),
        ({"attendees": [str(new_id(site.clock))]}, (404, "person_not_found")),
        ({"version_id": str(new_id(site.clock))}, (404, "training_not_found")),
        ({"unknown": 1}, (422, "request_invalid")),
    ):
        assert keeper.code("/training/sessions", "POST", json=told(**more)) == refusal
    to_come = enter(begins_us=now_us + HOUR_US, ends_us=now_us + 2 * HOUR_US)
    assert keeper.code(f"/training/sessions/{to_come['id']}/paper", "POST") == (409, "training_not_begun")
    unknown = f"/training/sessions/{new_id(site.clock)}"
    assert keeper.code(f"{unknown}/paper", "POST") == (404, "training_session_not_found")
    refused = keeper.request("POST", "/training/sessions", json=told(attendees=[]), headers={"Accept-Language": "tr"})
    assert refused.json()["detail"] == "Eğitime en az bir kişi katılır. Katılanları seçin."


@pytest.mark.proves("D-6.11")
def test_when_somebody_was_trained_last_stands_on_their_page_and_in_the_list(site, keeper, enter, trained):
    head = site.add_person("sef", Role.VMS_UNIT_HEAD)
    path = f"/people/{trained['Işıl']}"
    assert head.get(path).json()["last_training"] is None
    row = enter(attendees=[trained["Işıl"], trained["trainer"]])
    told = head.get(path).json()["last_training"]
    assert told == {"begins_us": row["begins_us"], "place": "Eğitim salonu", "paper_number": "", "is_signed": False}
    number = printed(keeper, row)["number"]
    assert head.get(path).json()["last_training"]["paper_number"] == number


def test_who_may_be_chosen_is_found_by_name_and_shown_no_further(keeper, trained):
    found = keeper.get("/training/people", params={"search": "isil"}).json()["people"]
    assert [(one["full_name"], set(one)) for one in found] == [
        ("Işıl Çığırtkan", {"id", "full_name", "registry_no", "unit_name"})
    ]
    assert keeper.code("/people") == (403, "action_not_allowed")


@pytest.mark.proves("C-7")
@pytest.mark.parametrize("role", [Role.GUARD, Role.GUARD_SUPERVISOR, Role.VMS_UNIT_HEAD, Role.AUDITOR, Role.SYSADMIN])
def test_nobody_else_keeps_trainings(site, enter, told, role):
    assert role not in roles_that_may(Action.MANAGE_TRAINING)
    other, row = site.add_person("baska", role), enter()
    path = f"/training/sessions/{row['id']}"
    for method, place, body in (
        ("GET", "/training/sessions", None), ("GET", "/training/people", None),
        ("POST", "/training/sessions", told()), ("PUT", path, told()), ("POST", f"{path}/paper", None),
        ("POST", f"{path}/calling-off", {"why": "x"}),
    ):  # fmt: skip
        assert other.code(place, method, json=body) == (403, "action_not_allowed"), place
