"""Initials over HTTP: who finds what waits for theirs, what they may do, what everybody else is told."""

import subprocess
from dataclasses import replace

import cv2
import numpy as np
import pytest

from vms.audit.entry import Subject
from vms.cli.paper_options import person_of
from vms.documents.rules import Kind
from vms.documents.service import NewDocument, cancel, issue_new, revise
from vms.kernel.clock import US_PER_DAY
from vms.people.model import Account
from vms.people.organisation_model import Person
from vms.people.rules import Role

FIELDS = {
    "letter": {"number": "E-41", "day": "2026-11-20"}, "site": "Konak", "supervisor": {"name": "Ümit Şahin"},
    "postings": [
        {"guard": {"name": "Işıl Çığ"}, "post": "Vezne", "cameras": "12", "first_day": "2026-11-21",
         "last_day": "2026-12-20"},
    ],
}  # fmt: skip
BREACH = {
    "day": "2026-11-20", "noticed_day": "2026-11-20", "person": {"name": "Muhendis"}, "what": "Ekran çekildi.",
    "action": "Uyarıldı.", "reporter": {"name": "Ümit Şahin"},
}  # fmt: skip
CHAIN = ("Mühendis", "Müdür")

pytestmark = pytest.mark.proves("S-1f")


@pytest.fixture
def add(site):
    """`add(name, role, title)`: somebody signed in, of whom the register knows a title."""

    def add(name, role, title):
        added = site.add_person(name, role)
        with site.database.writing() as session:
            person = person_of(session, site.clock, session.get_one(Account, added.account.id))
            person = session.get_one(Person, person.id)
            person.describe(person.full_name, person.registry_no, title)
        return added

    return add


@pytest.fixture
def people(add, site):
    return {
        "engineer": add("muhendis", Role.AUTHORISED_VIEWER, "MÜHENDİS"),
        "manager": add("mudur", Role.BRANCH_MANAGER, "müdür"),
        "viewer": add("izleyen", Role.AUTHORISED_VIEWER, "Memur"),
        "clerk": site.add_person("katip", Role.REGISTRY_CLERK),
    }


@pytest.fixture
def issue(site):
    def issued(chain=CHAIN, kind=Kind.POSTING, fields=FIELDS):
        press = replace(site.desk.press, chains={kind: chain})
        new = NewDocument(kind=kind, fields=fields, subject=Subject("account", "7"))
        with site.database.writing() as session:
            return issue_new(session, site.clock, press, site.desk.store, new)

    return issued


def found(person, **query):
    answer = person.get("/documents", params=query)
    assert answer.status_code == 200, answer.text
    return [row["number"] for row in answer.json()["documents"]]


def waiting(person):
    rows = person.get("/reminders").json()["reminders"]
    return [(one["name"], one["subject_id"]) for one in rows if one["kind"] == "initials_wait"]


def test_whose_turn_it_is_finds_reads_and_initials_it_and_then_the_next(site, people, issue):
    engineer, manager, viewer, clerk = people.values()
    document = issue()
    path = f"/documents/{document.id}"
    assert found(engineer) == found(engineer, awaits_me=True) == [document.number]
    assert (found(viewer), found(manager, awaits_me=True)) == ([], [])
    assert (waiting(engineer), waiting(manager)) == ([(document.number, str(document.id))], [])
    assert engineer.get(f"{path}/paper.pdf").content.startswith(b"%PDF")
    row = engineer.get(path).json()
    assert [(one["title"], one["name"]) for one in row["initials"]] == [("Mühendis", ""), ("Müdür", "")]
    assert (row["awaits_initials_of"], row["may_initial"], row["is_initial_possible"]) == ("Mühendis", True, True)
    assert (clerk.get(path).json()["may_initial"], manager.get(path).json()["may_initial"]) == (False, False)

    assert viewer.code(f"{path}/initials", "POST") == (404, "document_not_found")
    assert clerk.code(f"{path}/initials", "POST") == (403, "initial_not_yours")
    early = manager.request("POST", f"{path}/initials", headers={"Accept-Language": "tr"})
    assert (early.status_code, early.json()["code"], early.json()["facts"]) == (
        409, "initial_missing", {"title": "Mühendis"},
    )  # fmt: skip
    assert "paraf" in early.json()["detail"]

    done = engineer.request("POST", f"{path}/initials")
    assert done.status_code == 200, done.text
    assert done.json()["initials"][0] == {"title": "Mühendis", "name": "Muhendis", "at_us": site.clock.now_us()}
    assert (done.json()["awaits_initials_of"], done.json()["may_initial"]) == ("Müdür", False)
    assert engineer.code(f"{path}/initials", "POST") == (409, "initialled_already")
    assert (found(engineer), found(engineer, awaits_me=True)) == ([document.number], [])
    assert (waiting(engineer), waiting(manager)) == ([], [(document.number, str(document.id))])
    assert manager.request("POST", f"{path}/initials").json()["awaits_initials_of"] == ""
    assert waiting(manager) == []
    assert clerk.code(f"{path}/initials", "POST") == (409, "initial_not_awaited")
    auditor = site.add_person("denetci", Role.AUDITOR)
    entries = auditor.get("/audit", params={"act": "document_initialled"}).json()["entries"]
    assert [one["detail"]["title"] for one in entries] == ["Müdür", "Mühendis"]


@pytest.mark.system
@pytest.mark.sockets
def test_a_scan_is_refused_before_the_chain_is_whole_and_taken_after(site, people, issue):
    document = issue()
    drawn = subprocess.run(
        ["pdftoppm", "-r", "150", "-gray", "-"], input=site.desk.store.read(document.pdf_sha256), capture_output=True,
        check=True,
    )  # fmt: skip
    scan = cv2.imencode(".jpg", cv2.imdecode(np.frombuffer(drawn.stdout, np.uint8), 0))[1].tobytes()
    path, jpeg = f"/documents/{document.id}", {"Content-Type": "image/jpeg"}
    clerk = people["clerk"]
    for name in ("engineer", "manager"):
        assert clerk.code(f"{path}/signed-file", "PUT", content=scan, headers=jpeg) == (409, "initial_missing")
        assert people[name].request("POST", f"{path}/initials").status_code == 200
    answer = clerk.request("PUT", f"{path}/signed-file", content=scan, headers=jpeg)
    assert (answer.status_code, answer.json()["state"]) == (200, "signed")


def test_who_only_initials_a_paper_neither_cancels_it_nor_hands_it_in(add, issue):
    officer = add("goruntucu", Role.FOOTAGE_OFFICER, "Mühendis")
    path = f"/documents/{issue(kind=Kind.BREACH, fields=BREACH).id}"
    assert officer.request("POST", f"{path}/initials").status_code == 200
    assert officer.get(path).status_code == 200
    assert officer.code(f"{path}/cancel", "POST", json={"reason": "yok"}) == (404, "document_not_found")
    pdf = {"Content-Type": "application/pdf"}
    assert officer.code(f"{path}/signed-file", "PUT", content=b"%PDF-1.7", headers=pdf) == (404, "document_not_found")


@pytest.mark.proves("edge-118")
def test_a_reader_by_turn_reads_no_other_version(site, people, issue):
    engineer, document = people["engineer"], issue()
    press = replace(site.desk.press, chains={Kind.POSTING: CHAIN})
    with site.database.writing() as session:
        after = revise(session, site.clock, press, site.desk.store, document.id, FIELDS)
    assert engineer.code(f"/documents/{document.id}") == (404, "document_not_found")
    rows = engineer.get(f"/documents/{after.id}/versions").json()["documents"]
    assert [(one["id"], one["version"]) for one in rows] == [(str(after.id), 2)]
    assert len(people["clerk"].get(f"/documents/{after.id}/versions").json()["documents"]) == 2


def test_a_title_that_nobody_bears_holds_the_paper_up_and_that_is_said(site, people, issue):
    document = issue(("Başkan Yardımcısı",))
    row = people["clerk"].get(f"/documents/{document.id}").json()
    assert (row["awaits_initials_of"], row["is_initial_possible"]) == ("Başkan Yardımcısı", False)
    with site.database.writing() as session:
        cancel(session, site.clock, document.id, "Zincir yanlış")
    row = people["clerk"].get(f"/documents/{document.id}").json()
    assert (row["awaits_initials_of"], row["is_initial_possible"], len(row["initials"])) == ("", True, 1)


def test_a_paper_that_waits_a_day_is_worth_a_mail(site, people, issue, clock):
    from vms.authority.policy import DEFAULT
    from vms.reminders.queries import records
    from vms.reminders.rules import due

    issue()
    for waited, is_for_mail in ((0, False), (US_PER_DAY, True)):
        clock.advance(waited / 1e6)
        with site.database.reading() as session:
            (one,) = [
                one for one in due(records(session, clock.now_us(), DEFAULT), clock.now_us())
                if one.kind == "initials_wait"
            ]  # fmt: skip
        assert (one.is_for_mail, len(one.person_ids)) == (is_for_mail, 1)


def test_initials_are_for_who_is_signed_in(site, issue):
    assert site.caller.request("POST", f"/api/v1/documents/{issue().id}/initials").status_code == 401
