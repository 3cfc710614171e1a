"""`vms unit`, `vms person`, `vms user role`, run as they are."""

import json

import pytest
from typer.testing import CliRunner

from vms.cli import person, unit, user

pytestmark = pytest.mark.usefixtures("set_up")
PASSWORD = "correct horse battery"


@pytest.fixture
def run(tmp_path):
    def run(app, *arguments, typed: str = "", refused: str | None = None):
        result = CliRunner().invoke(app, [*arguments, "--data", str(tmp_path)], input=typed)
        code = getattr(result.exception, "code", None) if result.exception else None
        assert (code if isinstance(code, str) else None) == refused, result.output
        return result

    return run


def rows(run, app, *arguments):
    return json.loads(run(app, "list", *arguments, "--json").output)


@pytest.fixture
def line(run):
    run(unit.app, "add", "İzmir Büyükşehir Belediyesi", "--kind", "municipality")
    run(unit.app, "add", "Ulaşım Dairesi", "--kind", "department", "--under", "İZMİR BÜYÜKŞEHİR BELEDİYESİ")
    run(unit.app, "add", "Işık Birimi", "--kind", "unit", "--under", "Ulaşım Dairesi")


@pytest.mark.proves("D-1.1")
def test_the_organisation_is_entered_and_shown(run, line):
    shown = run(unit.app, "list").output
    assert shown.index("Belediyesi") < shown.index("Ulaşım Dairesi (department)") < shown.index("Işık Birimi (unit)")
    run(unit.app, "change", "isik birimi", "--name", "Görüntü İzleme Birimi")
    assert "Görüntü İzleme Birimi" in [row["name"] for row in rows(run, unit.app)]
    run(unit.app, "change", "Ulaşım Dairesi", "--under", "Görüntü İzleme Birimi", refused="unit_circle")
    run(unit.app, "close", "Ulaşım Dairesi", refused="unit_has_units")
    run(unit.app, "close", "Görüntü İzleme Birimi")
    assert run(unit.app, "close", "Yok").exit_code == 2


@pytest.mark.proves("D-5.5a", "D-3.1f")
def test_a_person_is_registered_gets_an_account_and_leaves(run, line):
    run(
        person.app, "add", "Ayşe Işık", "--unit", "Işık Birimi", "--employment", "support_service",
        "--registry-no", "1905", "--title", "Güvenlik görevlisi",
    )  # fmt: skip
    (row,) = rows(run, person.app, "isik")
    assert (row["full_name"], row["registry_no"], row["unit"], row["state"]) == (
        "Ayşe Işık",
        "1905",
        "Işık Birimi",
        "staff",
    )
    assert "Güvenlik" in run(person.app, "list").output
    run(person.app, "add", "Ayşe Işık", "--unit", "Işık Birimi", refused="namesake_needs_registry_no")
    run(user.app, "add", "ayse", "--person", "1905", "--role", "guard", "--password-stdin", typed=PASSWORD)
    assert rows(run, user.app)[0]["display_name"] == "Ayşe Işık"
    run(
        user.app, "add", "ayse2", "--person", "ayşe ışık", "--password-stdin", typed=PASSWORD,
        refused="person_has_account",
    )  # fmt: skip
    run(person.app, "left", "1905")
    assert rows(run, user.app)[0]["state"] == "disabled"
    assert rows(run, person.app) == []
    assert [one["state"] for one in rows(run, person.app, "--all")] == ["left"]
    run(user.app, "enable", "ayse", refused="person_left")
    run(person.app, "back", "1905")
    run(user.app, "enable", "ayse")


def test_roles_are_given_again_and_taken_back(run):
    run(
        user.app,
        "add",
        "omer",
        "--role",
        "registry_clerk",
        "--role",
        "asset_receiver",
        "--password-stdin",
        typed=PASSWORD,
    )
    assert rows(run, user.app)[0]["roles"] == ["asset_receiver", "registry_clerk"]
    run(user.app, "role", "give", "omer", "unit_supervisor")
    run(user.app, "role", "take", "omer", "asset_receiver")
    run(user.app, "role", "give", "omer", "branch_manager", "--until", "2099-12-31")
    assert rows(run, user.app)[0]["roles"] == ["branch_manager", "registry_clerk", "unit_supervisor"]
    run(user.app, "role", "give", "omer", "auditor", refused="auditor_has_no_other_role")
    run(user.app, "role", "give", "omer", "guard", "--until", "2020-01-01", refused="until_in_the_past")


@pytest.mark.proves("D-11.6", "edge-87")
def test_a_wall_names_who_answers_for_it(run, line):
    wall = ("add", "duvar", "--kind", "shared", "--display-name", "Kontrol odası", "--password-stdin")
    run(user.app, *wall, typed=PASSWORD, refused="responsible_person_missing")
    run(person.app, "add", "Ayşe Işık", "--unit", "Işık Birimi")
    run(user.app, *wall, "--responsible", "Ayşe Işık", typed=PASSWORD)
    assert (rows(run, user.app)[0]["kind"], rows(run, user.app)[0]["roles"]) == ("shared", ["shared_account"])
