"""A unit with its head, accounts by what they do, and papers entered by them over HTTP."""

from vms.kernel.days import day_of
from vms.people.organisation_rules import EmploymentKind, UnitKind
from vms.people.person_service import PersonContent, register_person
from vms.people.rules import Role
from vms.people.unit_service import UnitContent, change_unit, register_unit

HOUR_US = 3_600_000_000


def office_of(site):
    """A unit with its head; accounts by what they do."""
    with site.database.writing() as session:
        town = register_unit(session, site.clock, UnitContent(name="Belediye", kind=UnitKind.MUNICIPALITY))
        unit = register_unit(
            session, site.clock, UnitContent(name="Zabıta", kind=UnitKind.DEPARTMENT, parent_id=town.id)
        )
        people = {
            name: register_person(
                session, site.clock,
                PersonContent(full_name=name.title(), unit_id=unit.id, employment_kind=EmploymentKind.CIVIL_SERVANT),
            )
            for name in ("ayse", "bekci", "amir")
        }  # fmt: skip
        ids = {name: person.id for name, person in people.items()}
        change_unit(
            session, site.clock, unit.id,
            UnitContent(name="Zabıta", kind=UnitKind.DEPARTMENT, parent_id=town.id, supervisor_id=ids["amir"]),
        )  # fmt: skip
    roles = {
        "ayse": Role.AUTHORISED_VIEWER, "bekci": Role.GUARD, "katip": Role.REGISTRY_CLERK, "sef": Role.VMS_UNIT_HEAD,
        "koruma": Role.GUARD_SUPERVISOR, "usta": Role.TECHNICIAN,
    }  # fmt: skip
    office = {
        name: site.add_person(name, role, **({"person_id": ids[name]} if name in ids else {}))
        for name, role in roles.items()
    }
    return office | {"people": ids, "gate": site.add_camera("Gate"), "lobby": site.add_camera("Lobby")}


def today(site):
    return day_of(site.clock.now_us())


def content(site, office, **more):
    olur = {"no": "2026/118", "on": str(today(site)), "issuer": "presidency"}
    return {
        "scope": {"cameras": [str(office["gate"].id)], "is_live": True, "is_playback": True}, "purpose": "güvenlik",
        "olur": olur, "training": "Eğitim", **more,
    }  # fmt: skip


def enter(site, office, **more):
    body = {"account_id": str(office["ayse"].account.id), **content(site, office, **more)}
    answer = office["katip"].request("POST", "/grants", json=body)
    assert answer.status_code == 201, answer.json()
    return answer.json()


def sign(site, office, name="ayse"):
    body = {"person_id": str(office["people"][name]), "signed_on": str(today(site))}
    return office["katip"].request("POST", "/agreements", json=body).json()


def active(site, office):
    sign(site, office)
    grant = enter(site, office)
    answer = office["sef"].request("POST", f"/grants/{grant['id']}/activation")
    assert answer.status_code == 200, answer.json()
    return answer.json()


def sees(office, name="ayse"):
    return {camera["name"] for camera in office[name].get("/cameras").json()["cameras"]}
