"""Trainings in a room: who attended, what is refused, what the form says, when somebody was trained last."""

import pytest
from read_paper import picture_of, qr_of, words_of
from sqlalchemy import select

from vms.audit.export import detail_of
from vms.audit.model import AuditEntry
from vms.documents.forms.training import Topic
from vms.documents.queries import need_document
from vms.documents.service import cancel
from vms.kernel.ids import new_id
from vms.people.person_service import leave
from vms.training.service import add_material, add_version
from vms.training.session_paper import print_session
from vms.training.session_queries import attendees_of, last_attended, last_attended_us, training_sessions
from vms.training.sessions import SessionContent, call_off, change_session, enter_session

HOUR_US = 3_600_000_000
HOURS = {"begins_us": -2 * HOUR_US, "ends_us": -HOUR_US}  # from now; it is 09:00


@pytest.fixture
def isil(town):
    return town.register("Işıl Çığırtkan", "other", registry_no="IZ-12", title="Güvenlik Görevlisi")


@pytest.fixture
def told(town):
    """Factory: a training of this morning, 07:00 to 08:00, by the chief, for Ayse, unless it is told otherwise."""

    def content(**more):
        given = {
            **{name: town.clock.now_us() + after_us for name, after_us in HOURS.items()},
            "place": "Eğitim salonu", "topics": list(Topic), "trainer_id": town.people["chief"].id,
            "attendees": [town.people["ayse"].id],
        }  # fmt: skip
        return SessionContent(**given | more)

    return content


def names(town, held):
    with town.database.reading() as session:
        return [one.full_name for one in attendees_of(session, held.id)]


def words(town, desk, document):
    return words_of(desk.store.read(document.pdf_sha256))


@pytest.mark.proves("D-6.11", "D-5.5b")
def test_who_attended_stands_in_the_order_of_the_turkish_alphabet_and_in_the_log(town, told, isil):
    irmak, inci, cem = (town.register(name) for name in ("Irmak Su", "İnci Su", "Çem Su"))
    held = town.act(enter_session, told(place=" Salon ", attendees=[inci.id, isil.id, irmak.id, cem.id]))
    assert names(town, held) == ["Çem Su", "Irmak Su", "Işıl Çığırtkan", "İnci Su"]
    with town.database.reading() as session:
        (entry,) = session.scalars(select(AuditEntry).where(AuditEntry.act == "training_held"))
        assert (entry.subject_kind, entry.subject_words, entry.actor_name) == ("training_session", "Salon", "clerk")
        assert detail_of(entry)["added"] == ["Çem Su", "Irmak Su", "Işıl Çığırtkan", "İnci Su"]
        assert detail_of(entry)["attendees"] == 4


def test_a_trainer_is_of_the_register_or_from_outside(town, told):
    assert town.act(enter_session, told()).trainer_name == "Chief"
    outside = town.act(enter_session, told(trainer_id=None, trainer_name=" Şükrü Usta "))
    assert (outside.trainer_id, outside.trainer_name) == (None, "Şükrü Usta")


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"ends_us": 1}, "training_ends_before_it_begins"),
        ({"begins_us": 1}, "training_too_long"),
        ({"place": " "}, "training_place_missing"),
        ({"place": "a\nb"}, "training_place_missing"),
        ({"place": "ş" * 201}, "training_place_missing"),
        ({"topics": []}, "training_topics_missing"),
        ({"trainer_id": None}, "training_trainer_missing"),
        ({"trainer_id": None, "trainer_name": "Ali\u202egel"}, "training_trainer_missing"),
        ({"note": "x\x00"}, "training_note_invalid"),
        ({"attendees": []}, "training_attendees_missing"),
    ],
)
def test_what_makes_no_sense_is_refused_and_leaves_nothing(town, told, more, code):
    assert town.refusal(enter_session, told(**more)) == code
    with town.database.reading() as session:
        assert training_sessions(session, 0, 10).total == 0


def test_nobody_attends_twice_and_nobody_unknown(town, told, clock):
    ayse = town.people["ayse"].id
    assert town.refusal(enter_session, told(attendees=[ayse, ayse])) == "training_attendee_twice"
    assert town.refusal(enter_session, told(attendees=[new_id(clock)])) == "person_not_found"
    assert town.refusal(enter_session, told(trainer_id=new_id(clock))) == "person_not_found"
    assert town.refusal(enter_session, told(version_id=new_id(clock))) == "training_not_found"


def test_who_left_before_it_attended_nothing_who_left_since_did(town, told, clock):
    with town.database.writing() as session:
        leave(session, clock, town.people["ayse"].id, by=town.clerk)
    assert names(town, town.act(enter_session, told())) == ["Ayse"]  # it was before they left
    clock.advance(3 * 3600)
    assert town.refusal(enter_session, told()) == "person_left"
    ayse, bekir = town.people["ayse"].id, town.people["bekir"].id
    assert town.refusal(enter_session, told(trainer_id=ayse, attendees=[bekir])) == "person_left"


def test_what_is_not_published_was_shown_to_nobody(town, told, store, examiners, paper):
    material = town.act(add_material, "Kılavuz", [Topic.VIEWING])
    version = add_version(town.database, town.clock, store, examiners, material.id, paper, by=town.clerk)
    assert town.refusal(enter_session, told(version_id=version.id)) == "training_unpublished"


@pytest.mark.system
@pytest.mark.proves("D-6.11", "D-17.1b", "D-0.1")
def test_the_form_says_who_was_told_what_when_by_whom(town, told, desk, isil, publish_file, paper):
    _, version = publish_file(paper, title="Kamera sisteminin kullanımı")
    held = town.act(
        enter_session,
        told(place="Işık Sokağı eğitim salonu", version_id=version.id, attendees=[isil.id, town.people["bekir"].id]),
    )
    document = town.act(print_session, desk, held)
    assert (document.number, document.subject_kind, document.account_id) == ("P-16/2025/0001", "training_session", None)
    said = words(town, desk, document)
    for part in (
        "EĞİTİM KATILIM FORMU", "01.07.2025, saat 07.00 – 08.00", "Işık Sokağı eğitim salonu", "Chief",
        "Kullanıcı adı ve parola ile sisteme giriş", "Kamera sisteminde izleme yapılması",
        "Arıza olması hâlinde yapılacaklar", "Hangi birime başvurulacağı", "Kamera sisteminin kullanımı, sürüm 1",
        "eğitim videosu bilgisayarlarına yüklenmiş", "Işıl Çığırtkan", "IZ-12", "Park Dairesi, Güvenlik Görevlisi",
    ):  # fmt: skip
        assert part in said, part
    assert said.index("Bekir") < said.index("Işıl Çığırtkan")
    picture = picture_of(desk.store.read(document.pdf_sha256))
    assert qr_of(picture) == f"https://belge.example.bel.tr/d/{document.code}"


@pytest.mark.system
def test_a_form_says_nothing_of_a_film_that_nobody_saw(town, told, desk):
    said = words(town, desk, town.act(print_session, desk, town.act(enter_session, told())))
    assert "gerekli bilgilendirme yapılmıştır" in said
    assert "yüklenmiş" not in said


@pytest.mark.proves("edge-118")
def test_a_correction_is_another_version_a_cancelled_form_another_number(town, told, desk):
    held = town.act(enter_session, told())
    first = town.act(print_session, desk, held)
    assert town.act(print_session, desk, held).id == first.id  # it says the same
    town.act(change_session, held, told(attendees=[town.people["ayse"].id, town.people["bekir"].id]))
    second = town.act(print_session, desk, held)
    assert (second.number, second.version, second.previous_id) == (first.number, 2, first.id)
    with town.database.writing() as session:
        assert need_document(session, first.id).state == "superseded"
        cancel(session, town.clock, second.id, "yanlış gün", by=town.clerk)
    third = town.act(print_session, desk, held)
    assert (third.number, third.version) == ("P-16/2025/0002", 1)


@pytest.mark.proves("D-6.11")
def test_what_has_not_begun_was_attended_by_nobody(town, told, desk, clock):
    to_come = {name: clock.now_us() + hours * HOUR_US for name, hours in (("begins_us", 1), ("ends_us", 2))}
    held = town.act(enter_session, told(**to_come))
    assert town.refusal(print_session, desk, held) == "training_not_begun"
    clock.advance(3600)
    assert town.act(print_session, desk, held).number == "P-16/2025/0001"  # people sign it while it goes on


def test_what_was_called_off_is_over(town, told, desk):
    held = town.act(enter_session, told())
    assert town.refusal(call_off, held, " ") == "reason_required"
    document = town.act(print_session, desk, held)
    assert town.refusal(call_off, held, "salon dolu") == "training_form_stands"
    with town.database.writing() as session:
        cancel(session, town.clock, document.id, "yapılmadı", by=town.clerk)
    town.act(call_off, held, "salon dolu")
    for use_case, more in ((call_off, ("x",)), (change_session, (told(),))):
        assert town.refusal(use_case, held, *more) == "training_called_off"
    assert town.refusal(print_session, desk, held) == "training_called_off"


def last(town, name):
    with town.database.reading() as session:
        found = last_attended(session, town.people[name].id, town.clock.now_us())
        in_all = last_attended_us(session, town.clock.now_us()).get(town.people[name].id)
    assert in_all == (found.begins_us if found else None)
    return found.place if found else None


@pytest.mark.proves("D-6.11", "D-17.1a")
def test_the_last_training_is_the_newest_that_took_place(town, told, clock):
    assert last(town, "ayse") is None
    town.act(enter_session, told(place="eski"))
    ahead = {name: clock.now_us() + hours * HOUR_US for name, hours in (("begins_us", 5), ("ends_us", 6))}
    newer = town.act(enter_session, told(place="yeni", **ahead))
    assert (last(town, "ayse"), last(town, "bekir")) == ("eski", None)
    clock.advance(6 * 3600)
    assert last(town, "ayse") == "yeni"
    town.act(call_off, newer, "yapılmadı")
    assert last(town, "ayse") == "eski"
