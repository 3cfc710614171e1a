"""The papers of a case: P-05, P-06 of holds, P-07 of what is missing, P-31 the answer."""

import hashlib

import pytest
from read_paper import words_of

from vms.archive.deletion import delete_expired
from vms.archive.model import Cause
from vms.documents.forms.form import MAX_ROWS
from vms.footage.holds.model import Basis
from vms.footage.holds.service import make_void
from vms.footage.model import FootageRequest
from vms.footage.papers.hold import KeptSegment, hold_form, kept_segments
from vms.footage.papers.records import print_answer, print_hold_record, print_unreached, records_of
from vms.footage.queries import hold_items_of
from vms.footage.requests.closing import answer
from vms.footage.requests.review import refuse, refuse_overdue, return_for_papers
from vms.footage.service_entry import SERVICE
from vms.kernel.span import Span

HOUR_US = 3600 * 1_000_000
DAY_US = 2 * 24 * HOUR_US  # forms keep no moment of the first day there is


@pytest.fixture
def filmed(counter):
    counter.office.film(days=1)
    return counter


def printed(counter, use_case, case, *given, by="officer", refused=False):
    """The paper with its words; the refusal's code."""

    def call(session, clock, case, *given, by):
        return use_case(session, clock, counter.desk, case, *given, by=by)

    if refused:
        return counter.office.refusal(call, case, *given, by=by)
    document = counter.office.act(call, case, *given, by=by)
    return document, words_of(counter.desk.store.read(document.pdf_sha256))


@pytest.mark.proves("D-10.1f")
def test_a_hold_without_a_letter_has_its_record_with_what_is_covered_and_what_is_not(filmed):
    office = filmed.office
    hold = office.hold("gate lobby")
    document, words = printed(filmed, print_hold_record, hold, (), by="clerk")
    assert (document.kind, office.fresh(hold).record_id) == ("P-05", document.id)
    for told in ("İlçe Emniyet Müdürlüğü", "Telefonla istendi", "Birim amiri (şef / müdür)"):
        assert told in words, told
    gate, lobby = document.fields["items"]
    assert (gate["covered"], lobby["covered"]) == ("PT3H", "PT0S")
    assert [one["cause"] for one in lobby["missing"]] == ["unknown"]
    again, _ = printed(filmed, print_hold_record, hold, (), by="clerk")
    assert again.id == document.id
    with office.database.reading() as session:
        assert [one.number for one in records_of(session, hold.id)] == [document.number]


@pytest.mark.proves("D-10.2b")
def test_an_investigations_hold_lists_its_segments_by_their_hashes(filmed):
    office = filmed.office
    hold = office.hold(basis=Basis.PRE_INVESTIGATION, place="Zemin kat")
    with office.database.reading() as session:
        segments = kept_segments(office.archive, hold_items_of(session, hold.id))
    document, words = printed(filmed, print_hold_record, hold, segments, by="clerk")
    assert (document.kind, document.fields["segments_in_all"], document.fields["segments_sha256"]) == ("P-06", 3, None)
    assert [one["sha256"] for one in document.fields["segments"]] == [one.sha256 for one in segments]
    assert "Kavga" in words
    assert "Zemin kat" in words
    later = office.hold(basis=Basis.PRE_INVESTIGATION, extends=hold.id)
    assert printed(filmed, print_hold_record, later, (), by="clerk")[0].fields["extends"] == document.number


def test_more_segments_than_a_paper_has_room_for_are_told_by_the_hash_of_their_list(filmed):
    office = filmed.office
    hold = office.hold(basis=Basis.PRE_INVESTIGATION)
    camera = office.camera()
    many = [KeptSegment(camera, Span(DAY_US + at, DAY_US + at + 1), f"{at:064x}") for at in range(MAX_ROWS + 1)]
    with office.database.reading() as session:
        form = hold_form(session, hold, many)
    lines = [
        f"{camera} 1970-01-03T00:00:00.{at:06}Z 1970-01-03T00:00:00.{at + 1:06}Z {at:064x}\n"
        for at in range(MAX_ROWS + 1)
    ]
    assert (len(form.segments), form.segments_in_all) == (MAX_ROWS, MAX_ROWS + 1)
    assert form.segments_sha256 == hashlib.sha256("".join(lines).encode()).hexdigest()


@pytest.mark.proves("edge-61")
def test_a_hold_that_came_too_late_has_a_record_of_what_could_not_be_reached(filmed):
    office = filmed.office
    hold = office.hold("gate lobby")
    office.act(make_void, hold, by="clerk")
    document, words = printed(filmed, print_hold_record, hold, (), by="clerk")
    assert (document.kind, document.fields["hold"]) == ("P-07", str(hold.number))
    assert [one["camera"]["name"] for one in document.fields["items"]] == ["lobby"]
    assert "bir bölümüne" in words or "bulunamamış" in words


@pytest.mark.proves("edge-38", "D-10.2c", "edge-36")
def test_what_is_gone_is_recorded_with_its_cause(filmed):
    office = filmed.office
    begin_us = office.film(days=5, until_us=office.ago(days=25))
    delete_expired(office.shelf.volume, {office.camera(): 21}, office.clock.now_us())
    request = office.approved(intervals=[(begin_us, begin_us + 2 * HOUR_US)])
    assert printed(filmed, print_unreached, request, refused=True) == "request_state"
    office.searched(request)
    assert printed(filmed, print_answer, request, refused=True) == "unreached_record_missing"
    document, words = printed(filmed, print_unreached, request)
    (row,) = document.fields["items"]
    assert ([one["cause"] for one in row["missing"]], row["is_outside"]) == (["retention_expired"], True)
    assert "Saklama süresi dolduğundan silinmiştir" in words
    reply, words = printed(filmed, print_answer, request)
    assert (reply.kind, reply.fields["result"]) == ("P-31", "unavailable")
    assert [one["number"] for one in reply.fields["attachments"]] == [document.number]
    assert "CUMHURİYET BAŞSAVCILIĞI MAKAMINA" in words
    filmed.hand_in(document.id)
    office.act(answer, request, "S-1", office.town.today)
    assert printed(filmed, print_answer, request)[0].fields["result"] == "unavailable"


def test_what_was_found_has_nothing_to_record_as_missing(filmed):
    request = filmed.office.searched(filmed.office.approved())
    assert printed(filmed, print_unreached, request, refused=True) == "nothing_missing"
    assert printed(filmed, print_answer, request, refused=True) == "request_state"


@pytest.mark.proves("edge-55", "D-10.2c")
def test_a_city_view_camera_has_no_recording_and_the_record_says_why(filmed):
    office = filmed.office
    request = office.searched(office.approved("gate square"))
    document, words = printed(filmed, print_unreached, request)
    assert [one["missing"][0]["cause"] for one in document.fields["items"]] == ["live_only"]
    assert "yalnızca anlık görüntü verir" in words


@pytest.mark.proves("D-6.14", "D-6.14b")
def test_the_letter_says_what_became_of_a_request(filmed):
    office = filmed.office
    returned = office.register()
    office.act(return_for_papers, returned, ["İmzalı yazı"], by="lawyer")
    reply, words = printed(filmed, print_answer, returned, by="clerk")
    assert (reply.fields["result"], reply.fields["missing_papers"]) == ("incomplete", ["İmzalı yazı"])
    assert "İmzalı yazı" in words
    refused = office.register()
    office.act(refuse, refused, "yetkisiz makam", laws=SERVICE.laws_named(["4982"]), by="lawyer")
    reply, words = printed(filmed, print_answer, refused, by="clerk")
    assert (reply.fields["result"], reply.fields["reason"]) == ("refused", "yetkisiz makam")
    assert "yetkisiz makam" in words
    assert "Talep, 4982 sayılı Bilgi Edinme Hakkı Kanunu hükümleri çerçevesinde" in words
    office.clock.advance(20 * 86_400)
    office.act(lambda session, clock, by: refuse_overdue(session, clock, by=by))
    reply, words = printed(filmed, print_answer, returned, by="clerk")
    assert reply.fields["result"] == "refused"
    assert "verilen süre içinde tamamlanmamıştır" in words
    withdrawn = office.register()
    office.take_back(withdrawn)
    assert printed(filmed, print_answer, withdrawn, by="clerk", refused=True) == "request_state"


def test_the_letter_that_goes_with_footage_names_its_records(filmed):
    office = filmed.office
    office.gap(office.ago(hours=30), office.ago(hours=25), Cause.NETWORK, "lobby")
    request = office.searched(office.approved("gate lobby"))
    with office.database.writing() as session:
        session.get_one(FootageRequest, request.id).laws = [
            one.to_json() for one in SERVICE.laws_named(["657", "6698"])
        ]
    filmed.packed(request)
    assert printed(filmed, print_answer, request, refused=True) == "delivery_record_missing"
    unreached, _ = printed(filmed, print_unreached, request)
    office.clock.advance(1)
    filmed.prepare(request)
    office.clock.advance(1)
    reply, words = printed(filmed, print_answer, request)
    assert [one["number"][:4] for one in reply.fields["attachments"]] == ["P-04", "P-07"]
    assert reply.fields["signer"]["name"] == "Sef"
    assert f"{unreached.number} sayılı" in words
    with office.database.reading() as session:
        papers = records_of(session, request.id)
    assert [one.kind for one in papers] == ["P-07", "P-04", "P-31"]
    laws = ["657 sayılı Devlet Memurları Kanunu", "6698 sayılı Kişisel Verilerin Korunması Kanunu"]
    assert [one.fields.get("laws") for one in papers] == [None, laws, laws]
