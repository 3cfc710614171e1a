"""The form in which entries are hashed: what is here can never change without a new `FORMAT`."""

import hashlib
from uuid import UUID

import pytest

from vms.audit.chain import FIELDS, FIRST, entry_hash
from vms.audit.model import AuditEntry

ENTRY = {
    "sequence": 42,
    "id": UUID("01977420-dc00-7000-8000-000000000001"),
    "at_us": 1_750_000_000_000_001,
    "actor_id": UUID("01977420-dc00-7000-8000-000000000002"),
    "actor_name": "Ayşe Işık · ayse",
    "session_id": None,
    "address": "10.0.0.7",
    "act": "view_opened",
    "subject_kind": "camera",
    "subject_id": "01977420-dc00-7000-8000-000000000003",
    "subject_words": '127 · "Işık" <Sokak>',
    "camera_id": UUID("01977420-dc00-7000-8000-000000000003"),
    "mode": "live",
    "stream": "main",
    "from_us": 0,
    "until_us": None,
    "basis": "Olur 2026/118",
    "basis_id": UUID("01977420-dc00-7000-8000-000000000004"),
    "outcome": "ok",
    "refers_to": None,
    "detail": '{"a":"ş"}',
}
SPELT = (
    b'{"act":"view_opened","actor_id":"01977420dc0070008000000000000002",'
    b'"actor_name":"Ay\\u015fe I\\u015f\\u0131k \\u00b7 ayse","address":"10.0.0.7","at_us":1750000000000001,'
    b'"basis":"Olur 2026/118","basis_id":"01977420dc0070008000000000000004",'
    b'"camera_id":"01977420dc0070008000000000000003","detail":"{\\"a\\":\\"\\u015f\\"}","format":1,"from_us":0,'
    b'"id":"01977420dc0070008000000000000001","mode":"live","outcome":"ok","refers_to":null,"sequence":42,'
    b'"session_id":null,"stream":"main","subject_id":"01977420-dc00-7000-8000-000000000003","subject_kind":"camera",'
    b'"subject_words":"127 \\u00b7 \\"I\\u015f\\u0131k\\" <Sokak>","until_us":null}'
)
AFTER_NOTHING = "aa0f2d6e8ff268605146b2d951f8112948605c53fba7e744fd47964ce9a206c8"
AFTER_ONES = "7a59c7831caab0f6e6ce219457dd5c189ec929f2277ead84e7c44976cbd02fbc"


@pytest.mark.parametrize(("previous", "golden"), [(FIRST, AFTER_NOTHING), (b"\x01" * 32, AFTER_ONES)])
def test_the_hash_is_over_the_hash_before_with_the_canonical_words(previous, golden):
    entry = AuditEntry(**ENTRY, previous_hash=previous)
    assert entry.hash == hashlib.sha256(previous + SPELT).digest()
    assert entry.hash.hex() == golden
    assert entry_hash(previous, entry.told()) == entry.hash


def test_every_column_but_the_hashes_is_hashed():
    assert set(AuditEntry.__table__.columns.keys()) - {"previous_hash", "hash"} == set(FIELDS)


def test_the_first_entry_follows_32_zeros():
    assert bytes(32) == FIRST
