import re
from pathlib import Path

import pytest

import vms
from vms.kernel.errors import Kind
from web.errors import STATUS
from web.refusals.words import KINDS, SENTENCES, sentence

REFUSED = re.compile(r"(?:Kind|Refused)\.\w+,\s*\"(\w+)\"")
NAMED = re.compile(r"name=\"(\w+)\"")


def test_every_kind_has_words_and_a_status():
    assert {kind.value for kind in Kind} == set(KINDS)
    assert set(Kind) == set(STATUS)


@pytest.mark.parametrize("room", ["people", "documents", "authority", "wall", "cameras", "training", "footage"])
def test_every_refusal_is_said_in_turkish(room):
    files = list((Path(vms.__file__).parent / room).glob("*.py"))
    codes = {code for file in files for code in REFUSED.findall(file.read_text())}
    rules = set(NAMED.findall((Path(vms.__file__).parent / room / "model.py").read_text()))
    assert len(codes) >= 4
    assert codes | rules <= set(SENTENCES)


def test_a_sentence_comes_in_the_callers_language():
    assert sentence("sign_in_failed", "unauthenticated", "Name or password is wrong.", "en").startswith("Name or")
    assert sentence("sign_in_failed", "unauthenticated", "Name or password is wrong.", "tr").startswith("Ad ya da")
    assert sentence("new_code", "unauthenticated", "Something.", "tr") == KINDS["unauthenticated"]
