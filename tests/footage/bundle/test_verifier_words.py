"""The offline page has a word in both languages for every code that it may have to show."""

import re
from importlib.resources import files

import pytest

from recorder.run import DISK_BEHIND
from vms.archive import volume_state
from vms.archive.model import Cause
from vms.archive.stream_writer import NO_VOLUME
from vms.documents.forms.footage import AuthorityKind
from vms.footage.bundle.shortfall import AWAY, DAMAGED, NOT_YET
from web.status.words import DETAILS

WORDS = (files("vms.footage.bundle") / "verifier" / "words.js").read_text(encoding="utf-8")
# Why the recorder said that footage stops: of sources as the status page has them, of disks, of builders of packages.
NOT_OF_GAPS = {"absent"}  # of a process that tells nothing
OF_DISKS = {
    volume_state.FULL,
    volume_state.MISSING,
    volume_state.READ_ONLY,
    volume_state.FAILED,
    NO_VOLUME,
    DISK_BEHIND,
}


def keys_of(table: str) -> list[set[str]]:
    """The keys of a table, for each language."""
    return [set(re.findall(r"^      (\w+): \"", block, re.MULTILINE)) for block in re.findall(
        rf"^    {table}: {{\n(.*?)^    }},$", WORDS, re.MULTILINE | re.DOTALL
    )]  # fmt: skip


@pytest.mark.parametrize(
    ("table", "codes"),
    [
        ("causes", {one.value for one in Cause}),
        ("authorityKinds", {one.value for one in AuthorityKind}),
        ("details", {DAMAGED, AWAY, NOT_YET} | (DETAILS.keys() - NOT_OF_GAPS) | OF_DISKS),
    ],
)
def test_every_code_has_a_word(table, codes):
    turkish, english = keys_of(table)
    assert turkish == english
    assert codes <= turkish
