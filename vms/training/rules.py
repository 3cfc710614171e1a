"""What a training material, a training in a room may be; what people may say of it."""

from collections.abc import Collection, Iterable
from uuid import UUID

from vms.documents.forms.form import MAX_ROWS
from vms.documents.forms.training import Topic
from vms.kernel.clock import US_PER_DAY
from vms.kernel.errors import Kind, VmsError

MAX_TITLE_CHARACTERS = 120
MAX_LINE_CHARACTERS = 200  # what fits into one line of the form
MAX_NOTE_CHARACTERS = 500
MAX_SESSION_US = US_PER_DAY // 2  # a training over days is one session a day: people sign each day


def check_title(title: str) -> str:
    """`title` without blanks around it; VmsError(INVALID, `training_title_invalid`)."""
    title = title.strip()
    if not 0 < len(title) <= MAX_TITLE_CHARACTERS or not title.isprintable():
        raise VmsError(
            Kind.INVALID, "training_title_invalid",
            f"A title has 1 to {MAX_TITLE_CHARACTERS} printable characters. Correct it.",
        )  # fmt: skip
    return title


def check_topics(topics: Iterable[Topic]) -> str:
    """The topics as they are stored, in one order (D-17.1b); VmsError(INVALID, `training_topics_missing`)."""
    chosen = set(topics)
    if not chosen:
        raise VmsError(
            Kind.INVALID, "training_topics_missing", "A training is about at least one topic (article 17). Choose some."
        )
    return ",".join(topic.value for topic in Topic if topic in chosen)


def topics_of(stored: str) -> list[Topic]:
    """The topics back."""
    return [Topic(word) for word in stored.split(",")]


def check_span(begins_us: int, ends_us: int) -> None:
    """VmsError(INVALID): `training_ends_before_it_begins`, `training_too_long`."""
    if ends_us <= begins_us:
        raise VmsError(
            Kind.INVALID, "training_ends_before_it_begins", "A training ends after it begins. Correct the times."
        )
    if ends_us - begins_us > MAX_SESSION_US:
        raise VmsError(
            Kind.INVALID, "training_too_long", "A training lasts twelve hours at most. Enter each day by itself."
        )


def check_place(place: str) -> str:
    """`place` without blanks around it; VmsError(INVALID, `training_place_missing`)."""
    return _line(place, "training_place_missing", "A place")


def check_trainer(name: str) -> str:
    """The name of a trainer from outside; VmsError(INVALID, `training_trainer_missing`)."""
    return _line(name, "training_trainer_missing", "A trainer's name")


def check_note(note: str) -> str:
    """What else is to be said, which may be nothing; VmsError(INVALID, `training_note_invalid`)."""
    return _line(note, "training_note_invalid", "A note", MAX_NOTE_CHARACTERS) if note.strip() else ""


def check_attendees(person_ids: Collection[UUID]) -> None:
    """VmsError(INVALID): `training_attendees_missing`, `training_attendee_twice`, `training_attendees_many`."""
    if not person_ids:
        raise VmsError(
            Kind.INVALID, "training_attendees_missing", "At least one person attends a training. Choose who did."
        )
    if len(set(person_ids)) != len(person_ids):
        raise VmsError(
            Kind.INVALID, "training_attendee_twice", "A person attends a training once. Leave the second one out."
        )
    if len(person_ids) > MAX_ROWS:
        raise VmsError(
            Kind.INVALID, "training_attendees_many",
            f"A form has room for {MAX_ROWS} people. Enter the others as another training.",
        )  # fmt: skip


def _line(text: str, code: str, what: str, most: int = MAX_LINE_CHARACTERS) -> str:
    text = text.strip()
    if not 0 < len(text) <= most or not text.isprintable():
        raise VmsError(Kind.INVALID, code, f"{what} has 1 to {most} printable characters. Correct it.")
    return text
