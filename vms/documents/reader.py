"""Which documents somebody may read, and which of them wait for their initials."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, and_, false, or_, select
from sqlalchemy.orm import Session

from vms.documents.model import Document, DocumentInitial
from vms.documents.rules import State
from vms.kernel.turkish import folded
from vms.people.model import Account
from vms.people.organisation_model import Person


@dataclass(frozen=True, slots=True)
class Initialler:
    """A person who works here, as chains of initials ask for them: by their title of now, in one spelling."""

    person_id: UUID
    name: str
    title_folded: str


@dataclass(frozen=True, slots=True)
class Reader:
    """What somebody may read: documents of these kinds, the papers of their own account, what waits for their title's
    initials, what they have initialled. `initialler`: None for an account that is no person's of now.
    """  # noqa: D205

    kinds: frozenset[str]
    account_id: UUID
    initialler: Initialler | None = None

    def may_read(self, session: Session, document: Document) -> bool:
        """Whether a document is among them."""
        wanted = select(Document.id).where(Document.id == document.id, self.condition())
        return session.scalar(wanted) is not None

    def condition(self) -> ColumnElement[bool]:
        """The same as the database asks it of each row."""
        own = or_(Document.kind.in_(self.kinds), Document.account_id == self.account_id)
        return or_(own, self._is_turn(), self._has_initialled())

    def is_awaited(self) -> ColumnElement[bool]:
        """Whether a document waits for their initials: it is their title's turn, and they have not initialled it."""
        return and_(self._is_turn(), ~self._has_initialled())

    def may_initial(self, session: Session, document: Document) -> bool:
        """The same of one document."""
        return session.scalar(select(Document.id).where(Document.id == document.id, self.is_awaited())) is not None

    def _is_turn(self) -> ColumnElement[bool]:
        if self.initialler is None or not self.initialler.title_folded:
            return false()
        return and_(Document.state == State.ISSUED.value, Document.turn_folded == self.initialler.title_folded)

    def _has_initialled(self) -> ColumnElement[bool]:
        if self.initialler is None:
            return false()
        mine = select(DocumentInitial.document_id).where(DocumentInitial.person_id == self.initialler.person_id)
        return Document.id.in_(mine)


def initialler_of(session: Session, account_id: UUID | None, now_us: int) -> Initialler | None:
    """The person behind an account; None for an account of nobody, or of somebody who has left."""
    account = None if account_id is None else session.get(Account, account_id)
    person = None if account is None or account.person_id is None else session.get(Person, account.person_id)
    if person is None or not person.is_staff(now_us):
        return None
    return Initialler(person.id, person.full_name, folded(person.title))
