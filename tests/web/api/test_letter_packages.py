"""Letters that come as e-Yazışma packages; numbers of EBYS over HTTP."""

import importlib.util
import sys
from pathlib import Path

import pytest

from vms.documents.model import Document
from vms.footage.ebys.model import EbysExchange
from vms.kernel.ids import new_id

_SPEC = importlib.util.spec_from_file_location(
    "eyp_packages_of_web", Path(__file__).parents[2] / "documents" / "eyp_packages.py"
)
made = importlib.util.module_from_spec(_SPEC)
sys.modules["eyp_packages_of_web"] = made
_SPEC.loader.exec_module(made)

TYPE = {"Content-Type": "application/eyazisma"}
PDF = {"Content-Type": "application/pdf"}


def looked_into(person, content, headers=TYPE):
    return person.request("POST", "/letters/package", content=content, headers=headers)


@pytest.fixture
def letter(office):
    return office.clerk.request("POST", "/letters", json=office.letter()).json()["letter"]


@pytest.mark.proves("E-9", "S-1d")
def test_a_package_says_what_its_letter_is_and_nothing_of_it_is_kept(office):
    found = looked_into(office.clerk, made.zipped(made.parts_of()))
    assert (found.status_code, found.json()) == (200, {
        "no": made.NO, "on": made.ON, "subject": made.SUBJECT, "sender_name": made.SENDER, "pages": 1,
        "signers": ["Ayşe Yılmaz", made.SENDER],
    })  # fmt: skip
    assert office.clerk.get("/letters").json()["letters"] == []
    for person in (office.auditor, office.guard, office.officer):
        assert looked_into(person, b"PK\x03\x04").json()["code"] == "action_not_allowed"


def test_what_is_no_finished_package_says_why(office):
    parts = made.parts_of()
    changed = {**parts, "UstYazi/yazi.pdf": made.LETTER + b" "}
    unsigned = {name: content for name, content in parts.items() if not name.startswith("Imzalar")}
    for content, code in (
        (made.zipped(changed), "signature_broken"), (made.zipped(unsigned), "eyp_unsigned"),
        (made.zipped({"SifreliIcerik/x.eyp": b"x"}), "eyp_encrypted"), (b"PK\x03\x04", "eyp_unreadable"),
        (office.scan, "eyp_unreadable"),
    ):  # fmt: skip
        answer = looked_into(office.clerk, content)
        assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert looked_into(office.clerk, office.scan, PDF).json()["code"] == "eyp_unreadable"


@pytest.mark.proves("E-10", "S-1d")
def test_a_package_is_kept_as_it_came_and_its_letter_is_shown_from_inside(office, letter):
    path, content = f"/letters/{letter['id']}/file", made.zipped(made.parts_of())
    filed = office.clerk.request("PUT", path, content=content, headers=TYPE).json()["file"]
    assert (filed["media_type"], filed["signature_kind"], filed["pages"]) == ("application/eyazisma", "e_signature", 1)
    assert filed["signers"] == ["Ayşe Yılmaz", made.SENDER]
    kept = office.auditor.get(path)
    assert (kept.content, kept.headers["content-type"]) == (content, "application/eyazisma")
    assert f'filename="Yazi {letter["number"]}.eyp"' in kept.headers["content-disposition"]
    inside = office.auditor.get(f"{path}/letter")
    assert (inside.content, inside.headers["content-type"]) == (made.LETTER, "application/pdf")
    assert inside.headers["content-disposition"].startswith("attachment;")
    assert office.guard.code(f"{path}/letter") == (404, "letter_not_found")
    office.clerk.request("PUT", path, content=office.scan, headers=PDF)
    assert office.clerk.code(f"{path}/letter") == (404, "letter_file_missing")


def test_a_package_that_was_changed_is_not_kept(office, letter):
    parts = made.parts_of()
    parts["NihaiUstveri/NihaiUstveri.xml"] += b" "
    path = f"/letters/{letter['id']}/file"
    assert office.clerk.code(path, "PUT", content=made.zipped(parts), headers=TYPE) == (422, "signature_broken")
    assert office.clerk.get(f"/letters/{letter['id']}").json()["file"] is None


def test_no_document_is_handed_back_as_a_package(office):
    document = issued(office)
    path = f"/documents/{document}/signed-file"
    assert office.clerk.code(path, "PUT", content=made.zipped(made.parts_of()), headers=TYPE)[1] == "file_type_wrong"
    assert office.clerk.code(path, "PUT", content=made.zipped(made.parts_of()), headers=PDF)[1] == "file_type_wrong"


@pytest.mark.proves("R-10")
def test_where_a_letter_stands_with_ebys_is_told_with_what_keeps_it_from_its_number(office, letter):
    path = f"/letters/{letter['id']}"
    assert (letter["is_ebys_pending"], letter["ebys"]) == (True, None)
    row = {"state": "told", "problem": "differs", "detail": "", "given_no": "E-7", "given_on": None}
    asked(office, letter["id"], **row, told_sha256=b"x", next_us=5)
    assert office.auditor.get(path).json()["ebys"] == {**row, "next_us": 5}
    noted = office.clerk.request("PUT", path, json={"ebys_no": "e-7"}).json()
    assert noted["ebys"] == {
        "state": "given", "problem": "", "detail": "", "given_no": "", "given_on": None, "next_us": None,
    }, "what a person put right is no contradiction any more"  # fmt: skip


@pytest.mark.proves("R-10")
def test_who_keeps_the_register_notes_the_number_of_a_record(office):
    document = issued(office)
    path = f"/documents/{document}/ebys"
    noted = office.clerk.request("PUT", path, json={"no": " E-12 ", "on": "2026-11-21"})
    assert (noted.status_code, noted.json()["ebys_no"], noted.json()["ebys_on"]) == (200, "E-12", "2026-11-21")
    assert noted.json()["ebys"] is None
    assert office.clerk.code(path, "PUT", json={"no": "x" * 61}) == (422, "ebys_no_invalid")
    assert office.guard.code(path, "PUT", json={"no": "E-1"}) == (403, "action_not_allowed")
    assert office.clerk.code(f"/documents/{new_id(office.site.clock)}/ebys", "PUT", json={"no": "E-1"})[0] == 404


def asked(office, paper_id, **more):
    from uuid import UUID

    with office.site.database.writing() as session:
        session.add(EbysExchange(paper_id=UUID(paper_id), kind="letter", **more))


def issued(office):
    """A P-31 as the register has it."""
    document = Document(
        id=new_id(office.site.clock), kind="P-31", state="issued", version=1, title="Görüntü kaydı talebi",
        subject_kind="request", subject_id="x", account_id=None, fields={}, created_us=1, created_by_id=None,
        created_by="x", year=2026, sequence=77, code="x", pdf_sha256=b"x", issued_us=1,
    )  # fmt: skip
    with office.site.database.writing() as session:
        session.add(document)
    return document.id
