"""From what is entered to paper with a number, and back signed."""

import asyncio
from datetime import timedelta
from uuid import UUID

import httpx
import pytest
from handed_in import document_of, hand_in

from vms.authority.agreements.queries import agreements
from vms.authority.grants.queries import need_grant
from vms.cli.paper_options import person_of
from vms.documents.desk import Desk
from vms.documents.seal import BrokenSeal
from vms.kernel.days import day_of
from vms.kernel.errors import Kind, VmsError
from vms.people.model import Account
from vms.people.organisation_model import Person
from vms.people.organisation_queries import need_unit
from vms.people.rules import AccountKind, Role

DAY_US = 86_400_000_000


@pytest.fixture
def office(site):
    """A clerk who enters, a head who activates, Elif who is to see the gate."""
    people = {
        "clerk": site.add_person("yazi", Role.REGISTRY_CLERK),
        "head": site.add_person("sef", Role.VMS_UNIT_HEAD),
        "elif": site.add_person("elif", Role.AUTHORISED_VIEWER),
    }
    with site.database.writing() as session:
        for one in people.values():
            person_of(session, site.clock, session.get_one(Account, one.account.id))
    return people | {"gate": site.add_camera("Kapı")}


def entered(site, office, **more):
    """A grant with its Olur, for Elif, live pictures of the gate."""
    today = day_of(site.clock.now_us()).isoformat()
    body = {
        "account_id": str(office["elif"].account.id),
        "scope": {"cameras": [str(office["gate"].id)], "is_live": True, "is_playback": False},
        "purpose": "Trafik yoğunluğunun izlenmesi",
        "olur": {"no": "2026/118", "on": today, "issuer": "presidency"},
        "training": "Eğitim 05.11.2026",
    } | more
    answer = office["clerk"].request("POST", "/grants", json=body)
    assert answer.status_code == 201, answer.text
    return answer.json()


def printed(person, path, **body):
    answer = person.request("POST", path, json=body or None)
    assert answer.status_code == 201, answer.text
    return answer.json()


@pytest.mark.system
@pytest.mark.sockets
@pytest.mark.proves("D-11.2b", "D-0.1", "D-0.2")
def test_from_the_application_to_papers_with_numbers(site, office):
    clerk, head = office["clerk"], office["head"]
    grant = entered(site, office)
    path = f"/grants/{grant['id']}"
    assert (grant["state"], grant["missing"], grant["papers"]) == ("awaiting_nda", ["nda_missing"], [])

    agreement = printed(clerk, f"{path}/papers/agreement")
    assert (agreement["kind"], agreement["state"], agreement["signature_kind"]) == ("P-08", "issued", None)
    assert printed(clerk, f"{path}/papers/agreement")["number"] == agreement["number"]  # no second one while it waits
    today = day_of(site.clock.now_us()).isoformat()
    signing = {"person_id": grant["person_id"], "signed_on": today, "document_id": agreement["id"]}
    assert clerk.code("/agreements", "POST", json=signing) == (409, "document_not_signed")
    assert hand_in(site, clerk, agreement["id"])["signed"]["matched_by"] == "code"
    assert clerk.request("POST", "/agreements", json=signing).status_code == 201
    assert clerk.code("/agreements", "POST", json=signing) == (409, "paper_recorded")

    assert clerk.code(f"{path}/papers/authority", "POST") == (409, "grant_state")
    active = head.request("POST", f"{path}/activation").json()
    assert (active["state"], [one["kind"] for one in active["papers"]]) == ("active", ["P-08", "P-09"])
    assert [one["signature_kind"] for one in active["papers"]] == ["wet", None]
    form = active["papers"][1]
    assert head.get(f"/documents/{form['id']}/paper.pdf").content.startswith(b"%PDF")
    assert office["elif"].get(f"/documents/{form['id']}").json()["number"] == form["number"]
    hand_in(site, clerk, form["id"])
    with site.database.reading() as session:
        stored = need_grant(session, UUID(grant["id"]))
        assert [str(one.document_id) for one in agreements(session, stored.person_id)] == [agreement["id"]]
        assert str(stored.document_id) == form["id"]

    async def asked():
        async with site.served() as address, httpx.AsyncClient(trust_env=False) as anybody:
            return await anybody.get(f"http://{address}/d/{form['code']}", headers={"Accept-Language": "tr"})

    page = asyncio.run(asked())
    assert page.status_code == 200
    assert form["number"] in page.text
    assert "Elif" not in page.text


def test_the_form_says_what_was_switched_on(site, office):
    site.allow(office["elif"], office["gate"], playback=True)
    (row,) = office["clerk"].get("/grants").json()["grants"]
    form = printed(office["clerk"], f"/grants/{row['id']}/papers/authority")
    fields = document_of(site, form["id"]).fields
    first = day_of(site.clock.now_us())
    assert (fields["first_day"], fields["last_day"]) == (first.isoformat(), (first + timedelta(days=179)).isoformat())
    assert fields["olur"] == {"number": "2020/118", "day": "2020-01-06"}
    assert fields["cameras"] == [
        {"number": "1", "name": "Kapı", "place": "", "is_live": True, "is_playback": True}
    ]  # fmt: skip
    assert (fields["person"]["name"], fields["training"]) == ("Elif", "Eğitim")


def test_a_paper_of_somebody_else_is_no_agreement(site, office):
    grant = entered(site, office)
    agreement = printed(office["clerk"], f"/grants/{grant['id']}/papers/agreement")
    with site.database.reading() as session:
        other = session.get_one(Account, office["clerk"].account.id).person_id
    today = day_of(site.clock.now_us()).isoformat()
    signing = {"person_id": str(other), "signed_on": today, "document_id": agreement["id"]}
    assert office["clerk"].code("/agreements", "POST", json=signing) == (409, "paper_of_another")


@pytest.mark.proves("edge-91")
def test_a_paper_with_the_text_of_before_is_printed_anew(site, office):
    clerk, grant = office["clerk"], entered(site, office)
    path = f"/grants/{grant['id']}/papers/agreement"
    old = printed(clerk, path)
    site.clock.advance(60)
    assert clerk.request("POST", "/agreement-texts", json={"version": "2", "must_resign": False}).status_code == 204
    site.clock.advance(60)
    assert printed(clerk, path)["number"] != old["number"]


@pytest.mark.proves("D-11.5b")
def test_the_letter_for_a_renewal_is_drafted_for_who_signs_it(site, office):
    site.allow(office["elif"], office["gate"])
    (row,) = office["clerk"].get("/grants").json()["grants"]
    path = f"/grants/{row['id']}/papers/application"
    assert office["clerk"].code(path, "POST", json={"wish": "renew"}) == (409, "supervisor_missing")
    with site.database.writing() as session:
        person = session.get_one(Person, session.get_one(Account, office["elif"].account.id).person_id)
        head = session.get_one(Account, office["head"].account.id).person_id
        need_unit(session, person.unit_id).supervisor_id = head
    draft = printed(office["clerk"], path, wish="renew")
    assert draft["kind"] == "P-10"
    assert printed(office["clerk"], path, wish="renew")["id"] == draft["id"]
    assert printed(office["clerk"], path, wish="end")["id"] != draft["id"]
    assert office["head"].code(path, "POST", json={"wish": "renew"}) == (403, "action_not_allowed")


def a_broken_seal(site):
    """As `vms web` has it when the seal's file does not open."""
    reason = VmsError(Kind.INVALID, "seal_unreadable", "Setting institution.seal: seal.p12 does not open.")
    press = site.desk.press
    broken = type(press)(
        letterhead=press.letterhead, zone=press.zone, templates=press.templates, seal=BrokenSeal(reason)
    )
    site.app.state.backends._desk = Desk(site.desk.store, site.desk.examiner, broken)


def test_what_was_decided_stands_when_its_paper_cannot_be_printed(site, office):
    clerk, head = office["clerk"], office["head"]
    grant = entered(site, office)
    today = day_of(site.clock.now_us()).isoformat()
    clerk.request("POST", "/agreements", json={"person_id": grant["person_id"], "signed_on": today})
    a_broken_seal(site)
    active = head.request("POST", f"/grants/{grant['id']}/activation").json()
    assert (active["state"], active["papers"]) == ("active", [])
    assert clerk.code(f"/grants/{grant['id']}/papers/authority", "POST") == (422, "seal_unreadable")
    site.app.state.backends._desk = site.desk
    form = printed(clerk, f"/grants/{grant['id']}/papers/authority")
    assert form["number"].endswith("/0001")  # the failed ones used no number up
    acts = [one["act"] for one in site.add_person("denetci", Role.AUDITOR).get("/audit").json()["entries"]]
    assert acts.count("document_issued") == 1


def test_what_was_decided_stands_when_the_papers_disk_takes_nothing(site, office):
    grant = entered(site, office)
    today = day_of(site.clock.now_us()).isoformat()
    office["clerk"].request("POST", "/agreements", json={"person_id": grant["person_id"], "signed_on": today})
    folder = site.desk.store.path(bytes(32)).parent.parent
    folder.write_text("no folder")
    active = office["head"].request("POST", f"/grants/{grant['id']}/activation").json()
    assert (active["state"], active["papers"]) == ("active", [])
    folder.unlink()
    assert printed(office["clerk"], f"/grants/{grant['id']}/papers/authority")["number"].endswith("/0001")


@pytest.fixture
def watch(site):
    """A guard supervisor with two guards who have their papers, and a post."""
    chief, clerk = site.add_person("amir", Role.GUARD_SUPERVISOR), site.add_person("kayit", Role.REGISTRY_CLERK)
    guards = [site.add_person(name, Role.GUARD) for name in ("hasan", "veli")]
    gate = site.add_camera("Kapı")
    today = day_of(site.clock.now_us()).isoformat()
    for guard in guards:
        with site.database.writing() as session:
            person = person_of(session, site.clock, session.get_one(Account, guard.account.id))
        clerk.request("POST", "/agreements", json={"person_id": str(person.id), "signed_on": today})
    post = chief.request("POST", "/posts", json={"name": "Ana giriş", "site": "Merkez", "cameras": [str(gate.id)]})

    def assign(guard):
        site.clock.advance(1)
        now_us = site.clock.now_us()
        body = {
            "account_id": str(guard.account.id), "post_id": post.json()["id"], "letter_no": "2026/14",
            "letter_on": today, "from_us": now_us, "until_us": now_us + 10 * DAY_US, "training": "Eğitim",
        }  # fmt: skip
        answer = chief.request("POST", "/assignments", json=body)
        assert answer.status_code == 201, answer.text
        return answer.json()

    return chief, guards, assign


@pytest.mark.proves("D-7.3", "edge-118")
def test_one_letter_is_one_list_and_a_guard_more_is_another_version(site, watch):
    chief, (hasan, veli), assign = watch
    first = assign(hasan)
    assert first["paper"] is None
    paper = printed(chief, f"/assignments/{first['id']}/paper")
    assert (paper["kind"], paper["version"]) == ("P-32", 1)
    second = assign(veli)
    newer = printed(chief, f"/assignments/{second['id']}/paper")
    assert (newer["number"], newer["version"], newer["code"] != paper["code"]) == (paper["number"], 2, True)
    assert printed(chief, f"/assignments/{first['id']}/paper")["version"] == 2
    rows = chief.get("/assignments").json()["assignments"]
    assert {row["paper"]["id"] for row in rows} == {newer["id"]}
    assert chief.get(f"/documents/{newer['id']}/paper.pdf").status_code == 200
    assert chief.code(f"/documents/{newer['id']}/cancel", "POST", json={"reason": "x"}) == (403, "action_not_allowed")
    fields = document_of(site, newer["id"]).fields
    assert [one["guard"]["name"] for one in fields["postings"]] == ["Hasan", "Veli"]
    assert (fields["site"], fields["postings"][0]["cameras"]) == ("Merkez", "1 Kapı")


@pytest.mark.proves("D-11.6")
def test_minutes_of_a_review_tell_how_the_account_was_used(site, office):
    with site.database.writing() as session:
        responsible = session.get_one(Account, office["head"].account.id).person_id
    wall = site.add_account("duvar", Role.SHARED_ACCOUNT, kind=AccountKind.SHARED, responsible_person_id=responsible)
    body = {
        "reviewer": "Mehmet Demir", "decision": "keep", "cameras": [str(office["gate"].id)], "olur": "2026/120",
    }  # fmt: skip
    row = office["head"].request("POST", f"/shared-accounts/{wall.id}/reviews", json=body).json()
    (made,) = row["reviews"]
    assert made["paper"]["kind"] == "P-17"
    again = printed(office["head"], f"/shared-accounts/{wall.id}/reviews/1/paper")
    assert again["id"] == made["paper"]["id"]
    assert office["head"].code(f"/shared-accounts/{wall.id}/reviews/7/paper", "POST") == (404, "review_not_found")
