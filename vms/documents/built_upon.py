"""Papers that something rests upon: they are not cancelled.

What rests on a paper is known to the package that it belongs to, which tells it by a callable: this one knows no owner.
"""

from collections.abc import Callable

from sqlalchemy.orm import Session

from vms.documents.model import Document
from vms.kernel.errors import Kind, VmsError

Rests = Callable[[Session, Document], bool]  # whether something rests upon a document now


def nothing_rests(_session: Session, _document: Document) -> bool:
    """For papers that nothing is built upon."""
    return False


def check_not_built_upon(session: Session, document: Document, rests: Rests) -> None:
    """VmsError(CONFLICT, `document_built_upon`) for a paper that a case would be left without (D-0.2)."""
    if rests(session, document):
        raise VmsError(
            Kind.CONFLICT, "document_built_upon",
            "Something was done by this paper, and it cannot be printed again: it stays as it is. If it says something "
            "wrong, write that down in a record of its own and file it with the case.",
            number=document.number,
        )  # fmt: skip
