import pytest

from vms.audit.entry import Actor
from vms.audit.model import AuditEntry
from vms.kernel.errors import VmsError
from vms.people.acting import actor_of
from vms.people.organisation_queries import PersonFilter, persons
from vms.people.organisation_rules import EmploymentKind, UnitKind
from vms.people.person_service import PersonContent, change_person, come_back, leave, register_person
from vms.people.queries import need_account
from vms.people.rules import Role
from vms.people.service import NewAccount, create_account, enable
from vms.people.sessions import begin_session, open_session
from vms.people.unit_service import UnitContent, close_unit, register_unit

BY = Actor(None, "console")


@pytest.fixture
def unit(database, clock):
    with database.writing() as session:
        return register_unit(session, clock, UnitContent(name="Belediye", kind=UnitKind.MUNICIPALITY))


@pytest.fixture
def content(unit):
    def content(full_name="Ayşe Işık", **more):
        values = {"employment_kind": EmploymentKind.CIVIL_SERVANT, "unit_id": unit.id}
        return PersonContent(full_name=full_name, **(values | more))

    return content


@pytest.fixture
def add(database, clock, content):
    def add(*arguments, **more):
        with database.writing() as session:
            return register_person(session, clock, content(*arguments, **more), by=BY)

    return add


def names(database, clock, **wanted):
    with database.reading() as session:
        return [one.full_name for one in persons(session, PersonFilter(**wanted), clock.now_us()).persons]


@pytest.mark.proves("D-5.5a", "D-3.1f")
@pytest.mark.parametrize("kind", list(EmploymentKind))
def test_a_person_is_registered_with_all_that_is_known(add, clock, kind):
    person = add(
        "  Ayşe   Işık ", employment_kind=kind, registry_no=" iz-1905 ", title=" Güvenlik görevlisi ",
        email=" ayse@example.org ", phone=" 0232  293 12 00 ",
    )  # fmt: skip
    assert (person.full_name, person.registry_no, person.title) == ("Ayşe Işık", "İZ-1905", "Güvenlik görevlisi")
    assert (person.email, person.phone, person.employment_kind) == ("ayse@example.org", "0232 293 12 00", kind)
    assert person.is_staff(clock.now_us())


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"full_name": " "}, "display_name_invalid"),
        ({"full_name": "a" * 121}, "display_name_invalid"),
        ({"full_name": "Ayşe\x00Işık"}, "display_name_invalid"),
        ({"full_name": "Ayşe\u202eIşık"}, "display_name_invalid"),
        ({"full_name": "Ayşe\tIşık"}, "display_name_invalid"),
        ({"registry_no": "1" * 21}, "registry_no_invalid"),
        ({"registry_no": "12 34"}, "registry_no_invalid"),
        ({"registry_no": "<b>"}, "registry_no_invalid"),
        ({"title": "a" * 121}, "title_invalid"),
        ({"title": "Şef\nMüdür"}, "title_invalid"),
        ({"email": "ayse"}, "email_invalid"),
        ({"email": "ayse@example.org\n"}, None),
        ({"email": "a@b.c" + "d" * 260}, "email_invalid"),
        ({"email": '"<script>"@example.org'}, "email_invalid"),
        ({"phone": "beni ara"}, "phone_invalid"),
        ({"phone": "1" * 33}, "phone_invalid"),
    ],
)
def test_what_cannot_be_printed_or_reached_is_refused(add, changes, code):
    if code is None:
        assert add(**changes).email == "ayse@example.org"
        return
    with pytest.raises(VmsError) as refusal:
        add(**changes)
    assert refusal.value.code == code


def test_markup_is_a_name_like_any_other(add):
    assert add("<img src=x onerror=alert(1)>").full_name == "<img src=x onerror=alert(1)>"


def test_two_persons_of_one_name_are_told_apart_by_their_numbers(database, clock, add):
    first = add("Mehmet Yılmaz")
    with pytest.raises(VmsError) as refusal:
        add("MEHMET YILMAZ")
    assert refusal.value.code == "namesake_needs_registry_no"
    second = add("Mehmet Yılmaz", registry_no="4711")
    assert first.id != second.id
    assert names(database, clock) == ["Mehmet Yılmaz", "Mehmet Yılmaz"]
    with database.reading() as session:
        page = persons(session, PersonFilter(search="yilmaz 4711"), clock.now_us())
    assert [one.id for one in page.persons] == [second.id]
    with pytest.raises(VmsError) as refusal:
        add("Ayşe Işık", registry_no="4711")
    assert (refusal.value.code, refusal.value.detail) == ("registry_no_taken", {"name": "Mehmet Yılmaz"})


def test_who_bore_the_name_before_stays_correctable(database, clock, add, content):
    first = add("Mehmet Yılmaz")
    add("Mehmet Yılmaz", registry_no="4711")
    with database.writing() as session:
        assert change_person(session, clock, first.id, content("Mehmet Yılmaz", phone="112")).phone == "112"


def test_lists_are_in_the_order_of_the_turkish_alphabet_page_by_page(database, clock, add):
    for name in ("Zeynep", "Şule", "Sema", "İbrahim", "Işık", "Özlem", "Oya", "Çağlar", "Cem"):
        add(name)
    ordered = ["Cem", "Çağlar", "Işık", "İbrahim", "Oya", "Özlem", "Sema", "Şule", "Zeynep"]
    assert names(database, clock) == ordered
    assert [names(database, clock, offset=at, limit=4) for at in (0, 4, 8)] == [ordered[:4], ordered[4:8], ordered[8:]]
    with database.reading() as session:
        assert persons(session, PersonFilter(limit=1), clock.now_us()).total == len(ordered)


@pytest.mark.parametrize("typed", ["isik", "IŞIK", "ışık", "ISIK", "işik ayse", "1905"])
def test_a_person_is_found_however_it_is_typed(database, clock, add, typed):
    add("Ayşe Işık", registry_no="1905")
    add("Başka Biri")
    assert names(database, clock, search=typed) == ["Ayşe Işık"]


@pytest.mark.parametrize("typed", ["%", "_", "\\", "'; DROP TABLE person"])
def test_signs_of_the_database_are_letters_to_a_search(database, clock, add, typed):
    add("Ayşe Işık")
    assert names(database, clock, search=typed) == []


def test_whoever_leaves_is_signed_out_at_once_and_cannot_come_in(database, clock, add, passwords):
    person = add()
    with database.writing() as session:
        new = NewAccount(name="ayse", roles=[Role.GUARD], password="correct horse battery", person_id=person.id)
        account = create_account(session, clock, new, passwords=passwords)
        token = begin_session(session, clock, account.id, "10.0.0.1")
    assert account.display_name == "Ayşe Işık"
    clock.advance(1)
    with database.writing() as session:
        leave(session, clock, person.id, by=BY)
    assert open_session(database, clock, token) is None
    assert names(database, clock) == []
    assert names(database, clock, staff="left") == names(database, clock, staff="all") == ["Ayşe Işık"]
    with pytest.raises(VmsError) as refusal, database.writing() as session:
        enable(session, clock, need_account(session, "ayse"))
    assert refusal.value.code == "person_left"
    with database.writing() as session:
        assert come_back(session, clock, person.id, by=BY).is_staff(clock.now_us())
        assert need_account(session, "ayse").disabled_us is not None, "opened by somebody, not by itself"
        enable(session, clock, need_account(session, "ayse"))
    with database.reading() as session:
        acts = [entry.act for entry in session.query(AuditEntry).order_by(AuditEntry.sequence)]
    assert acts[-5:] == ["person_left", "account_disabled", "session_ended", "person_returned", "account_enabled"]


def test_nobody_says_of_themselves_that_they_left(database, clock, add, passwords):
    person = add()
    with database.writing() as session:
        new = NewAccount(name="ayse", roles=[Role.SYSADMIN], password="correct horse battery", person_id=person.id)
        account = create_account(session, clock, new, passwords=passwords)
    with pytest.raises(VmsError) as refusal, database.writing() as session:
        leave(session, clock, person.id, by=actor_of(account))
    assert refusal.value.code == "own_account"


def test_an_account_bears_its_persons_name_of_today(database, clock, add, content, passwords):
    person = add()
    with database.writing() as session:
        new = NewAccount(name="ayse", password="correct horse battery", person_id=person.id)
        create_account(session, clock, new, passwords=passwords)
        change_person(session, clock, person.id, content("Ayşe Işık Yılmaz"), by=BY)
    with database.reading() as session:
        assert need_account(session, "ayse").display_name == "Ayşe Işık Yılmaz"
    assert names(database, clock, search="yilmaz") == ["Ayşe Işık Yılmaz"]


def test_how_a_person_is_reached_is_not_in_the_audit_log(database, clock, add, content):
    person = add(phone="0555 123 45 67", email="ayse@example.org")
    with database.writing() as session:
        change_person(session, clock, person.id, content(phone="0555 765 43 21", email="isik@example.org"))
    with database.reading() as session:
        entries = session.query(AuditEntry).order_by(AuditEntry.sequence).all()
    assert [entry.act for entry in entries[-2:]] == ["person_registered", "person_changed"]
    assert entries[-1].detail == '{"contact":true}'
    assert not any(secret in entry.detail for entry in entries for secret in ("0555", "example.org"))


def test_nobody_starts_in_a_closed_unit(database, clock, add, unit):
    with database.writing() as session:
        closed = register_unit(session, clock, UnitContent(name="Eski birim", kind=UnitKind.UNIT, parent_id=unit.id))
        close_unit(session, clock, closed.id)
    with pytest.raises(VmsError) as refusal:
        add(unit_id=closed.id)
    assert refusal.value.code == "unit_closed"
