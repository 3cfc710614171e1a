"""What comes back signed: by whom, of which document, how it is proved."""

import hashlib
import io
import subprocess
from dataclasses import replace

import cv2
import numpy as np
import pypdfium2 as pdfium
import pytest
from certificates import Authority
from filled_forms import AYSE, FORMS
from paper import picture_of, words_of
from pyhanko.pdf_utils.generic import NumberObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields, signers
from sqlalchemy import select

from vms.audit.entry import Actor, Subject
from vms.audit.model import AuditEntry
from vms.cli.parts.paper_examiner import ChildExaminer
from vms.documents.queries import need_document, signed_file, verify_code
from vms.documents.rules import Kind, State
from vms.documents.seal import Seal
from vms.documents.service import NewDocument, cancel, issue_new, need_signed, revise
from vms.documents.signing import HandedBack, take_back
from vms.documents.upload import MAX_UPLOAD_BYTES, media_type_of
from vms.kernel.errors import VmsError

CLERK = Actor(None, "Kayıt memuru · kayit")
PASSWORD = "çok gizli"

pytestmark = [pytest.mark.system, pytest.mark.sockets, pytest.mark.long]


@pytest.fixture(scope="module")
def authority():
    return Authority()


@pytest.fixture
def roots(authority, tmp_path):
    folder = tmp_path / "roots"
    folder.mkdir()
    (folder / "root.pem").write_bytes(authority.root)
    return folder


@pytest.fixture
def examiner(roots):
    return ChildExaminer(roots)


@pytest.fixture
def issued(database, clock, press, store):
    def made(kind="P-08", press=press, **changes):
        new = NewDocument(kind=Kind(kind), fields=FORMS[kind] | changes, subject=Subject("account", "7"))
        with database.writing() as session:
            return issue_new(session, clock, press, store, new, by=CLERK)

    return made


@pytest.fixture
def hand_back(database, clock, store, examiner, tmp_path):
    def handed(document, content, was_compared=False):
        path = tmp_path / "handed back"
        path.write_bytes(content)
        return take_back(database, clock, store, examiner, HandedBack(document.id, path, was_compared), by=CLERK)

    return handed


def code_of(call):
    with pytest.raises(VmsError) as refusal:
        call()
    return refusal.value.code


def e_signed(pdf, authority, tmp_path, name="Ayşegül Işıldak", field="Imza1"):
    signer = signers.SimpleSigner.load_pkcs12(
        authority.pkcs12(name, PASSWORD, tmp_path / "p12"), passphrase=PASSWORD.encode()
    )
    metadata = signers.PdfSignatureMetadata(field_name=field, subfilter=fields.SigSeedSubFilter.PADES)
    return signers.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf)), metadata, signer=signer).getvalue()


def scan_of(pdf, page=1, noise=8.0, degrees=1.3):
    """A page as an office scanner gives it back: askew, grey, noisy."""
    picture = picture_of(pdf, page, 200)
    height, width = picture.shape
    turned = cv2.warpAffine(
        picture, cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1), (width, height), borderValue=245
    )
    grain = np.random.default_rng(7).normal(8, noise, picture.shape)
    return cv2.GaussianBlur(np.clip(turned * 0.92 + grain, 0, 255).astype(np.uint8), (0, 0), 0.8)


def jpeg_of(picture):
    return cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, 70])[1].tobytes()


def pdf_of(pictures):
    """A PDF of pictures alone, as scanners make them: it has no text."""
    document = pdfium.PdfDocument.new()
    for picture in pictures:
        image = pdfium.PdfImage.new(document)
        image.load_jpeg(io.BytesIO(jpeg_of(picture)))
        image.set_matrix(pdfium.PdfMatrix().scale(595, 842))
        page = document.new_page(595, 842)
        page.insert_obj(image)
        page.gen_content()
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@pytest.mark.proves("D-0.2")
def test_an_e_signed_pdf_closes_the_document(database, store, issued, hand_back, authority, tmp_path):
    document = issued()
    signed_pdf = e_signed(store.read(document.pdf_sha256), authority, tmp_path)
    assert hand_back(document, signed_pdf).state == State.SIGNED
    with database.reading() as session:
        need_signed(need_document(session, document.id))
        signed = signed_file(session, document.id)
        assert verify_code(session, document.code).signature_kind == "e_signature"
        entry = session.scalars(select(AuditEntry).where(AuditEntry.act == "document_signed")).one()
    assert (signed.signature_kind, signed.matched_by) == ("e_signature", "bytes")
    assert [(one["name"], one["is_intact"], one["is_trusted"]) for one in signed.signatures] == [
        ("Ayşegül Işıldak", True, True)
    ]
    assert store.read(signed.sha256) == signed_pdf
    assert hashlib.sha256(signed_pdf).hexdigest() in entry.detail
    assert code_of(lambda: hand_back(document, signed_pdf)) == "document_state_wrong"


@pytest.mark.proves("D-0.2")
@pytest.mark.parametrize("form", ["jpeg", "png", "pdf"])
def test_a_scan_of_the_signed_paper_closes_the_document(database, store, issued, hand_back, form):
    document = issued()
    picture = scan_of(store.read(document.pdf_sha256))
    content = {
        "jpeg": jpeg_of,
        "png": lambda one: cv2.imencode(".png", one)[1].tobytes(),
        "pdf": lambda one: pdf_of([one]),
    }
    assert hand_back(document, content[form](picture)).state == State.SIGNED
    with database.reading() as session:
        signed = signed_file(session, document.id)
    assert (signed.signature_kind, signed.matched_by, signed.signatures) == ("wet", "code", [])


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_scan_lying_on_its_side_is_read(store, issued, hand_back, degrees):
    document = issued()
    turned = np.ascontiguousarray(np.rot90(scan_of(store.read(document.pdf_sha256), noise=6), degrees // 90))
    assert hand_back(document, jpeg_of(turned)).state == State.SIGNED


@pytest.mark.proves("D-0.2")
def test_a_file_of_another_document_is_refused(database, clock, press, store, issued, hand_back, authority, tmp_path):
    ours, other = issued(), issued(person=AYSE | {"name": "Başka Biri"})
    paper = store.read(other.pdf_sha256)
    for content in (e_signed(paper, authority, tmp_path), jpeg_of(scan_of(paper))):
        assert code_of(lambda content=content: hand_back(ours, content)) == "signed_file_mismatch"
        assert code_of(lambda content=content: hand_back(ours, content, was_compared=True)) == "signed_file_mismatch"
    with database.writing() as session:
        later = revise(session, clock, press, store, ours.id, FORMS["P-08"], by=CLERK)
    of_before = jpeg_of(scan_of(store.read(ours.pdf_sha256)))
    assert code_of(lambda: hand_back(later, of_before)) == "signed_file_mismatch"


def test_a_paper_without_a_readable_code_needs_a_person_who_compared(database, issued, hand_back):
    document = issued()
    blank = jpeg_of(np.full((1000, 700), 240, np.uint8))
    assert code_of(lambda: hand_back(document, blank)) == "signed_file_code_missing"
    assert hand_back(document, blank, was_compared=True).state == State.SIGNED
    with database.reading() as session:
        assert signed_file(session, document.id).matched_by == "eye"


def test_all_pages_must_come_back(store, issued, hand_back):
    attendees = [AYSE | {"name": f"Kişi {row}"} for row in range(25)]
    document = issued("P-16", attendees=attendees)
    assert document.pages == 2
    paper = store.read(document.pdf_sha256)
    pictures = [scan_of(paper, page) for page in (1, 2)]
    assert code_of(lambda: hand_back(document, jpeg_of(pictures[0]))) == "signed_file_pages_missing"
    assert hand_back(document, pdf_of(pictures)).state == State.SIGNED


def test_the_paper_that_nobody_signed_is_refused(store, issued, hand_back, letterhead, press, authority, tmp_path):
    document = issued()
    assert code_of(lambda: hand_back(document, store.read(document.pdf_sha256))) == "signed_file_unsigned"
    sealed = issued(
        press=replace(press, seal=Seal.at(authority.pkcs12("Belediye", PASSWORD, tmp_path / "s"), PASSWORD))
    )
    assert code_of(lambda: hand_back(sealed, store.read(sealed.pdf_sha256))) == "signed_file_unsigned"


@pytest.mark.proves("D-0.2")
@pytest.mark.parametrize("is_sealed", [False, True])
def test_the_printed_file_with_something_put_to_it_is_no_scan(
    issued, store, hand_back, press, authority, tmp_path, is_sealed
):
    seal = Seal.at(authority.pkcs12("Belediye", PASSWORD, tmp_path / "s"), PASSWORD) if is_sealed else None
    document = issued(press=replace(press, seal=seal))
    paper = store.read(document.pdf_sha256)
    turned = IncrementalPdfFileWriter(io.BytesIO(paper))  # as a program that draws on a PDF saves it
    turned.root["/Pages"]["/Kids"][0]["/Rotate"] = NumberObject(90)
    turned.mark_update(turned.root["/Pages"]["/Kids"].raw_get(0))
    drawn = io.BytesIO()
    turned.write(drawn)
    wanted = {"signed_file_unsigned", "signature_broken"} if is_sealed else {"signed_file_unsigned"}
    for content in (paper + b"\n% scanned\n", drawn.getvalue()):
        assert code_of(lambda content=content: hand_back(document, content, was_compared=True)) in wanted
    assert hand_back(document, e_signed(paper, authority, tmp_path)).state == State.SIGNED


def test_a_pdf_that_was_changed_after_signing_is_refused(store, issued, hand_back, authority, tmp_path):
    document = issued()
    signed = bytearray(e_signed(store.read(document.pdf_sha256), authority, tmp_path))
    signed[200] ^= 1  # inside what the signature covers
    with pytest.raises(VmsError) as refusal:
        hand_back(document, bytes(signed))
    assert refusal.value.code in {"signature_broken", "file_unreadable"}
    writer = IncrementalPdfFileWriter(io.BytesIO(e_signed(store.read(document.pdf_sha256), authority, tmp_path)))
    page = writer.root["/Pages"]["/Kids"][0]
    page["/Rotate"] = NumberObject(90)
    writer.mark_update(writer.root["/Pages"]["/Kids"].raw_get(0))
    out = io.BytesIO()
    writer.write(out)
    assert code_of(lambda: hand_back(document, out.getvalue())) == "signature_broken"


def test_a_signature_of_an_unknown_authority_is_kept_as_unproved(database, store, issued, hand_back, tmp_path):
    document = issued()
    stranger = Authority("Başka Kök")
    hand_back(document, e_signed(store.read(document.pdf_sha256), stranger, tmp_path))
    with database.reading() as session:
        (signature,) = signed_file(session, document.id).signatures
    assert (signature["is_intact"], signature["is_trusted"]) == (True, False)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file_type_wrong"),
        (b"GIF89a" + bytes(100), "file_type_wrong"),
        (b"PK\x03\x04" + bytes(100), "file_type_wrong"),
        (b"<html><script>%PDF", "file_type_wrong"),
        (b"%PDF-1.7\n" + b"x" * 5_000, "file_unreadable"),
        (b"%PDF-1.7\n%%EOF", "file_unreadable"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "file_unreadable"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + (100_000).to_bytes(4) * 2 + bytes(50), "picture_too_large"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + (1_000).to_bytes(4) * 2 + bytes(50), "file_unreadable"),
        (b"\xff\xd8\xff\xe0\x00\x02\xff\xc0\x00\x11\x08\xff\xff\xff\xff" + bytes(20), "picture_too_large"),
        (b"\xff\xd8\xff" + bytes(100), "file_unreadable"),
    ],
)
def test_what_is_no_signed_paper_is_refused_by_name(issued, hand_back, content, code):
    document = issued()
    assert code_of(lambda: hand_back(document, content)) == code


def test_a_file_is_what_its_bytes_say_and_not_too_long(issued, hand_back):
    assert media_type_of(b"\xef\xbb\xbf%PDF-1.4").value == "application/pdf"
    document = issued()
    assert code_of(lambda: hand_back(document, b"%PDF-" + bytes(MAX_UPLOAD_BYTES))) == "file_too_large"


def test_a_picture_that_swells_when_it_is_decoded_harms_nobody(issued, hand_back):
    """A page of a few kilobytes that would be drawn as gigabytes: the child's bounds end it, or it is scaled down."""
    document = pdfium.PdfDocument.new()
    for _ in range(3):
        page = document.new_page(14_400, 14_400)
        page.gen_content()
    out = io.BytesIO()
    document.save(out)
    assert code_of(lambda: hand_back(issued(), out.getvalue())) in {"signed_file_code_missing", "file_unreadable"}


def test_a_locked_pdf_is_unreadable(store, issued, hand_back, tmp_path):
    from pyhanko.pdf_utils.writer import copy_into_new_writer

    document = issued()
    writer = copy_into_new_writer(PdfFileReader(io.BytesIO(store.read(document.pdf_sha256))))
    writer.encrypt("secret")
    out = io.BytesIO()
    writer.write(out)
    assert code_of(lambda: hand_back(document, out.getvalue())) == "file_unreadable"


def test_a_cancelled_document_is_not_signed_any_more(database, clock, store, issued, hand_back):
    document = issued()
    with database.writing() as session:
        cancel(session, clock, document.id, "Yanlış", by=CLERK)
    assert (
        code_of(lambda: hand_back(document, jpeg_of(scan_of(store.read(document.pdf_sha256)))))
        == "document_state_wrong"
    )


@pytest.mark.proves("D-0.1", "D-0.2")
def test_the_institutions_seal_is_proved_by_two_programs(store, issued, press, authority, roots, tmp_path):
    seal = Seal.at(authority.pkcs12("İzmir Büyükşehir Belediyesi", PASSWORD, tmp_path / "muhur.p12"), PASSWORD)
    document = issued(press=replace(press, seal=seal))
    pdf = store.read(document.pdf_sha256)
    assert document.is_sealed
    assert "elektronik mührü ile mühürlenmiştir" in words_of(pdf)

    from vms.documents.signatures import roots_in, signatures_in

    (found,) = signatures_in(pdf, roots_in(roots))
    assert (found.name, found.is_intact, found.is_trusted) == ("İzmir Büyükşehir Belediyesi", True, True)
    assert found.at.startswith("2026-11-21T11:05:30")
    (tmp_path / "sealed.pdf").write_bytes(pdf)
    told = subprocess.run(
        ["pdfsig", "-nocert", str(tmp_path / "sealed.pdf")], capture_output=True, check=False, text=True
    ).stdout
    assert "Signature is Valid." in told, told
    assert "Total document signed" in told
    assert "ETSI.CAdES.detached" in told


@pytest.mark.proves("D-0.2")
def test_people_sign_a_sealed_document(database, store, issued, hand_back, press, authority, tmp_path):
    seal = Seal.at(authority.pkcs12("Belediye", PASSWORD, tmp_path / "muhur.p12"), PASSWORD)
    document = issued(press=replace(press, seal=seal))
    first = e_signed(store.read(document.pdf_sha256), authority, tmp_path, "Ayşegül Işıldak", "Imza1")
    both = e_signed(first, authority, tmp_path, "İbrahim Öztürk", "Imza2")
    hand_back(document, both)
    with database.reading() as session:
        signed = signed_file(session, document.id)
    assert [one["name"] for one in signed.signatures] == ["Ayşegül Işıldak", "İbrahim Öztürk"]
    assert signed.matched_by == "bytes"


@pytest.mark.parametrize("password", ["wrong", ""])
def test_a_seal_that_does_not_open_is_named_and_its_password_is_not(authority, tmp_path, password):
    path = authority.pkcs12("Belediye", PASSWORD, tmp_path / "muhur.p12")
    with pytest.raises(VmsError) as refusal:
        Seal.at(path, password)
    assert refusal.value.code == "seal_unreadable"
    assert PASSWORD not in str(refusal.value)
    assert repr(Seal.at(path, PASSWORD)) == "Seal()"
