"""What a record of a breach may say."""

from datetime import date

from vms.authority.acts import MAX_LINE_CHARACTERS
from vms.documents.forms.breach import MAX_EVIDENCE
from vms.documents.plain_text import prose
from vms.kernel.errors import Kind, VmsError

MAX_WORDS_CHARACTERS = 4_000  # what the form has room for


def check_days(happened_on: date, noticed_on: date, today: date) -> None:
    """VmsError(INVALID): `breach_in_future`, `breach_noticed_before` (nobody notices what has not happened)."""
    if max(happened_on, noticed_on) > today:
        raise breach_in_future()
    if noticed_on < happened_on:
        raise VmsError(Kind.INVALID, "breach_noticed_before", "It was noticed on that day or later. Correct the dates.")


def breach_in_future() -> VmsError:
    """What is recorded has happened."""
    return VmsError(Kind.INVALID, "breach_in_future", "What is recorded has happened. Correct the date or the time.")


def words(text: str, code: str, what: str) -> str:
    """A text of several lines in one spelling, what is unseen gone; VmsError(INVALID, `code`)."""
    text = prose(text)
    if not 0 < len(text) <= MAX_WORDS_CHARACTERS:
        raise VmsError(Kind.INVALID, code, f"{what} has 1 to {MAX_WORDS_CHARACTERS} characters. Correct it.")
    return text


def optional_words(text: str) -> str:
    """The same, which may be empty; VmsError(INVALID, `breach_words_long`)."""
    return words(text, "breach_words_long", "This text") if prose(text) else ""


def optional_line(text: str) -> str:
    """One line, which may be empty; VmsError(INVALID, `breach_line_invalid`)."""
    text = text.strip()
    if len(text) > MAX_LINE_CHARACTERS or not text.isprintable():
        raise VmsError(
            Kind.INVALID, "breach_line_invalid",
            f"A line has at most {MAX_LINE_CHARACTERS} printable characters. Correct it.",
        )  # fmt: skip
    return text


def check_number_of_evidence(count: int) -> None:
    """VmsError(INVALID, `breach_evidence_many`)."""
    if count > MAX_EVIDENCE:
        raise VmsError(
            Kind.INVALID, "breach_evidence_many",
            f"A record names at most {MAX_EVIDENCE} pieces of evidence. Leave some out.",
        )  # fmt: skip


def check_one_reference(*given: bool) -> None:
    """VmsError(INVALID, `breach_evidence_two`): a piece of evidence refers to one thing."""
    if sum(given) > 1:
        raise VmsError(
            Kind.INVALID, "breach_evidence_two",
            "A piece of evidence is one thing: an entry of the log, a document, or something else. Choose one.",
        )  # fmt: skip
