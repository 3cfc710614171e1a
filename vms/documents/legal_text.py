"""The versioned legal text of a form: headings with numbered paragraphs."""

from collections.abc import Mapping
from dataclasses import dataclass

from vms.documents.plain_text import prose
from vms.documents.rules import Kind

_HEADING = "# "


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with what stands below it."""

    heading: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LegalText:
    """A text as it was in force under `version`; a changed text is a new version."""

    kind: Kind
    version: str
    sections: tuple[Section, ...]


def parse(kind: Kind, version: str, text: str, words: Mapping[str, str]) -> LegalText:
    """Read a text file: a line that begins with `# ` is a heading, every other line a paragraph.

    `{name}` becomes the word of that name; any other brace stays what it is.
    """
    sections: list[tuple[str, list[str]]] = []
    for line in prose(text).split("\n"):
        if line.startswith(_HEADING):
            sections.append((_filled(line.removeprefix(_HEADING), words), []))
        elif line:
            if not sections:
                sections.append(("", []))
            sections[-1][1].append(_filled(line, words))
    return LegalText(kind, version, tuple(Section(heading, tuple(lines)) for heading, lines in sections))


def _filled(line: str, words: Mapping[str, str]) -> str:
    for name, word in words.items():
        line = line.replace(f"{{{name}}}", word)
    return line
