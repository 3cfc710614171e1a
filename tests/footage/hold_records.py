"""Records of holds (P-05, P-06) as the register of documents has them."""

from itertools import count

from vms.documents.model import Document
from vms.kernel.ids import new_id

NUMBERS = count(1)


def printed(office, hold, kind="P-05", state="signed", subject=None):
    """A document as the register has it."""
    document = Document(
        id=new_id(office.clock), kind=kind, state=state, version=1, title="Tutanak", subject_kind="hold",
        subject_id=str(subject or hold.id), account_id=None, fields={}, created_us=1, created_by_id=None,
        created_by="x", year=2025, sequence=next(NUMBERS), code="x",
        pdf_sha256=b"x",
    )  # fmt: skip
    with office.database.writing() as session:
        session.add(document)
    return document.id
