"""Breaches of confidentiality over HTTP: begun from an attempt in the log, recorded, printed, signed, asked after."""

import asyncio

import httpx
import pytest
from handed_in import document_of, hand_in

from vms.cli.paper_options import person_of
from vms.kernel.days import day_of
from vms.kernel.ids import new_id
from vms.people.model import Account
from vms.people.rules import Role

pytestmark = pytest.mark.proves("D-11.4c")


@pytest.fixture
def office(site):
    """A head who records, an auditor who reads, a clerk who keeps the register, Elif who tried to record the gate."""
    roles = {
        "head": Role.VMS_UNIT_HEAD, "auditor": Role.AUDITOR, "clerk": Role.REGISTRY_CLERK,
        "elif": Role.AUTHORISED_VIEWER,
    }  # fmt: skip
    people = {name: site.add_person(name, role) for name, role in roles.items()}
    with site.database.writing() as session:
        for name in ("head", "elif"):
            person_of(session, site.clock, session.get_one(Account, people[name].account.id))
    return people | {"gate": site.add_camera("Kapı")}


@pytest.fixture
def attempt(site, office):
    """The number of the entry about Elif's attempt, as the auditor's page shows it."""
    body = {"kind": "print_screen", "camera_id": str(office["gate"].id)}
    assert office["elif"].request("POST", "/attempts", json=body).status_code == 204
    found = office["auditor"].get("/audit", params={"act": "recording_attempt"}).json()["entries"]
    return found[0]["number"]


@pytest.fixture
def told(site):
    """Factory: the body of a breach of today."""

    def body(**more):
        today = day_of(site.clock.now_us()).isoformat()
        return {
            "happened_on": today, "noticed_on": today, "what": "Ekran fotoğraflandı.", "action": "Uyarıldı.",
        } | more  # fmt: skip

    return body


def made(person, path, body=None, method="POST", status=201):
    answer = person.request(method, path, json=body)
    assert answer.status_code == status, answer.text
    return answer.json()


@pytest.mark.system
@pytest.mark.sockets
@pytest.mark.proves("D-11.4b", "D-0.1", "D-0.2")
def test_from_an_attempt_in_the_log_to_a_signed_record(site, office, attempt, told):
    head, clerk = office["head"], office["clerk"]
    facts = head.get(f"/breaches/entries/{attempt}").json()
    assert (facts["act"], facts["account_name"], facts["is_recorded"]) == ("recording_attempt", "elif", False)
    assert facts["camera_id"] == str(office["gate"].id)
    evidence = [{"what": facts["words"], "entry_number": attempt}]
    breach = made(
        head, "/breaches",
        told(happened_us=facts["at_us"], person_id=facts["person_id"], camera_id=facts["camera_id"], evidence=evidence),
    )  # fmt: skip
    assert (breach["person_name"], breach["camera_name"], breach["paper"]) == ("Elif", "1 · Kapı", None)
    assert head.get(f"/breaches/entries/{attempt}").json()["is_recorded"] is True
    paper = made(head, f"/breaches/{breach['id']}/paper")
    assert (paper["kind"], paper["version"], paper["state"]) == ("P-29", 1, "issued")
    assert document_of(site, paper["id"]).fields["evidence"][0]["reference"] == f"Denetim izi no {attempt}"
    assert hand_in(site, clerk, paper["id"])["signed"]["signature_kind"] == "wet"
    (found,) = office["auditor"].get("/breaches").json()["breaches"]
    assert (found["paper"]["number"], found["paper"]["signature_kind"]) == (paper["number"], "wet")
    assert office["elif"].code(f"/documents/{paper['id']}") == (404, "document_not_found")  # nobody's own paper

    async def asked():
        async with site.served() as address, httpx.AsyncClient(trust_env=False) as anybody:
            return await anybody.get(f"http://{address}/d/{paper['code']}", headers={"Accept-Language": "tr"})

    page = asyncio.run(asked())
    assert page.status_code == 200
    assert paper["number"] in page.text
    assert "Elif" not in page.text


@pytest.mark.proves("edge-118", "edge-117")
def test_a_correction_is_another_version_a_cancelled_record_another_number(office, told):
    head, clerk = office["head"], office["clerk"]
    breach = made(head, "/breaches", told(person_words="Bilinmeyen bir ziyaretçi", place="Danışma"))
    assert breach["person_name"] == "Bilinmeyen bir ziyaretçi"
    path = f"/breaches/{breach['id']}"
    first = made(head, f"{path}/paper")
    made(head, path, told(action="Savcılığa bildirildi."), "PUT", 200)
    second = made(head, f"{path}/paper")
    assert (second["number"], second["version"]) == (first["number"], 2)
    assert made(head, f"{path}/paper")["id"] == second["id"]
    made(clerk, f"/documents/{second['id']}/cancel", {"reason": "mükerrer"}, status=200)
    assert office["auditor"].get(path).json()["paper"]["state"] == "cancelled"
    assert made(head, f"{path}/paper")["number"] != first["number"]


def test_what_is_refused_says_why(site, office, told):
    head, nobody = office["head"], str(new_id(site.clock))
    for more, refusal in (
        ({"happened_us": site.clock.now_us() + 1}, (422, "breach_in_future")),
        ({"what": " "}, (422, "breach_what_missing")),
        ({"person_id": nobody}, (404, "person_not_found")),
        ({"camera_id": nobody}, (404, "camera_not_found")),
        ({"evidence": [{"what": "x", "entry_number": 2**62}]}, (404, "breach_entry_not_found")),
        ({"evidence": [{"what": "x", "document_number": "P-99/2026/1"}]}, (404, "document_not_found")),
        ({"evidence": [{"what": "x", "entry_number": 0}]}, (422, "request_invalid")),
    ):
        assert head.code("/breaches", "POST", json=told(**more)) == refusal, more
    assert head.code(f"/breaches/{nobody}") == (404, "breach_not_found")
    assert head.code("/breaches/entries/1") == (404, "breach_entry_not_found")  # it tells of no refusal
    assert office["auditor"].get("/breaches").json() == {"breaches": [], "total": 0}


@pytest.mark.proves("C-7")
def test_heads_record_registers_are_read_nobody_else_learns_of_it(site, office, attempt, told):
    breach = made(office["head"], "/breaches", told())
    path = f"/breaches/{breach['id']}"
    recording = (
        ("POST", "/breaches", told()), ("PUT", path, told()), ("POST", f"{path}/paper", None),
        ("GET", f"/breaches/entries/{attempt}", None),
    )  # fmt: skip
    readers = (office["auditor"], office["clerk"], site.add_person("hukuk", Role.LEGAL_REVIEWER))
    strangers = (Role.GUARD, Role.TECHNICIAN, Role.SYSADMIN)
    others = (office["elif"], *(site.add_person(role.value, role) for role in strangers))
    for person in (*readers, *others):
        for method, place, body in recording:
            assert person.code(place, method, json=body) == (403, "action_not_allowed"), place
    for person in others:
        assert person.code("/breaches") == person.code(path) == (403, "action_not_allowed")
    assert [one.get(path).status_code for one in readers] == [200, 200, 200]
    document = f"/documents/{made(office['head'], f'{path}/paper')['id']}"
    paper = f"{document}/paper.pdf"
    assert [one.get(paper).status_code for one in (office["head"], *readers)] == [200] * 4
    for person in others:  # the technician prints and hands in other papers
        assert person.code(paper) == (404, "document_not_found")
        refusal = person.code(f"{document}/cancel", "POST", json={"reason": "yok olsun"})
        assert refusal in {(404, "document_not_found"), (403, "action_not_allowed")}
        refusal = person.code(
            f"{document}/signed-file", "PUT", content=b"%PDF-", headers={"Content-Type": "application/pdf"}
        )
        assert refusal in {(404, "document_not_found"), (403, "action_not_allowed")}
    assert office["head"].get(document).json()["state"] == "issued"
    manager = site.add_person("mudur", Role.BRANCH_MANAGER)
    assert made(manager, "/breaches", told())["recorded_by"].startswith("Mudur")
