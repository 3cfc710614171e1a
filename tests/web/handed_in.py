"""Papers of a site, handed in as a scanner makes them of paper."""

import subprocess
from uuid import UUID

import cv2
import numpy as np

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


def hand_in(site, clerk, document_id):
    """The document as the API gives it after the scan was taken back."""
    path, jpeg = f"/documents/{document_id}/signed-file", {"Content-Type": "image/jpeg"}
    answer = clerk.request("PUT", path, content=scan_of(site, document_id), headers=jpeg)
    assert answer.status_code == 200, answer.text
    return answer.json()
