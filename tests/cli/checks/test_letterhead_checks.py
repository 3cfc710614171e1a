import importlib.util
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from vms.cli.checks.finding import Level
from vms.cli.checks.letterhead import check_letterhead
from vms.cli.demo.letterhead import NAME
from vms.cli.parts.document_desk import desk_of
from vms.cli.settings.node import DataPaths, load_settings
from vms.cli.web import parts_of
from vms.documents.forms.agreement import AgreementForm
from vms.documents.forms.form import Person
from vms.documents.seal import Seal
from vms.kernel.clock import ManualClock, SystemClock, from_datetime
from vms.kernel.errors import VmsError

_SPEC = importlib.util.spec_from_file_location(
    "certificates_of_letterheads", Path(__file__).parents[2] / "documents" / "certificates.py"
)
_certificates = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(_certificates)

INSTITUTION = '[institution]\nname = "Konak Belediyesi"\nquery_url = "https://belge.konak.example"\n'
SEAL = '[institution.seal]\nfile = "seal.p12"\npassword_file = "seal.password"\n'


@pytest.fixture
def paths(tmp_path):
    return DataPaths(tmp_path)


def found(paths, text):
    paths.settings.write_text(text)
    findings = check_letterhead(load_settings(paths, {}), paths, SystemClock())
    return [(one.check, one.level, one.remedy) for one in findings]


def test_without_a_letterhead_no_papers_are_printed(paths):
    ((check, level, remedy),) = found(paths, "")
    assert (check, level) == ("letterhead", Level.WARNING)
    assert "[institution]" in remedy


def test_a_folder_of_the_demonstration_has_the_letterhead_that_is_lent_to_it(paths):
    paths.demo_accounts.parent.mkdir()
    paths.demo_accounts.write_text("{}")
    (finding,) = check_letterhead(load_settings(paths, {}), paths, SystemClock())
    assert (finding.level, finding.remedy) == (Level.OK, "")
    assert NAME in finding.message
    assert "`vms serve` prints none" in finding.message
    paths.document_templates.mkdir()
    (paths.document_templates / "P-08.typ").write_text("#nonsense(")
    (finding,) = check_letterhead(load_settings(paths, {}), paths, SystemClock())
    assert finding.level is Level.PROBLEM


def test_a_letterhead_that_prints(paths):
    assert found(paths, INSTITUTION)[0] == ("letterhead", Level.OK, "")


@pytest.mark.proves("D-10.2c")
def test_without_a_seal_no_package_is_signed(paths):
    _, (check, level, remedy) = found(paths, INSTITUTION)
    assert (check, level) == ("seal", Level.WARNING)
    assert "[institution.seal]" in remedy


@pytest.mark.parametrize(("days", "level"), [(29, Level.WARNING), (31, Level.OK), (-1, Level.PROBLEM)])
def test_a_certificate_that_ends_soon_is_told_a_month_before(paths, days, level):
    _certificates.Authority().pkcs12("Konak Belediyesi", "parola", paths.root / "seal.p12")
    (paths.root / "seal.password").write_text("parola")
    for name in ("seal.p12", "seal.password"):
        (paths.root / name).chmod(0o600)
    paths.settings.write_text(INSTITUTION + SEAL)
    ends = Seal.at(paths.root / "seal.p12", "parola").expires()
    clock = ManualClock(from_datetime(ends - timedelta(days=days, hours=-1)))
    (finding,) = (one for one in check_letterhead(load_settings(paths, {}), paths, clock) if one.check == "seal")
    assert finding.level is level


def test_a_logo_and_a_template_that_cannot_be_used(paths):
    (_, level, remedy), _ = found(paths, INSTITUTION + 'logo = "logo.svg"\n')
    assert level is Level.PROBLEM
    assert "logo_unreadable" in remedy
    paths.document_templates.mkdir()
    (paths.document_templates / "P-08.typ").write_text("#nonsense(")
    (_, level, remedy), _ = found(paths, INSTITUTION)
    assert level is Level.PROBLEM
    assert "template_invalid" in remedy


def test_a_seal_that_does_not_open_and_lies_open(paths):
    ((_, level, _), (check, seal, remedy)) = found(paths, INSTITUTION + SEAL)
    assert (level, check, seal) == (Level.OK, "seal", Level.PROBLEM)
    assert "seal_password_unreadable" in remedy
    for name in ("seal.p12", "seal.password"):
        (paths.root / name).write_text("no seal at all")
        (paths.root / name).chmod(0o644)
    remedies = [remedy for check, level, remedy in found(paths, INSTITUTION + SEAL) if level is Level.PROBLEM]
    assert [remedy.split()[0] for remedy in remedies[:2]] == ["chmod", "chmod"]
    assert "seal_unreadable" in remedies[2]


@pytest.mark.proves("D-0.2")
def test_a_broken_seal_keeps_papers_back_and_nothing_else(paths):
    for name in ("seal.p12", "seal.password"):
        (paths.root / name).write_text("no seal at all")
    paths.settings.write_text(INSTITUTION + SEAL)
    settings, clock = load_settings(paths, {}), SystemClock()
    parts = parts_of(settings, paths, clock)  # `vms web` comes up
    assert parts.desk is not None
    form = AgreementForm(person=Person(name="Ayşe"), day="2026-11-21")
    press = desk_of(settings, paths, ZoneInfo("Europe/Istanbul")).need_press()
    with pytest.raises(VmsError) as refusal:
        press.print(form, number="P-08/2026/0001", version=1, code="0000111122223333", at_us=clock.now_us())
    assert refusal.value.code == "seal_unreadable"
    assert press.specimen(form, clock.now_us()).startswith(b"%PDF")
