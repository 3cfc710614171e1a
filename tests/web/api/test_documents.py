"""The register of documents over HTTP, and the page where anybody asks after a paper."""

import asyncio
import re
import subprocess
from urllib.parse import unquote

import cv2
import httpx
import numpy as np
import pytest
from caller import Caller

from vms.audit.entry import Subject
from vms.audit.model import AuditEntry
from vms.documents.queries import need_document
from vms.documents.rules import Kind
from vms.documents.service import NewDocument, cancel, draft, issue_new, revise
from vms.people.rules import Role

FIELDS = {
    "person": {"name": "Ayşegül Işıldak", "registry_no": "IZ-1", "title": "Güvenlik Görevlisi"},
    "day": "2026-11-21",
}
PDF = {"Content-Type": "application/pdf"}


@pytest.fixture
def clerk(site):
    return site.add_person("clerk", Role.REGISTRY_CLERK)


@pytest.fixture
def guard(site):
    return site.add_person("guard", Role.GUARD)


@pytest.fixture
def issue(site):
    def issued(account=None):
        new = NewDocument(
            kind=Kind.AGREEMENT,
            fields=FIELDS,
            subject=Subject("account", "7"),
            account_id=account.id if account else None,
        )
        with site.database.writing() as session:
            return issue_new(session, site.clock, site.desk.press, site.desk.store, new)

    return issued


@pytest.fixture
def public(site):
    return Caller(site.app, "203.0.113.7")


@pytest.mark.proves("E-1")
def test_everybody_reads_their_own_papers_and_the_clerk_all(site, clerk, guard, issue):
    own = issue(guard.account)
    site.clock.advance(1)
    other = issue()
    assert [row["number"] for row in guard.get("/documents").json()["documents"]] == [own.number]
    assert [row["id"] for row in clerk.get("/documents").json()["documents"]] == [str(other.id), str(own.id)]
    assert clerk.get(f"/documents?account_id={guard.account.id}").json()["documents"][0]["id"] == str(own.id)
    assert guard.get(f"/documents?account_id={clerk.account.id}").json()["documents"] == []
    for path in ("", "/paper.pdf", "/signed-file", "/versions"):
        assert guard.code(f"/documents/{other.id}{path}") == (404, "document_not_found")
    assert site.caller.get(f"/api/v1/documents/{own.id}/paper.pdf").status_code == 401
    auditor = site.add_person("auditor", Role.AUDITOR)
    assert len(auditor.get("/documents").json()["documents"]) == 2


@pytest.mark.proves("edge-116", "E-1")
def test_a_paper_is_downloaded_under_its_turkish_name_and_that_is_written_down(site, clerk, issue):
    document = issue()
    answer = clerk.get(f"/documents/{document.id}/paper.pdf")
    assert answer.content == site.desk.store.read(document.pdf_sha256)
    assert (answer.headers["content-type"], answer.headers["cache-control"]) == ("application/pdf", "no-store")
    told = answer.headers["content-disposition"]
    assert 'filename="P-08-2025-0001 Gizlilik Sozlesmesi.pdf"'.replace("2025", str(document.year)) in told
    assert unquote(told.partition("filename*=UTF-8''")[2]) == f"P-08-{document.year}-0001 Gizlilik Sözleşmesi.pdf"
    assert "Ayşegül" not in unquote(told)
    with site.database.reading() as session:
        entries = [one for one in session.query(AuditEntry) if one.act == "document_read"]
    assert [(one.actor_id, one.subject_words) for one in entries] == [(clerk.account.id, document.number)]


@pytest.mark.system
@pytest.mark.sockets
@pytest.mark.proves("D-0.2")
def test_a_scan_is_handed_in_and_read_back(site, clerk, guard, issue):
    document = issue()
    paper = site.desk.store.read(document.pdf_sha256)
    drawn = subprocess.run(["pdftoppm", "-r", "150", "-gray", "-"], input=paper, capture_output=True, check=True)
    scan = cv2.imencode(".jpg", cv2.imdecode(np.frombuffer(drawn.stdout, np.uint8), 0))[1].tobytes()
    path, jpeg = f"/documents/{document.id}/signed-file", {"Content-Type": "image/jpeg"}
    assert guard.code(path, "PUT", content=scan, headers=jpeg) == (403, "action_not_allowed")
    answer = clerk.request("PUT", path, content=scan, headers=jpeg)
    assert answer.status_code == 200, answer.text
    told = answer.json()
    assert (told["state"], told["signed"]["signature_kind"], told["signed"]["matched_by"]) == ("signed", "wet", "code")
    back = clerk.get(path)
    assert (back.content, back.headers["content-type"], back.headers["cache-control"]) == (
        scan,
        "image/jpeg",
        "no-store",
    )
    assert clerk.code(path, "PUT", content=scan, headers=jpeg) == (409, "document_state_wrong")


def test_what_is_no_signed_file_is_refused_by_name(clerk, issue):
    path = f"/documents/{issue().id}/signed-file"
    assert clerk.code(path, "PUT", content=b"{}", headers={"Content-Type": "application/json"}) == (
        415,
        "file_type_wrong",
    )
    assert clerk.code(path, "PUT", content=b"GIF89a", headers=PDF) == (415, "file_type_wrong")
    assert clerk.code(path, "PUT", content=b"%PDF-1.7 nothing", headers=PDF) == (422, "file_unreadable")
    answer = clerk.request("PUT", path, content=b"%PDF-1.7 nothing", headers=PDF | {"Accept-Language": "tr"})
    assert "açılamıyor" in answer.json()["detail"]


@pytest.mark.sockets
def test_two_hundred_megabytes_are_refused_before_they_are_read(site, clerk, issue):
    """With a length by the length, without one as soon as it is too much."""
    document = issue()

    async def too_much():
        for _ in range(200):
            yield bytes(1024 * 1024)

    async def hand_in():
        async with site.served() as address:
            path = f"http://{address}/api/v1/documents/{document.id}/signed-file"
            reader, writer = await asyncio.open_connection(*address.split(":"))
            length = 200 * 1024 * 1024
            writer.write(
                f"PUT {path.partition(address)[2]} HTTP/1.1\r\nHost: {address}\r\nContent-Type: application/pdf\r\n"
                f"Cookie: {clerk.cookie['Cookie']}\r\nContent-Length: {length}\r\n\r\n".encode()
            )
            early = await asyncio.wait_for(reader.read(4096), 20)
            writer.close()
            async with httpx.AsyncClient(trust_env=False, timeout=30) as client:
                late = await client.put(path, content=too_much(), headers=clerk.cookie | PDF)
        return early, late

    early, late = asyncio.run(hand_in())
    assert early.startswith(b"HTTP/1.1 413 ")
    assert b"file_too_large" in early
    assert (late.status_code, late.json()["code"]) == (413, "file_too_large")
    with site.database.reading() as session:
        assert need_document(session, document.id).state == "issued"


def test_other_requests_stay_as_short_as_they_were(clerk, issue):
    body = {"reason": "x" * 300_000}
    assert clerk.code(f"/documents/{issue().id}/cancel", "POST", json=body) == (413, "request_too_large")


@pytest.mark.proves("edge-117")
def test_cancelling_says_why_and_the_page_says_cancelled(site, clerk, guard, public, issue):
    document = issue()
    path = f"/documents/{document.id}/cancel"
    assert guard.code(path, "POST", json={"reason": "x"}) == (403, "action_not_allowed")
    assert clerk.code(path, "POST", json={"reason": " "}) == (422, "reason_required")
    told = clerk.request("POST", path, json={"reason": "Yanlış kişi"}).json()
    assert (told["state"], told["cancel_reason"]) == ("cancelled", "Yanlış kişi")
    page = public.get(f"/d/{document.code}")
    assert page.status_code == 200
    assert "Belge iptal edildi" in page.text
    assert "Yanlış kişi" not in page.text
    assert public.get(f"/api/v1/documents/verify/{document.code}").json()["state"] == "cancelled"


@pytest.mark.proves("D-0.1", "E-1")
def test_anybody_learns_whether_a_paper_counts_and_nothing_else(site, public, issue):
    document = issue()
    answer = public.get(f"/api/v1/documents/verify/{document.code.lower().replace('-', ' ')}")
    assert answer.json() == {
        "state": "valid", "kind": "P-08", "number": document.number, "version": 1, "issued_us": document.issued_us,
        "sha256": document.pdf_sha256.hex(), "is_signed": False, "signature_kind": None,
    }  # fmt: skip
    for language, words in (("tr", "Belge geçerli"), ("en", "This document is valid")):
        page = public.get(f"/d/{document.code}?lang={language}")
        assert page.status_code == 200
        assert words in page.text
        for said in (document.number, document.code, document.pdf_sha256.hex(), "Deneme Belediyesi"):
            assert said in page.text
        for kept in ("Ayşegül", "Işıldak", "IZ-1", "<script"):
            assert kept not in page.text
        assert page.headers["cache-control"] == "no-store"
        assert "script-src 'none'" in page.headers["content-security-policy"]
        assert page.headers["x-robots-tag"] == "noindex"


@pytest.mark.proves("edge-118")
def test_the_page_tells_a_replaced_version_from_the_one_that_counts(site, public, issue):
    before = issue()
    with site.database.writing() as session:
        after = revise(session, site.clock, site.desk.press, site.desk.store, before.id, FIELDS)
    assert "Belgenin yerine yenisi" in public.get(f"/d/{before.code}").text
    assert public.get(f"/api/v1/documents/verify/{before.code}").json()["state"] == "superseded"
    assert "Belge geçerli" in public.get(f"/d/{after.code}").text


@pytest.mark.proves("D-0.1")
@pytest.mark.parametrize(
    "typed", ["0000-0000-0000-0000", "7Q2M-K0XT", "' OR 1=1 --", "<script>alert(1)</script>", "ş", "%00"]
)
def test_an_unknown_code_is_answered_without_a_hint(public, typed):
    page = public.get("/d", params={"code": typed})
    assert page.status_code == 404
    assert "Bu kodla kayıtlı bir belge yok" in page.text
    assert "<script" not in page.text
    answer = public.get(f"/api/v1/documents/verify/{re.sub('[^0-9A-Za-z-]', 'x', typed)}")
    assert (answer.status_code, answer.json()["code"]) == (404, "document_unknown")


def test_a_draft_and_a_dropped_draft_answer_nobody(site, public):
    with site.database.writing() as session:
        document = draft(session, site.clock, NewDocument(kind=Kind.AGREEMENT, fields=FIELDS, subject=Subject("x")))
        cancel(session, site.clock, document.id, "Gerek yok")
    assert public.get("/d", params={"code": ""}).status_code == 200
    assert public.get("/api/v1/documents/verify/x").status_code == 404


@pytest.mark.proves("edge-117", "D-0.1")
def test_guessing_is_stopped_for_page_and_program_alike(site, public, issue):
    document = issue()
    answers = [public.get(f"/d/{number:016d}").status_code for number in range(8)]
    assert answers == [404] * 6 + [429] * 2
    refused = public.get(f"/api/v1/documents/verify/{document.code}")
    assert (refused.status_code, refused.json()["code"], refused.headers["retry-after"]) == (
        429,
        "too_many_queries",
        "60",
    )
    assert "Kısa sürede çok sayıda sorgu" in public.get(f"/d/{document.code}").text
    assert Caller(site.app, "203.0.113.8").get(f"/d/{document.code}").status_code == 200
    site.clock.advance(60)
    assert public.get(f"/d/{document.code}").status_code == 200


def test_the_form_works_without_a_script(public, issue):
    page = public.get("/d")
    assert '<form class="panel ask" action="/d" method="get">' in page.text
    assert "form-action 'self'" in page.headers["content-security-policy"]
    document = issue()
    assert "Belge geçerli" in public.get("/d", params={"lang": "tr", "code": f" {document.code.lower()} "}).text


def test_a_list_is_read_page_by_page(clerk, issue, site):
    numbers = []
    for _ in range(5):
        numbers.append(issue().number)
        site.clock.advance(1)
    found, before = [], None
    while True:
        answer = clerk.get("/documents", params={"limit": 2} | ({"before": before} if before else {})).json()
        found += [row["number"] for row in answer["documents"]]
        before = answer["next_before"]
        if before is None:
            break
    assert found == numbers[::-1]
    assert clerk.get("/documents?kind=P-09").json()["documents"] == []
    assert clerk.get("/documents?kind=X").status_code == 422
