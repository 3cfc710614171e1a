"""What a training material may be; what people may say of it."""

from collections.abc import Iterable

from vms.documents.forms.training import Topic
from vms.kernel.errors import Kind, VmsError

MAX_TITLE_CHARACTERS = 120


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
