"""The register of letters, page by page: found by words, by what a letter still lacks, by what is late."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from vms.footage.ebys.model import contradicted
from vms.footage.holds.model import Hold
from vms.footage.letters.model import Letter, Sender
from vms.footage.model import FootageRequest
from vms.footage.paging import MAX_ROWS, counted, says

_MAX_DIGITS = 9  # no request has a number with more


class Lack(StrEnum):
    """What a letter still lacks."""

    FILE = "no_file"  # neither scan nor e-signed file
    EBYS_NO = "ebys_pending"  # or EBYS gave another one than stands here
    REQUEST = "no_request"  # an authority's or an own unit's letter asks for footage, or ends a case; others need not
    RESULT = "overdue"  # of whom it was given to, by when it was due (D-6.13)


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterFilter:
    """Which letters a page shows. `before`: with a smaller number than this.

    `search`: words that all stand in its number, sender, number of the letter, subject or EBYS number; a figure may be
    the number of a request that stands on it, or was withdrawn by it.
    """

    search: str = ""
    lacks: Lack | None = None
    before: int | None = None
    limit: int = 50


def letters_page(session: Session, wanted: LetterFilter, now_us: int) -> list[Letter]:
    """The letters asked for as they stand at `now_us`, newest first, `MAX_ROWS` at most."""
    query = select(Letter).where(says(wanted.search, _has)).order_by(Letter.number.desc())
    if wanted.lacks is not None:
        query = query.where(_lacks(now_us)[wanted.lacks])
    if wanted.before is not None:
        query = query.where(Letter.number < wanted.before)
    return list(session.scalars(query.limit(min(max(wanted.limit, 1), MAX_ROWS))))


def count_letters(session: Session, now_us: int, search: str = "") -> tuple[int, Mapping[Lack, int]]:
    """How many letters say these words, on whatever page; how many of them lack what at `now_us`."""
    is_said = says(search, _has)
    in_all = session.scalar(select(func.count()).select_from(Letter).where(is_said)) or 0
    return in_all, counted(session, _lacks(now_us), Letter, is_said)


def _lacks(now_us: int) -> Mapping[Lack, ColumnElement[bool]]:
    return {
        Lack.FILE: Letter.file_sha256.is_(None),
        Lack.EBYS_NO: or_(Letter.ebys_no == "", Letter.id.in_(contradicted())),
        Lack.REQUEST: and_(
            Letter.sender != Sender.OTHER.value,
            ~select(FootageRequest.id).where(_of_request()).exists(),
            ~select(Hold.id).where(Hold.decision_letter_id == Letter.id).exists(),
        ),
        Lack.RESULT: and_(Letter.done_us.is_(None), Letter.due_us <= now_us),  # as `Letter.is_overdue` says it
    }


def _of_request() -> ColumnElement[bool]:
    return or_(FootageRequest.letter_id == Letter.id, FootageRequest.withdrawal_letter_id == Letter.id)


def _has(word: str) -> ColumnElement[bool]:
    found = Letter.words_folded.contains(word, autoescape=True)
    if not (word.isascii() and word.isdigit() and len(word) <= _MAX_DIGITS):
        return found
    asked = select(FootageRequest.id).where(_of_request(), FootageRequest.number == int(word))
    return or_(found, asked.exists())
