"""Papers of a site, handed in as a scanner makes them of paper."""

import io
import subprocess
from uuid import UUID

import cv2
import numpy as np
import pypdfium2 as pdfium

from vms.documents.queries import need_document


def document_of(site, document_id):
    with site.database.reading() as session:
        return need_document(session, UUID(document_id))


def pdf_of(site, document_id):
    return site.desk.store.read(document_of(site, document_id).pdf_sha256)


def scan_of(site, document_id):
    """A grey picture of the paper's first page, no text."""
    command = ["pdftoppm", "-r", "150", "-gray", "-"]
    drawn = subprocess.run(command, input=pdf_of(site, document_id), capture_output=True, check=True)
    return cv2.imencode(".jpg", cv2.imdecode(np.frombuffer(drawn.stdout, np.uint8), 0))[1].tobytes()


def words_of(pdf):
    """What pdftotext finds."""
    told = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True)
    return " ".join(told.stdout.decode().split())


def scans_of(site, document_id):
    """All pages of the paper as a PDF of grey pictures, without text."""
    scan = pdfium.PdfDocument.new()
    for page in pdfium.PdfDocument(pdf_of(site, document_id)):
        grey = page.render(scale=150 / 72, grayscale=True).to_numpy()
        image = pdfium.PdfImage.new(scan)
        image.load_jpeg(io.BytesIO(cv2.imencode(".jpg", grey)[1].tobytes()))
        image.set_matrix(pdfium.PdfMatrix().scale(595, 842))
        sheet = scan.new_page(595, 842)
        sheet.insert_obj(image)
        sheet.gen_content()
    out = io.BytesIO()
    scan.save(out)
    return out.getvalue()


def hand_in(site, clerk, document_id):
    """The document as the API gives it after the scan was taken back."""
    path, jpeg = f"/documents/{document_id}/signed-file", {"Content-Type": "image/jpeg"}
    answer = clerk.request("PUT", path, content=scan_of(site, document_id), headers=jpeg)
    assert answer.status_code == 200, answer.text
    return answer.json()
