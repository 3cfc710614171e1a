"""What the record of a destruction (P-28) says of the source and of copies that had left before."""

import dataclasses
from datetime import datetime

import pytest
from read_paper import words_of

from vms.documents.queries import need_document
from vms.footage.delivery.purging import run_once
from vms.footage.exports.model import ExportState
from vms.footage.exports.service import replace
from vms.footage.exports.taking import note_given, show_passphrase, take
from vms.kernel.clock import to_datetime

OWN, OTHER, USUAL = "bu talebin kilidi altında", "başka bir talebin kapsamındaki", "olağan saklama süresine tabidir"


@pytest.fixture
def packed(counter):
    counter.office.film(days=1)
    return counter.office.searched(counter.office.approved())


def record(counter, request, number=1):
    run_once(counter.database, counter.clock, counter.exports, counter.desk, by=counter.office.by("clerk"))
    export = counter.exports_of(request)[number - 1]
    assert export.state == ExportState.PURGED
    with counter.database.reading() as session:
        document = need_document(session, export.destruction_id)
    return document.fields, words_of(counter.desk.store.read(document.pdf_sha256))


def withdrawn(counter, request):
    counter.office.take_back(request)


@pytest.fixture
def replaced(counter, export_press):
    """Have a package of a request ordered anew."""
    desk = dataclasses.replace(counter.exports, press=export_press)
    return lambda request, export: counter.office.act(replace, request, export, desk, by="officer")


def kept(words):
    return [one for one in (OWN, OTHER, "Muhafaza", USUAL) if one in words]


@pytest.mark.proves("A-14")
def test_while_its_request_is_open_the_source_is_kept_by_its_own_lock(counter, packed, replaced):
    (export,) = counter.packed(packed)
    replaced(packed, export)
    fields, words = record(counter, packed)
    assert (fields["is_kept_by_request"], fields["is_kept_by_others"], fields["holds"]) == (True, False, [])
    assert kept(words) == [OWN]


@pytest.mark.proves("A-14", "edge-41")
def test_another_request_for_the_same_footage_is_told(counter, packed):
    counter.packed(packed)
    counter.office.register()
    withdrawn(counter, packed)
    fields, words = record(counter, packed)
    assert (fields["is_kept_by_request"], fields["is_kept_by_others"]) == (False, True)
    assert kept(words) == [OTHER, USUAL]


def test_a_request_for_other_footage_keeps_nothing_of_it(counter, packed):
    office = counter.office
    counter.packed(packed)
    office.register(intervals=[(office.ago(hours=3), office.ago(hours=2))])  # begins where the other ends
    office.hold("lobby gate", intervals=[(office.ago(hours=9), office.ago(hours=6))])
    withdrawn(counter, packed)
    assert kept(record(counter, packed)[1]) == [USUAL]


@pytest.mark.proves("A-14", "edge-64")
def test_a_hold_that_came_after_the_request_is_told_until_it_ends(counter, packed, replaced):
    first, second = counter.packed(packed, 2)
    hold = counter.office.hold()
    replaced(packed, first)
    fields, words = record(counter, packed)
    assert fields["holds"] == [f"Muhafaza {hold.number}"]
    assert kept(words) == [OWN, "Muhafaza"]
    withdrawn(counter, packed)
    assert kept(record(counter, packed, second.number)[1]) == ["Muhafaza", USUAL]


@pytest.mark.proves("D-10.2a", "edge-58")
@pytest.mark.parametrize("how", ["replaced", "withdrawn"])
def test_a_copy_that_left_before_is_named_with_who_took_it(counter, packed, replaced, how):
    office = counter.office
    (export,) = counter.packed(packed)
    office.act(take, counter.exports, packed, export, by="officer")  # broke off, and then again
    office.act(note_given, packed, export, 0, 9, by="officer")
    office.clock.advance(60)
    counter.copied(packed, export)
    taken_us = office.clock.now_us()
    office.act(show_passphrase, counter.exports, packed, export, by="officer")
    replaced(packed, export) if how == "replaced" else withdrawn(counter, packed)
    fields, words = record(counter, packed)
    assert [(one["package"], one["what"], one["by"]["name"]) for one in fields["taken"]] == [
        ("NAZAR-1-1", "whole", "Officer"), ("NAZAR-1-1", "passphrase", "Officer"),
    ]  # fmt: skip
    assert {datetime.fromisoformat(one["at"]) for one in fields["taken"]} == {to_datetime(taken_us)}
    for sentence in ("Silinmeden önce alınan kopyalar", "Kopyayı alanın beyanı", "Officer: imha tarihi ve şekli"):
        assert sentence in words, sentence


def test_a_download_that_was_begun_is_a_copy_too_and_a_passphrase_alone_is_none(counter, packed):
    office = counter.office
    begun, seen = counter.packed(packed, 2)
    office.act(take, counter.exports, packed, begun, by="officer")
    office.act(show_passphrase, counter.exports, packed, seen, by="officer")
    withdrawn(counter, packed)
    fields, words = record(counter, packed)
    assert [(one["package"], one["what"]) for one in fields["taken"]] == [("NAZAR-1-1", "begun")]
    assert "indirme tamamlanmamış" in words


def test_what_was_delivered_is_told_by_its_minutes(counter, packed):
    counter.packed(packed)
    counter.delivered(packed)
    fields, words = record(counter, packed)
    assert fields["taken"] == []
    assert "Kopyayı alan" not in words
