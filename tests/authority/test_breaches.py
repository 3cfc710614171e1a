"""Breaches of confidentiality: recorded, begun from the log, corrected, printed."""

from datetime import timedelta

import pytest
from read_paper import picture_of, qr_of, words_of
from sqlalchemy import select

from vms.audit.entry import NewEntry, Subject
from vms.audit.export import detail_of
from vms.audit.model import AuditEntry
from vms.audit.rules import Act
from vms.audit.service import append
from vms.authority.breaches.entries import read_breach_entry
from vms.authority.breaches.paper import print_breach
from vms.authority.breaches.queries import breaches, evidence_of
from vms.authority.breaches.service import BreachContent, NewEvidence, change_breach, record_breach
from vms.documents.queries import need_document
from vms.documents.service import cancel
from vms.kernel.ids import new_id
from vms.people.acting import actor_of, subject_of

pytestmark = pytest.mark.proves("D-11.4c")


@pytest.fixture
def told(town):
    """Factory: a breach of this morning by Ayse at the gate, unless it is told otherwise."""

    def content(**more):
        given = {
            "happened_on": town.today, "noticed_on": town.today, "what": "Görüntü duvarı telefonla çekildi.",
            "action": "Yetkisi askıya alındı.", "person_id": town.people["ayse"].id,
        }  # fmt: skip
        return BreachContent(**given | more)

    return content


@pytest.fixture
def attempt(town):
    """Factory: an entry of the log, of Ayse over the gate unless it is told otherwise; its number."""

    def written(act=Act.RECORDING_ATTEMPT, outcome="recording_attempt", **more):
        gate = town.cameras["gate"]
        given = {
            "actor": actor_of(town.accounts["ayse"]), "camera_id": gate.id, "subject": Subject("camera", str(gate.id)),
        }  # fmt: skip
        with town.database.writing() as session:
            return append(session, town.clock, NewEntry(act=act, outcome=outcome, **given | more)).sequence

    return written


def total(town):
    with town.database.reading() as session:
        return breaches(session, 0, 10).total


def test_a_breach_is_recorded_with_what_shows_it(town, told, attempt, desk):
    number = attempt()
    breach = town.act(
        record_breach,
        told(
            what=" <b>Işık</b>\r\n\r\n\r\nikinci satır\x07 ", happened_us=town.clock.now_us() - 1,
            evidence=[
                NewEvidence(what="Denetim izi", entry_number=number), NewEvidence(what="Fotoğraf", reference="U-7"),
            ],
        ),
    )  # fmt: skip
    assert breach.what == "<b>Işık</b>\n\nikinci satır"
    with town.database.reading() as session:
        found = [(one.position, one.what, one.entry_number, one.reference) for one in evidence_of(session, breach.id)]
        assert found == [(1, "Denetim izi", number, ""), (2, "Fotoğraf", None, "U-7")]
        (entry,) = session.scalars(select(AuditEntry).where(AuditEntry.act == "breach_recorded"))
        assert (entry.subject_kind, entry.subject_words) == ("breach", "01.07.2025")
        assert detail_of(entry)["entries"] == [number]
        assert "Ayse" not in entry.detail


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"what": " \x00 "}, "breach_what_missing"),
        ({"what": "ş" * 4_001}, "breach_what_missing"),
        ({"action": ""}, "breach_action_missing"),
        ({"affected": "a" * 4_001}, "breach_words_long"),
        ({"place": "a\nb"}, "breach_line_invalid"),
        ({"person_id": None, "person_words": "x\u202e"}, "breach_line_invalid"),
        ({"evidence": [NewEvidence(what="")]}, "breach_evidence_missing"),
        ({"evidence": [NewEvidence(what="x", entry_number=1, reference="y")]}, "breach_evidence_two"),
        ({"evidence": [NewEvidence(what="x", entry_number=4_711)]}, "breach_entry_not_found"),
        ({"evidence": [NewEvidence(what="x", document_number="P-17/2025/0001")]}, "document_not_found"),
        ({"evidence": [NewEvidence(what="x")] * 201}, "breach_evidence_many"),
    ],
)
def test_what_makes_no_sense_is_refused_and_leaves_nothing(town, told, more, code):
    assert town.refusal(record_breach, told(**more)) == code
    assert total(town) == 0


def test_nothing_is_recorded_before_it_happened(town, told, clock):
    tomorrow, yesterday = town.today + timedelta(days=1), town.today - timedelta(days=1)
    assert town.refusal(record_breach, told(happened_on=tomorrow, noticed_on=tomorrow)) == "breach_in_future"
    assert town.refusal(record_breach, told(noticed_on=tomorrow)) == "breach_in_future"
    assert town.refusal(record_breach, told(noticed_on=yesterday)) == "breach_noticed_before"
    assert town.refusal(record_breach, told(happened_us=clock.now_us() + 1)) == "breach_in_future"
    early = told(happened_us=clock.now_us() - 24 * 3_600_000_000)
    assert town.act(record_breach, early).happened_on == yesterday  # the moment tells the day


def test_nobody_unknown_no_camera_unknown(town, told, clock):
    assert town.refusal(record_breach, told(person_id=new_id(clock))) == "person_not_found"
    assert town.refusal(record_breach, told(camera_id=new_id(clock))) == "camera_not_found"


def read(town, number):
    return town.act(read_breach_entry, number)


@pytest.mark.proves("D-11.4b")
def test_an_attempt_tells_who_when_over_which_camera_and_that_it_was_read(town, told, attempt, clock):
    at_us, number = clock.now_us(), attempt()
    entry = read(town, number)
    assert (entry.at_us, entry.person_id, entry.account_name) == (at_us, town.people["ayse"].id, "ayse")
    assert (entry.camera_id, entry.is_recorded) == (town.cameras["gate"].id, False)
    assert entry.words == "Ekrandan kayıt girişimi, 01.07.2025 09.00"
    town.act(record_breach, told(evidence=[NewEvidence(what=entry.words, entry_number=number)]))
    assert read(town, number).is_recorded
    with town.database.reading() as session:
        told_of = list(session.scalars(select(AuditEntry).where(AuditEntry.act == "audit_read")))
        assert [(one.actor_name, detail_of(one)["entries"]) for one in told_of] == [("clerk", number)] * 2


def test_a_refused_sign_in_names_the_account_that_was_tried(town, attempt):
    number = attempt(
        Act.SIGN_IN_REFUSED, "sign_in_failed", actor=town.clerk, subject=subject_of(town.accounts["bekir"]),
        camera_id=None,
    )  # fmt: skip
    entry = read(town, number)
    assert (entry.account_name, entry.person_id, entry.camera_id) == ("bekir", town.people["bekir"].id, None)


def test_nothing_else_of_the_log_is_read_this_way(town, attempt):
    opened = attempt(Act.VIEW_OPENED, "ok")
    assert town.refusal(read_breach_entry, opened) == "breach_entry_not_found"
    assert town.refusal(read_breach_entry, 4_711) == "breach_entry_not_found"


@pytest.mark.system
@pytest.mark.proves("D-11.4b", "D-7.4a", "D-0.1")
def test_the_record_says_what_happened_what_shows_it_what_was_done(town, told, attempt, desk, clock):
    isil = town.register("Işıl Çığırtkan", registry_no="IZ-12", title="Şef")
    gate, number = town.cameras["gate"], attempt()
    breach = town.act(
        record_breach,
        told(
            happened_us=clock.now_us() - 60_000_000, person_id=isil.id, account_name="isil", camera_id=gate.id,
            place="Kontrol odası", affected="Kapıdaki üç kişi", notified="KVKK sorumlusu",
            evidence=[NewEvidence(what="Ekrandan kayıt girişimi", entry_number=number)],
        ),
    )  # fmt: skip
    document = town.act(print_breach, desk, breach)
    assert (document.number, document.account_id) == ("P-29/2025/0001", None)
    assert "Işıl" not in document.title
    said = words_of(desk.store.read(document.pdf_sha256))
    for part in (
        "GİZLİLİK İHLALİ OLAY KAYDI", "01.07.2025, saat 08.59", f"{gate.number} gate", "Kontrol odası",
        "Işıl Çığırtkan, IZ-12, Şef, Zabıta Dairesi", "isil", "Görüntü duvarı telefonla çekildi.", "Kapıdaki üç kişi",
        "Yetkisi askıya alındı.", "KVKK sorumlusu", "Ekrandan kayıt girişimi", f"Denetim izi no {number}", "clerk",
    ):  # fmt: skip
        assert part in said, part
    picture = picture_of(desk.store.read(document.pdf_sha256))
    assert qr_of(picture) == f"https://belge.example.bel.tr/d/{document.code}"


@pytest.mark.proves("edge-118")
def test_what_is_found_out_later_is_another_version(town, told, desk):
    breach = town.act(record_breach, told(person_id=None, person_words="Bilinmeyen ziyaretçi"))
    first = town.act(print_breach, desk, breach)
    assert town.act(print_breach, desk, breach).id == first.id
    paper = NewEvidence(what="İlk kayıt", document_number=first.number.lower())
    town.act(change_breach, breach, told(action="Tutanak tutuldu.", evidence=[paper]))
    second = town.act(print_breach, desk, breach)
    assert (second.number, second.version) == (first.number, 2)
    assert second.fields["evidence"] == [{"what": "İlk kayıt", "reference": first.number}]
    assert second.fields["person"]["name"] == "Ayse"
    with town.database.writing() as session:
        assert need_document(session, first.id).state == "superseded"
        cancel(session, town.clock, second.id, "mükerrer", by=town.clerk)
    assert town.act(print_breach, desk, breach).number == "P-29/2025/0002"


def test_a_breach_of_nobody_known_on_a_day_without_a_time_says_so(town, told, desk):
    document = town.act(print_breach, desk, town.act(record_breach, told(person_id=None)))
    assert (document.fields["person"], document.fields["at"]) == (None, None)
