"""Deliveries: minutes, a signature whose role is fixed, one hand-over."""

import pytest
from packaged import SEF, receiver
from read_paper import words_of

from vms.archive.deletion import delete_expired
from vms.documents.forms.delivery import Medium
from vms.documents.queries import need_document
from vms.documents.service import cancel
from vms.footage.case_events import events_of
from vms.footage.delivery.delivering import delivery_of, hand_over, sign
from vms.footage.delivery.handing import receiver_of
from vms.footage.exports.model import Delivery, PurgeWhy
from vms.footage.exports.service import let_go
from vms.footage.exports.taking import copied, note_given, show_passphrase, take
from vms.footage.locks.orders import release_locks
from vms.footage.model import FootageRequest
from vms.footage.papers.records import print_unreached
from vms.footage.queries import duties_of, request_duties
from vms.footage.requests.assigning import assign
from vms.footage.rules import State
from vms.kernel.errors import VmsError
from vms.people.rules import Role

HOUR_US = 3600 * 1_000_000


@pytest.fixture
def prepared(counter):
    """A request whose package is on the disk."""
    counter.office.film(days=1)
    request = counter.office.searched(counter.office.approved())
    counter.packed(request)
    return request


def paper(counter, delivery):
    with counter.database.reading() as session:
        document = need_document(session, delivery.record_id)
        return document, words_of(counter.desk.store.read(document.pdf_sha256))


@pytest.mark.proves("D-10.1d", "D-12.2", "D-4.5a")
def test_minutes_say_what_was_asked_given_on_what_with_which_hash(counter, prepared):
    delivery = counter.prepare(prepared, medium=Medium.USB, medium_serial="SN-0042-İĞ", receiver=receiver())
    document, words = paper(counter, delivery)
    assert (document.kind, document.number, document.state) == ("P-04", f"P-04/{document.year}/0001", "issued")
    with counter.database.reading() as session:
        assert delivery_of(session, prepared.id).medium_serial == "SN-0042-İĞ"
    for told in ("Cumhuriyet Başsavcılığı", "USB bellek", "SN-0042-İĞ", "Çağlar Işık", "345 118", "telefonla",
                 "NAZAR-1-1.zip", "video/kamera-1-1.mp4", "herhangi bir arşivleme yapılmamıştır"):  # fmt: skip
        assert told in words, told
    digest = document.fields["package"]["sha256"]
    assert " ".join(digest[at : at + 8] for at in range(0, 64, 8)) in words


@pytest.mark.proves("C-7", "edge-45", "D-10.1e")
@pytest.mark.parametrize("deed", ["prepare", "take", "passphrase"])
def test_who_had_a_hand_in_it_before_it_was_given_to_another_does_not_sign(counter, prepared, deed):
    office, (export,) = counter.office, counter.exports_of(prepared)
    office.act(assign, prepared, office.town.accounts["officer2"], by="clerk")
    request = office.fresh(prepared)
    for _ in range(2):
        if deed == "prepare":
            counter.prepare(request, by="officer2")
        else:
            office.act(
                {"take": take, "passphrase": show_passphrase}[deed], counter.exports, request, export, by="officer2"
            )
    with counter.database.reading() as session:
        assert [one.duty for one in request_duties(session, request.id)].count("export") == 1
    office.act(assign, request, office.town.accounts["officer"], by="clerk")
    request = office.fresh(request)
    delivery = counter.prepare(request)
    counter.hand_in(delivery.record_id)
    assert office.refusal(sign, request, SEF, by="officer2") == "separation_of_duties"
    office.act(sign, request, SEF, by="sef")


@pytest.mark.proves("D-10.2c", "edge-54")
def test_what_a_package_lacks_stands_in_the_minutes_with_its_cause(counter):
    office = counter.office
    office.film(days=1)
    request = office.searched(office.approved())
    hole = {"camera_number": office.town.cameras["gate"].number, "from_us": office.ago(hours=5),
            "until_us": office.ago(hours=4), "cause": "network", "detail": "AR-2026-118"}  # fmt: skip
    counter.packed(request, missing=[hole])
    document, words = paper(counter, counter.prepare(request))
    (row,) = document.fields["items"]
    assert (row["covered"], [one["cause"] for one in row["missing"]]) == ("PT2H", ["network"])
    assert "Ağ bağlantısı kesilmiştir" in words


def test_several_packages_stand_in_one_record(counter):
    office = counter.office
    office.film(days=1)
    request = office.searched(office.approved())
    exports = counter.packed(request, 3)
    document, words = paper(counter, counter.prepare(request))
    hashes = [document.fields["package"]["sha256"], *(one["sha256"] for one in document.fields["more_packages"])]
    assert hashes == [one.sha256 for one in exports]
    assert all(f"NAZAR-1-{number}.zip" in words for number in (1, 2, 3))
    assert document.fields["files"][1]["name"] == "NAZAR-1-2/video/kamera-1-2.mp4"


@pytest.mark.proves("edge-56")
def test_a_package_of_many_gigabytes_has_its_minutes(counter, prepared):
    (export,) = counter.exports_of(prepared)
    counter.enlarge(export, 100_000_000_000)
    document, words = paper(counter, counter.prepare(prepared))
    assert [document.fields[name]["size_bytes"] for name in ("package",)] == [100_000_000_000]
    assert "100.000" in words


def test_footage_is_handed_to_whom_the_signed_minutes_name(counter, prepared):
    counter.taken(prepared)
    counter.signed(prepared, receiver=receiver())
    for name, number in (("Başkası", receiver().identity_no), (receiver().name, "9")):
        other = receiver_of(name, "", "", number, "")
        assert counter.office.refusal(hand_over, prepared, other, by="officer") == "receiver_differs"
    assert counter.office.act(hand_over, prepared, receiver(), by="officer").receiver_name == receiver().name


@pytest.mark.proves("edge-48", "edge-45", "D-10.1e", "C-7")
def test_only_chief_or_manager_of_the_unit_signs_and_only_what_came_back_signed(counter, prepared):
    office = counter.office
    assert office.refusal(sign, prepared, SEF, by="sef") == "delivery_record_missing"
    delivery = counter.prepare(prepared)
    for roles in ([], [Role.UNIT_SUPERVISOR], [Role.DEPARTMENT_HEAD, Role.LEGAL_REVIEWER], [Role.GUARD_SUPERVISOR]):
        assert office.refusal(sign, prepared, roles, by="sef") == "supervisor_signature_missing"
    assert office.refusal(sign, prepared, SEF, by="sef") == "document_not_signed"
    counter.hand_in(delivery.record_id)
    for name in ("clerk", "lawyer", "officer"):  # who registered, approved, exports
        assert office.refusal(sign, prepared, SEF, by=name) == "separation_of_duties"
    signed = office.act(sign, prepared, [Role.BRANCH_MANAGER], by="sef")
    assert (signed.signed_us, signed.signed_by_name) == (office.clock.now_us(), "Sef · sef")
    again = office.act(sign, prepared, SEF, by="sef")
    assert again.signed_us == signed.signed_us
    with office.database.reading() as session:
        assert [one.duty for one in duties_of(session, prepared)].count("sign") == 1


@pytest.mark.proves("edge-49", "D-10.1d", "D-6.14c")
def test_nobody_unknown_is_given_footage(counter, prepared):
    office = counter.office
    assert office.refusal(hand_over, prepared, receiver(), by="officer") == "delivery_record_missing"
    delivery = counter.prepare(prepared)
    assert office.refusal(hand_over, prepared, receiver(), by="officer") == "supervisor_signature_missing"
    counter.hand_in(delivery.record_id)
    assert office.refusal(hand_over, prepared, receiver(), by="officer") == "supervisor_signature_missing"
    office.clock.advance(3600)
    office.act(sign, prepared, SEF, by="sef")
    counter.taken(prepared)
    assert office.refusal(hand_over, prepared, by="officer") == "receiver_required"
    for name, number in (("", "1"), ("Çağlar", " "), (" ", "")):
        with pytest.raises(VmsError, match="receiver_required"):
            receiver_of(name, "", "", number, "")
    assert office.refusal(hand_over, prepared, receiver(), by="officer2") == "request_not_assigned"
    assert office.state(prepared) == State.PREPARED
    later = office.clock.now_us() + 1
    assert office.refusal(hand_over, prepared, receiver(), later, by="officer") == "delivered_in_future"
    early = office.clock.now_us() - 1
    assert office.refusal(hand_over, prepared, receiver(), early, by="officer") == "delivered_before_signed"
    assert office.act(hand_over, prepared, receiver(), by="officer").receiver_identity_no == "345 118"


@pytest.mark.proves("edge-52", "D-10.2a")
def test_delivered_twice_it_is_one_delivery_and_its_copies_have_to_go_in_the_same_act(counter, prepared):
    office = counter.office
    first = counter.delivered(prepared)
    office.clock.advance(5)
    other = receiver_of("Başkası", "", "", "9", "")
    second = office.act(hand_over, prepared, other, by="officer")
    assert (second.id, second.delivered_us, second.receiver_name) == (first.id, first.delivered_us, "Çağlar Işık")
    with office.database.reading() as session:
        assert session.query(Delivery).count() == 1
        acts = [one.act for one in events_of(session, prepared.id)]
        assert acts.count("delivered") == 1
        assert acts[-3:] == ["delivery_prepared", "delivery_signed", "delivered"]
        assert [one.duty for one in duties_of(session, prepared)].count("deliver") == 1
        assert session.get(FootageRequest, prepared.id).state == State.DELIVERED
    (export,) = counter.exports_of(prepared)
    assert (export.purge_why, export.purge_due_us) == (PurgeWhy.DELIVERED, first.delivered_us)
    assert office.refusal(sign, office.approved(), SEF, by="sef") == "delivery_record_missing"


@pytest.mark.proves("D-10.1d", "D-10.2a", "8.2")
def test_what_nobody_took_or_could_open_is_not_delivered(counter):
    """Delivered, every copy here is destroyed at once: nothing of it would be left anywhere."""
    office = counter.office
    office.film(days=1)
    request = office.searched(office.approved())
    counter.packed(request, 2)
    counter.signed(request)
    for one in counter.exports_of(request):
        for use_case, code in (
            (take, "export_not_taken"), (None, "export_not_taken"), (show_passphrase, "passphrase_not_shown"),
        ):  # fmt: skip
            refused = handed_over(counter, request)
            assert (refused.code, refused.detail) == (code, {"package": one.name, "number": one.number})
            assert f"package {one.number}" in refused.message
            if use_case is None:
                counter.copied(request, one)
            else:
                office.act(use_case, counter.exports, request, one, by="officer")
    assert {one.purge_why for one in counter.exports_of(request)} == {None}
    assert office.act(hand_over, request, receiver(), by="officer").delivered_us == office.clock.now_us()


@pytest.mark.parametrize(
    ("parts", "is_taken"),
    [
        ([("officer", 0, 4096)], True),
        ([("officer", 0, 4095)], False),
        ([("officer", 1, 4096)], False),
        ([("officer", 0, 1000), ("officer", 1000, 4096)], True),  # it went on where it broke off
        ([("officer", 0, 1000), ("officer", 900, 2000), ("officer", 2000, 4096)], True),
        ([("officer", 2048, 4096), ("officer", 0, 2048)], True),  # two at once
        ([("officer", 0, 1000), ("officer", 1001, 4096)], False),
        ([("officer", 0, 1000), ("officer2", 1000, 4096)], False),  # nobody has the whole
        ([("officer", 0, 4096), ("officer", 0, 10)], True),  # another copy that broke off
    ],
)
def test_a_package_is_taken_when_every_byte_was_given_to_one_person(counter, prepared, parts, is_taken):
    (export,) = counter.exports_of(prepared)
    for by, first, until in parts:
        counter.office.act(note_given, prepared, export, first, until, by=by)
    with counter.database.reading() as session:
        acts = [one.act for one in events_of(session, prepared.id)][-len(parts) :]
        assert (copied(session, [export])[export.id].taken_us is not None) is is_taken
    assert acts.count("export_taken") == is_taken
    assert set(acts) <= {"export_taken", "export_part_given"}


def test_the_copy_of_a_package_that_was_replaced_is_none_of_the_new_one(counter, prepared):
    counter.taken(prepared)
    with counter.database.writing() as session:
        let_go(counter.clock, session.merge(counter.exports_of(prepared)[0]), PurgeWhy.REPLACED, 0)
    counter.packed(prepared)
    counter.signed(prepared)
    assert handed_over(counter, prepared).detail["number"] == 2


def handed_over(counter, request):
    """The refusal of handing it over."""
    with pytest.raises(VmsError) as refused:
        counter.office.act(hand_over, request, receiver(), by="officer")
    return refused.value


@pytest.mark.proves("edge-52")
def test_a_hand_over_whose_answer_was_lost_is_answered_also_when_its_officer_left(counter, prepared):
    first = counter.delivered(prepared)
    with counter.database.writing() as session:
        session.get_one(FootageRequest, prepared.id).officer_id = None
    again = counter.office.act(hand_over, prepared, receiver(), by="officer")
    assert (again.id, again.delivered_us) == (first.id, first.delivered_us)


def test_minutes_are_printed_again_until_they_are_signed(counter, prepared):
    first = counter.prepare(prepared)
    same = counter.prepare(prepared)
    assert same.record_id == first.record_id
    other = counter.prepare(prepared, medium=Medium.USB)
    document, _ = paper(counter, other)
    assert (other.id, document.version, document.number.endswith("/0001")) == (first.id, 2, True)
    assert counter.office.refusal(sign, prepared, SEF, by="sef") == "document_not_signed"
    counter.hand_in(other.record_id)
    counter.office.act(sign, prepared, SEF, by="sef")
    assert counter.prepare(prepared, refused=True) == "delivery_signed"
    with counter.database.writing() as session:
        cancel(session, counter.clock, other.record_id, "yanlış kişi", by=counter.office.by("officer"))
    assert counter.office.refusal(hand_over, prepared, receiver(), by="officer") == "delivery_record_missing"
    anew = counter.prepare(prepared)
    assert (anew.signed_us, paper(counter, anew)[0].number.endswith("/0002")) == (None, True)


def test_a_record_of_another_package_than_the_one_there_is_not_signed(counter, prepared):
    delivery = counter.prepare(prepared)
    counter.hand_in(delivery.record_id)
    (export,) = counter.exports_of(prepared)
    with counter.database.writing() as session:
        session.merge(export).sha256 = "0" * 64
    assert counter.office.refusal(sign, prepared, SEF, by="sef") == "delivery_record_old"


def test_nothing_is_prepared_before_every_package_is_there(counter, prepared):
    (export,) = counter.exports_of(prepared)
    assert counter.prepare(prepared, by="officer2", refused=True) == "request_not_assigned"
    with counter.database.writing() as session:
        session.merge(export).state = "building"
    assert counter.prepare(prepared, refused=True) == "export_not_ready"
    with counter.database.writing() as session:
        session.merge(prepared).state = "available"
    assert counter.prepare(prepared, refused=True) == "request_state"


@pytest.mark.proves("edge-51")
def test_who_asks_again_for_what_is_gone_is_told_by_which_record_it_was_given(counter):
    office = counter.office
    begin_us = office.film(days=2)
    request = office.searched(office.approved(intervals=[(begin_us, begin_us + HOUR_US)]))
    counter.packed(request)
    number = paper(counter, counter.delivered(request))[0].number
    office.clock.advance(40 * 86_400)
    with office.database.writing() as session:
        release_locks(session, office.clock, request.id)
    office.tell()
    delete_expired(office.shelf.volume, {office.camera(): 20}, office.clock.now_us())
    again = office.searched(office.approved(intervals=[(begin_us, begin_us + HOUR_US)]))
    assert again.state == State.UNAVAILABLE

    def printed(session, clock, request, by):
        return print_unreached(session, clock, counter.desk, request, by=by)

    document = office.act(printed, again, by="officer")
    assert (document.kind, document.fields["earlier"]) == ("P-07", number)
    assert f"{number} sayılı tutanak ile teslim edilmiştir" in words_of(counter.desk.store.read(document.pdf_sha256))
