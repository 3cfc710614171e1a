import re
from pathlib import Path

import vms
from vms.kernel.errors import Kind
from web.errors import STATUS
from web.refusals.words import KINDS, SENTENCES, sentence

ROOT = Path(vms.__file__).parent.parent
REFUSED = re.compile(r"(?:Kind|Refused)\.\w+,\s*\"(\w+)\"")
NAMED = re.compile(r"name=\"(\w+)\"")
# What no page and no API meets: the command line and the jobs say it in English, to who keeps the server.
OFF_THE_CONSOLE = {
    "already_running", "database_newer", "onvif_no_stream", "volume_failed", "volume_not_empty",
    "segment_overlaps", "index_refused", "lock_differs", "lock_unknown", "locks_unconfirmed",
    "ebys_answer_wrong", "ebys_file_unreadable", "ebys_out_of_order", "ebys_sign_in_refused", "ebys_unreachable",
    "ebys_exchange_kind", "ebys_exchange_state", "ebys_exchange_untold", "ebys_exchange_without_number",
    "audit_hash_length", "audit_sequence", "fk_organisation_unit_supervisor_id", "reminder_done", "reminder_state",
}  # fmt: skip


def test_every_kind_has_words_and_a_status():
    assert {kind.value for kind in Kind} == set(KINDS)
    assert set(Kind) == set(STATUS)


def test_every_refusal_is_said_in_turkish():
    files = [file for package in ("vms", "streams", "retention") for file in (ROOT / package).rglob("*.py")]
    codes = {code for file in files for code in REFUSED.findall(file.read_text())}
    rules = {name for file in files if file.name.endswith("model.py") for name in NAMED.findall(file.read_text())}
    assert len(codes) > 300
    assert len(rules) > 100
    assert (codes | rules) - set(SENTENCES) == OFF_THE_CONSOLE


def test_a_sentence_comes_in_the_callers_language():
    assert sentence("sign_in_failed", "unauthenticated", "Name or password is wrong.", "en").startswith("Name or")
    assert sentence("sign_in_failed", "unauthenticated", "Name or password is wrong.", "tr").startswith("Ad ya da")
    assert sentence("new_code", "unauthenticated", "Something.", "tr") == KINDS["unauthenticated"]
