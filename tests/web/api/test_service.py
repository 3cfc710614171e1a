"""The service catalogue over HTTP: read by everybody, its laws quoted by decisions, changed by decision."""

import json

import pytest
from settings_office import entries, put, refused, rows, seen

from vms.audit.model import AuditEntry
from vms.cli.settings.node import load_settings
from vms.footage.service_entry import Law, ServiceEntry
from vms.people.rules import Role

OWN = "2559 | Polis Vazife ve Salâhiyet Kanunu | Law on the Duties of the Police"


def numbers(laws):
    return [law["no"] for law in laws]


@pytest.mark.proves("S-1a", "S-1b", "S-1h")
def test_everybody_reads_what_the_service_is_and_on_which_laws_it_stands(office):
    told = office.guard.get("/service").json()
    assert told["name_en"] == "Camera installation and footage transfer"
    assert (told["target_hours"], told["limit_hours"]) == (4, 24)
    assert numbers(told["laws"]) == ["5393", "4982", "657", "5018", "6698"]
    assert all(told[f"{name}_{language}"] for name in ("about", "applicants", "documents") for language in ("tr", "en"))


@pytest.mark.proves("S-1h")
def test_a_decision_quotes_laws_of_the_service_and_keeps_them_as_they_were(office):
    site = office.site
    made, other = office.register(), office.register()
    assert office.code(office.lawyer, made, "approval", {"laws": ["5393", "1"]}) == (422, "law_unknown")
    assert office.lawyer.get(f"/requests/{made['id']}").json()["laws"] == []
    approved = office.post(office.lawyer, made, "approval", {"laws": ["6698", "5393"]}).json()
    assert (approved["state"], numbers(approved["laws"])) == ("approved", ["5393", "6698"])
    turned = office.post(office.lawyer, other, "refusal", {"why": "yetkisiz", "laws": ["4982"]}).json()
    assert (turned["state"], numbers(turned["laws"])) == ("refused", ["4982"])
    site.app.state.backends.service = ServiceEntry(laws=[Law("5393", "Başka ad", "Another name")])
    kept = office.auditor.get(f"/requests/{made['id']}").json()["laws"]
    assert [law["name_tr"] for law in kept] == ["Belediye Kanunu", "Kişisel Verilerin Korunması Kanunu"]
    with site.database.reading() as session:
        told = {one.act: json.loads(one.detail)["laws"] for one in session.query(AuditEntry) if '"laws"' in one.detail}
    assert told == {"request_approved": ["5393", "6698"], "request_refused": ["4982"]}


@pytest.mark.proves("S-1h")
def test_the_laws_are_changed_by_decision_and_the_log_says_from_what_to_what(site):
    admin, auditor = site.add_person("tolga", Role.SYSADMIN), site.add_person("denetci", Role.AUDITOR)
    assert refused(admin, {"service.laws": [OWN]})[0] == "decision_needed"
    assert refused(admin, {"service.laws": ["Polis"]}, reason="Olur 2026/8") == ("settings_invalid", "service.laws")
    assert put(admin, {"service.laws": [OWN]}, reason="Olur 2026/8").status_code == 200
    assert rows(seen(admin))["service.laws"]["value"] == [OWN]
    assert [law.no for law in load_settings(site.paths, {}).service.entry().laws] == ["2559"]
    ((place, detail),) = entries(auditor)
    assert (place, detail["reason"], OWN in str(detail["after"])) == ("service.laws", "Olur 2026/8", True)
    assert "5393" in str(detail["before"])
