"""The words by which a document is found."""

from collections.abc import Iterator, Mapping
from typing import Any

from vms.kernel.turkish import folded

# Fields of forms, at any depth, by which people ask for a paper: who, which case, which camera, which other paper.
_FOUND_BY = frozenset({
    "name", "registry_no", "account_name", "contact", "institution", "authority", "addressee",
    "number", "request", "hold", "holds", "file_no", "record", "extends", "unreached", "earlier", "agreement",
    "reference", "camera", "cameras", "place", "site", "post",
})  # fmt: skip
# Hundreds of rows that say nothing a paper is asked for by: names of files, hashes.
_UNSEARCHED = frozenset({"files", "segments", "copies", "package", "clocks"})


def words_of(number: str, form_title: str, subject_line: str, fields: Mapping[str, Any]) -> str:
    """The document's number, kind, subject line, whom and what its form names, in the one spelling of searching.

    What was written at length (reasons, descriptions) is left out: a word of it would find what nobody asked for.
    """
    said = [number, form_title, subject_line, *_said(fields, "")]
    return folded(" ".join(one for one in dict.fromkeys(said) if one))


def _said(value: object, key: str) -> Iterator[str]:
    if isinstance(value, str):
        if key in _FOUND_BY:
            yield value
    elif isinstance(value, Mapping):
        for name, inner in value.items():
            if name not in _UNSEARCHED:
                yield from _said(inner, name)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _said(inner, key)
