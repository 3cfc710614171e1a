"""A unit's supervisor over HTTP: the own people, what they may see, changes of their duty."""

from dataclasses import replace

import pytest
from authority_office import active, enter, office_of, sees, today
from sqlalchemy import select

from vms.authority.postings.supervisors import people_of, supervisor_of
from vms.people.organisation_model import Person
from vms.people.organisation_queries import units
from vms.people.organisation_rules import EmploymentKind, UnitKind
from vms.people.person_service import PersonContent, register_person
from vms.people.rules import Role
from vms.people.unit_service import UnitContent, change_unit, register_unit

HOUR_US = 3_600_000_000


@pytest.fixture
def office(site):
    return office_of(site)


@pytest.fixture
def supervisors(site, office):
    """The head of Ayşe's unit; another unit's, who is nobody's concern there; one who is no registered person."""
    with site.database.writing() as session:
        town = next(one for one in units(session) if one.kind == UnitKind.MUNICIPALITY)
        content = UnitContent(name="Park", kind=UnitKind.DEPARTMENT, parent_id=town.id)
        other = register_unit(session, site.clock, content)
        worker = EmploymentKind.CIVIL_SERVANT
        head = register_person(
            session, site.clock, PersonContent(full_name="Bahçıvan", unit_id=other.id, employment_kind=worker)
        )
        change_unit(session, site.clock, other.id, replace(content, supervisor_id=head.id))
    role = Role.UNIT_SUPERVISOR
    return {
        "own": site.add_person("amir", role, person_id=office["people"]["amir"]),
        "other": site.add_person("bahcivan", role, person_id=head.id),
        "nobody": site.add_person("kimse", role),
    }


@pytest.mark.proves("D-11.5c", "edge-76")
def test_a_supervisor_reports_of_the_own_unit_only(site, office, supervisors):
    active(site, office)
    body = {"person_id": str(office["people"]["ayse"]), "letter_no": "IK-1", "letter_on": str(today(site))}
    for who in ("other", "nobody"):
        assert supervisors[who].code("/duty-changes", "POST", json=body) == (409, "not_own_supervisor")
    assert sees(office) == {"Gate"}
    own = body | {"person_id": str(office["people"]["amir"])}
    assert supervisors["own"].code("/duty-changes", "POST", json=own) == (409, "not_own_supervisor"), "nor of oneself"
    assert supervisors["own"].request("POST", "/duty-changes", json=body).status_code == 201
    assert office["ayse"].code("/cameras") == (401, "sign_in_needed")


@pytest.mark.proves("D-11.5b", "D-11.5c")
def test_a_supervisor_sees_the_own_people_with_what_they_may_see(site, office, supervisors):
    grant = active(site, office)
    cancelled = enter(site, office)
    office["katip"].request("POST", f"/grants/{cancelled['id']}/cancellation", json={"why": "yanlış"})
    found = supervisors["own"].get("/my-unit").json()["people"]
    assert [(one["full_name"], one["unit_name"], len(one["papers"])) for one in found] == [
        ("Ayse", "Zabıta", 1), ("Bekci", "Zabıta", 0),
    ]  # fmt: skip
    (paper,) = found[0]["papers"]
    assert (paper["paper"], paper["number"], paper["state"], paper["days_left"]) == ("grant", 1, "active", 179)
    assert supervisors["other"].get("/my-unit").json()["people"] == []
    assert supervisors["nobody"].get("/my-unit").json()["people"] == []
    assert office["ayse"].code("/my-unit") == (403, "action_not_allowed")
    letter = {"letter_no": "IK-1", "letter_on": str(today(site)), "effective_us": grant["until_us"] - HOUR_US}
    supervisors["own"].request("POST", "/duty-changes", json=letter | {"person_id": found[0]["id"]})
    changed = supervisors["own"].get("/my-unit").json()["people"][0]
    assert changed["duty_ends_us"] == letter["effective_us"] == changed["papers"][0]["until_us"]
    site.clock.advance(181 * 86_400)
    amir = site.sign_in(supervisors["own"])
    assert [one["state"] for one in amir.get("/my-unit").json()["people"][0]["papers"]] == ["expired"]
    site.clock.advance(30 * 86_400)
    assert site.sign_in(amir).get("/my-unit").json()["people"][0]["papers"] == [], "no letter renews it any more"


def test_who_signs_for_whom_is_one_rule(site, office, supervisors):
    """The list of a supervisor's people and the check of a letter know the same."""
    with site.database.writing() as session:
        for unit in units(session):
            if unit.name == "Park":
                unit.supervisor_id = None
            elif unit.kind == UnitKind.MUNICIPALITY:
                unit.supervisor_id = office["people"]["bekci"]
    with site.database.reading() as session:
        people = list(session.scalars(select(Person)))
        signs = {(supervisor_of(session, one), one.id) for one in people if supervisor_of(session, one)}
        now_us = site.clock.now_us()
        listed = {(head.id, one.id) for head in people for one in people_of(session, head.id, now_us)}
    assert listed == signs
    assert len(signs) == len(people)
