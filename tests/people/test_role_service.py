import sqlite3

import pytest

from vms.audit.entry import Actor
from vms.audit.model import AuditEntry
from vms.kernel.errors import VmsError
from vms.people.account_list import AccountFilter, find_accounts
from vms.people.acting import actor_of
from vms.people.organisation_rules import UnitKind
from vms.people.queries import need_account, roles_of
from vms.people.role_service import give_role, take_role
from vms.people.rules import AccountKind, Role
from vms.people.service import (
    AccountContent,
    NewAccount,
    change_account,
    create_account,
    disable,
    enable,
    set_password,
)
from vms.people.unit_service import UnitContent, register_unit

BY = Actor(None, "console")
PASSWORD = "correct horse battery"


@pytest.fixture
def person(database, clock, staff):
    with database.writing() as session:
        unit = register_unit(session, clock, UnitContent(name="Belediye", kind=UnitKind.MUNICIPALITY))
        return staff(session, "Ümit Şahin", unit.id, registry_no="4711")


@pytest.fixture
def add(database, clock, passwords):
    def add(name, **more):
        with database.writing() as session:
            return create_account(
                session, clock, NewAccount(name=name, password=PASSWORD, **more), passwords=passwords, by=BY
            )

    return add


@pytest.fixture
def held(database, clock):
    def held(account):
        with database.reading() as session:
            return roles_of(session, account.id, clock.now_us())

    return held


def refused(database, call, *arguments, **more):
    with pytest.raises(VmsError) as refusal, database.writing() as session:
        call(session, *arguments, **more)
    return refusal.value.code


def test_roles_are_given_and_taken_back(database, clock, account, held):
    with database.writing() as session:
        give_role(session, clock, account, Role.UNIT_SUPERVISOR, by=BY)
    assert held(account) == {Role.GUARD, Role.UNIT_SUPERVISOR}
    assert refused(database, give_role, clock, account, Role.GUARD, by=BY) == "role_held_already"
    clock.advance(1)
    with database.writing() as session:
        take_role(session, clock, account, Role.GUARD, by=BY)
    assert held(account) == {Role.UNIT_SUPERVISOR}
    assert refused(database, take_role, clock, account, Role.GUARD, by=BY) == "role_not_held"
    with database.writing() as session:
        give_role(session, clock, account, Role.GUARD, by=BY)
    assert held(account) == {Role.GUARD, Role.UNIT_SUPERVISOR}
    with database.reading() as session:
        told = [(entry.act, entry.detail) for entry in session.query(AuditEntry).order_by(AuditEntry.sequence)]
    assert told[-3:] == [
        ("role_given", '{"role":"unit_supervisor"}'),
        ("role_taken", '{"role":"guard"}'),
        ("role_given", '{"role":"guard"}'),
    ]


def test_a_deputys_role_ends_at_its_microsecond(database, clock, account, held):
    until_us = clock.now_us() + 5_000_000
    with database.writing() as session:
        give_role(session, clock, account, Role.BRANCH_MANAGER, until_us, by=BY)
    clock.advance(4.999999)
    assert Role.BRANCH_MANAGER in held(account)
    clock.advance(0.000001)
    assert clock.now_us() == until_us
    assert Role.BRANCH_MANAGER not in held(account)
    with database.writing() as session:
        give_role(session, clock, account, Role.BRANCH_MANAGER, by=BY)
    assert refused(database, give_role, clock, account, Role.PUBLISHER, clock.now_us(), by=BY) == "until_in_the_past"


@pytest.mark.parametrize("role", [Role.SHARED_ACCOUNT, Role.API_CLIENT, Role.PUBLIC, Role.EXTERNAL_AUTHORITY])
def test_a_persons_account_is_no_machines_and_no_strangers(database, clock, account, role):
    assert refused(database, give_role, clock, account, role, by=BY) == "role_not_for_kind"


def test_an_auditor_holds_no_other_role(database, clock, account, add):
    assert refused(database, give_role, clock, account, Role.AUDITOR, by=BY) == "auditor_has_no_other_role"
    auditor = add("denetci", display_name="Denetçi", roles=[Role.AUDITOR])
    assert refused(database, give_role, clock, auditor, Role.SYSADMIN, by=BY) == "auditor_has_no_other_role"


@pytest.mark.proves("C-7")
def test_nobody_decides_about_their_own_account(database, clock, account, passwords):
    by = actor_of(account)
    assert refused(database, give_role, clock, account, Role.SYSADMIN, by=by) == "own_account"
    assert refused(database, take_role, clock, account, Role.GUARD, by=by) == "own_account"
    assert refused(database, disable, clock, account, by=by) == "own_account"
    assert refused(database, set_password, clock, account, PASSWORD + "!", passwords=passwords, by=by) == "own_account"


def test_a_disabled_account_gets_no_role_and_keeps_those_it_had(database, clock, account, held):
    with database.writing() as session:
        disable(session, clock, account, by=BY)
        account = need_account(session, "ayse")
    assert refused(database, give_role, clock, account, Role.PUBLISHER, by=BY) == "account_disabled"
    assert held(account) == {Role.GUARD}


@pytest.mark.proves("D-5.5a")
def test_one_account_a_person(database, clock, person, add):
    assert add("umit", person_id=person.id).display_name == "Ümit Şahin"
    with pytest.raises(VmsError) as refusal:
        add("umit2", person_id=person.id)
    assert (refusal.value.kind, refusal.value.code, refusal.value.detail) == (
        "conflict", "person_has_account", {"name": "umit"},
    )  # fmt: skip


@pytest.mark.proves("D-11.6", "edge-87")
@pytest.mark.parametrize("kind", [AccountKind.SHARED, AccountKind.SERVICE])
def test_an_account_that_is_nobodys_own_has_somebody_responsible(database, clock, tmp_path, person, add, held, kind):
    with pytest.raises(VmsError) as refusal:
        add("duvar", display_name="Kontrol odası", kind=kind)
    assert (refusal.value.kind, refusal.value.code) == ("invalid", "responsible_person_missing")
    with pytest.raises(VmsError) as refusal:
        add("duvar", display_name="Kontrol odası", kind=kind, person_id=person.id)
    assert refusal.value.code == "shared_account_of_one_person"
    with pytest.raises(VmsError) as refusal:
        add("duvar", display_name="Duvar", kind=kind, responsible_person_id=person.id, roles=[Role.GUARD])
    assert refusal.value.code == "role_not_for_kind"
    wall = add("duvar", display_name="Kontrol odası", kind=kind, responsible_person_id=person.id)
    assert held(wall) == {Role.SHARED_ACCOUNT if kind is AccountKind.SHARED else Role.API_CLIENT}
    connection = sqlite3.connect(tmp_path / "nazar.db")
    with pytest.raises(sqlite3.IntegrityError, match="responsible_person_missing"):
        connection.execute("UPDATE account SET responsible_person_id = NULL")
    with pytest.raises(sqlite3.IntegrityError, match="shared_account_of_one_person"):
        connection.execute("UPDATE account SET person_id = responsible_person_id")
    connection.close()


def test_whose_an_account_is_never_changes(database, clock, person, staff, account, add):
    with database.writing() as session:
        other = staff(session, "Ayşe Işık", person.unit_id)
        changed = change_account(session, clock, account, AccountContent(person_id=other.id, language="en"), by=BY)
    assert (changed.display_name, changed.language, changed.person_id) == ("Ayşe Işık", "en", other.id)
    for person_id in (person.id, None):
        content = AccountContent(display_name="Ümit", person_id=person_id)
        assert refused(database, change_account, clock, changed, content, by=BY) == "account_of_another"
    wall = add("duvar", display_name="Duvar", kind=AccountKind.SHARED, responsible_person_id=person.id)
    content = AccountContent(display_name="Kuzey duvarı", responsible_person_id=other.id)
    with database.writing() as session:
        changed = change_account(session, clock, wall, content, by=BY)
    assert (changed.display_name, changed.responsible_person_id) == ("Kuzey duvarı", other.id)
    content = AccountContent(display_name="Kuzey duvarı")
    assert refused(database, change_account, clock, wall, content, by=BY) == "responsible_person_missing"
    content = AccountContent(display_name="Duvar", person_id=person.id, responsible_person_id=other.id)
    assert refused(database, change_account, clock, wall, content, by=BY) == "shared_account_of_one_person"


def test_a_wall_whose_responsible_person_left_is_not_opened_again(database, clock, person, add):
    wall = add("duvar", display_name="Duvar", kind=AccountKind.SHARED, responsible_person_id=person.id)
    with database.writing() as session:
        disable(session, clock, wall, by=BY)
        session.merge(person).left_us = clock.now_us()
    assert refused(database, enable, clock, wall, by=BY) == "person_left"


def test_accounts_are_found_by_what_people_call_them(database, clock, account, person, add):
    add("umit", person_id=person.id, roles=[Role.TECHNICIAN])
    add("duvar", display_name="İç bahçe", kind=AccountKind.SHARED, responsible_person_id=person.id)
    with database.writing() as session:
        disable(session, clock, add("zeynep", display_name="Zeynep Oral"), by=BY)

    def names(**wanted):
        with database.reading() as session:
            return [one.name for one in find_accounts(session, AccountFilter(**wanted), clock.now_us()).accounts]

    assert names() == ["ayse", "duvar", "umit"]
    assert names(search="IŞIK") == names(search="isik ayse") == ["ayse"]
    assert names(search="ic BAHCE") == ["duvar"]
    assert names(search="4711") == ["duvar", "umit"], "by the number of whose it is, of who answers for it"
    assert names(role=Role.TECHNICIAN) == ["umit"]
    assert names(kind=AccountKind.SHARED) == ["duvar"]
    assert names(openness="disabled") == ["zeynep"]
    assert names(openness="all", offset=1, limit=2) == ["duvar", "umit"]


def test_a_role_is_taken_also_after_the_clock_went_back(database, clock, add, held):
    account = add("ayse", display_name="Ayşe")
    with database.writing() as session:
        give_role(session, clock, account, Role.GUARD, by=BY)
    clock.step_wall(-60)
    with database.writing() as session:
        take_role(session, clock, account, Role.GUARD, by=BY)
    clock.step_wall(120)
    assert held(account) == frozenset()
