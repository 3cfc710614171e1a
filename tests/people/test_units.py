import pytest

from vms.audit.entry import Actor
from vms.audit.model import AuditEntry
from vms.kernel.errors import VmsError
from vms.people.organisation_model import OrganisationUnit
from vms.people.organisation_queries import ids_below, line_above, staff_counts, units
from vms.people.organisation_rules import UnitKind
from vms.people.unit_service import UnitContent, change_unit, close_unit, register_unit, reopen_unit

BY = Actor(None, "console")
LINE = [  # D-1.1, as the directive draws it
    ("İzmir Büyükşehir Belediyesi", UnitKind.MUNICIPALITY),
    ("Başkanlık", UnitKind.PRESIDENCY),
    ("Genel Sekreterlik", UnitKind.GENERAL_SECRETARIAT),
    ("Ulaşım Dairesi Başkanlığı", UnitKind.DEPARTMENT),
    ("İzmir Ulaşım Merkezi Şube Müdürlüğü", UnitKind.BRANCH),
    ("Saha Teknolojileri ve Altyapı Yönetim Şefliği", UnitKind.CHIEFTAINCY),
    ("Görüntü İzleme Sistemleri Birimi", UnitKind.UNIT),
]


@pytest.fixture
def add(database, clock):
    def add(name, kind, parent=None, **more):
        with database.writing() as session:
            content = UnitContent(name=name, kind=kind, parent_id=parent and parent.id, **more)
            return register_unit(session, clock, content, by=BY)

    return add


@pytest.fixture
def line(add):
    made = []
    for name, kind in LINE:
        made.append(add(name, kind, made[-1] if made else None))
    return made


@pytest.fixture
def change(database, clock):
    def change(unit, **changes):
        content = {"name": unit.name, "kind": UnitKind(unit.kind), "parent_id": unit.parent_id}
        with database.writing() as session:
            return change_unit(session, clock, unit.id, UnitContent(**(content | changes)), by=BY)

    return change


def refusal_of(call, *arguments, **more):
    with pytest.raises(VmsError) as refusal:
        call(*arguments, **more)
    return refusal.value.code


@pytest.mark.proves("D-1.1", "D-3.1b", "D-3.1g")
def test_a_records_head_names_the_whole_line(database, line):
    with database.reading() as session:
        assert [unit.name for unit in line_above(session, session.get(OrganisationUnit, line[-1].id))] == [
            name for name, _ in LINE
        ]


def test_units_stand_in_the_order_of_the_turkish_alphabet(database, add, line):
    for name in ("Şoförler", "Çevre", "Sağlık", "Cenaze"):
        add(name, UnitKind.DEPARTMENT, line[0])
    with database.reading() as session:
        names = [unit.name for unit in units(session) if unit.parent_id == line[0].id]
    assert names == ["Başkanlık", "Cenaze", "Çevre", "Sağlık", "Şoförler"]


def test_a_unit_stands_under_a_higher_one(add, line):
    municipality, presidency, _, department, branch, *_, unit = line
    assert refusal_of(add, "Daire", UnitKind.DEPARTMENT, branch) == "unit_parent_lower"
    assert refusal_of(add, "Daire", UnitKind.DEPARTMENT, department) == "unit_parent_lower"
    assert refusal_of(add, "Daire", UnitKind.DEPARTMENT) == "unit_parent_missing"
    assert refusal_of(add, "Belediye", UnitKind.MUNICIPALITY, presidency) == "unit_parent_missing"
    assert refusal_of(add, "Başka belediye", UnitKind.MUNICIPALITY) == "municipality_exists"
    assert add("Alt birim", UnitKind.UNIT, unit).parent_id == unit.id, "a unit may stand under another"
    assert add("Doğrudan bağlı", UnitKind.UNIT, municipality), "and a level may be left out"


def test_no_unit_stands_under_itself(add, line, change):
    unit = line[-1]
    below = add("Alt birim", UnitKind.UNIT, unit)
    assert refusal_of(change, unit, parent_id=unit.id) == "unit_circle"
    assert refusal_of(change, unit, parent_id=below.id) == "unit_circle"


def test_what_stands_below_stays_lower(line, change):
    assert refusal_of(change, line[4], kind=UnitKind.UNIT) == "unit_parent_lower"


@pytest.mark.parametrize(
    "name", ["", "   ", "a" * 161, "Şube\x00", "Şube\nMüdürlüğü", "Şube\u202eMüdürlüğü", "Şube\ud800"]
)
def test_a_name_that_cannot_be_printed_is_refused(add, line, name):
    assert refusal_of(add, name, UnitKind.UNIT, line[0]) == "unit_name_invalid"


def test_markup_is_a_name_like_any_other(add, line):
    assert add("<script>alert(1)</script>", UnitKind.UNIT, line[0]).name == "<script>alert(1)</script>"
    assert add("  Zabıta   Birimi ", UnitKind.UNIT, line[0]).name == "Zabıta Birimi"


def test_a_name_is_given_once_under_one_unit(database, clock, add, line, change):
    first = add("Işık Birimi", UnitKind.UNIT, line[0])
    assert refusal_of(add, "IŞIK BİRİMİ", UnitKind.UNIT, line[0]) == "unit_name_taken"
    assert add("Işık Birimi", UnitKind.UNIT, line[3]), "elsewhere it is another unit"
    with database.writing() as session:
        close_unit(session, clock, first.id)
    second = add("Işık Birimi", UnitKind.UNIT, line[0])
    with pytest.raises(VmsError) as refusal, database.writing() as session:
        reopen_unit(session, clock, first.id)
    assert refusal.value.code == "unit_name_taken"
    assert change(second, name="Işık birimi").name == "Işık birimi", "its own name does not stand in its way"


def test_a_unit_closes_when_it_is_empty(database, clock, add, line, staff):
    unit = line[-1]
    with database.writing() as session:
        person = staff(session, "Ayşe Işık", unit_id=unit.id)
    for target, code in ((line[0], "unit_has_units"), (unit, "unit_has_staff")):
        with pytest.raises(VmsError) as refusal, database.writing() as session:
            close_unit(session, clock, target.id)
        assert refusal.value.code == code
    with database.writing() as session:
        session.merge(person).unit_id = line[0].id
    clock.advance(1)
    with database.writing() as session:
        assert close_unit(session, clock, unit.id, by=BY).closed_us == clock.now_us()
        assert staff_counts(session, clock.now_us()) == {line[0].id: 1}
    assert refusal_of(add, "Yeni", UnitKind.UNIT, unit) == "unit_closed"
    with database.writing() as session:
        assert reopen_unit(session, clock, unit.id, by=BY).closed_us is None
    assert add("Yeni", UnitKind.UNIT, unit)


def test_who_signs_for_a_unit_works_here(database, clock, line, change, staff):
    with database.writing() as session:
        person = staff(session, "Ayşe Işık", unit_id=line[0].id)
        gone = staff(session, "Ümit Şahin", unit_id=line[0].id)
        gone.left_us = clock.now_us()
    assert change(line[-1], supervisor_id=person.id).supervisor_id == person.id
    assert refusal_of(change, line[-1], supervisor_id=gone.id) == "person_left"
    assert refusal_of(change, line[-1], supervisor_id=line[0].id) == "person_not_found"


def test_every_change_is_logged_with_what_it_changed(database, clock, line, change):
    change(line[-1], name="Görüntü Birimi")
    change(line[-1], name="Görüntü Birimi", kind=UnitKind.UNIT)
    with database.reading() as session:
        entries = session.query(AuditEntry).order_by(AuditEntry.sequence).all()
    acts = [entry.act for entry in entries]
    assert acts == ["unit_registered"] * len(LINE) + ["unit_changed"], "a change of nothing is none"
    assert entries[-1].subject_words == "Görüntü Birimi"
    assert '"name":["Görüntü İzleme Sistemleri Birimi","Görüntü Birimi"]' in entries[-1].detail


def test_all_below_a_unit_are_found(database, line):
    with database.reading() as session:
        assert ids_below(session, line[3].id) == {unit.id for unit in line[3:]}
