"""Checks of what papers are printed with: letterhead, templates, the institution's seal."""

from datetime import date, timedelta
from pathlib import Path

from vms.cli.checks.finding import Finding, Level, ok, problem, warning
from vms.cli.demo.letterhead import demo_institution
from vms.cli.parts.document_desk import press_of, seal_of
from vms.cli.serve import address_of
from vms.cli.settings.institution import InstitutionSettings, SealSettings
from vms.cli.settings.node import DataPaths, Settings
from vms.cli.settings.service_password import open_to_others
from vms.documents.forms.agreement import AgreementForm
from vms.documents.forms.form import Person
from vms.kernel.clock import Clock, to_datetime
from vms.kernel.days import ZONE
from vms.kernel.errors import VmsError

_WARN = timedelta(days=30)


def check_letterhead(settings: Settings, paths: DataPaths, clock: Clock) -> list[Finding]:
    """A paper can be set with the letterhead; the seal is there, opens, lasts, lies where nobody else reads it."""
    chosen = settings.institution
    if chosen is None and paths.demo_accounts.exists():
        return [_check_borrowed(settings, paths, clock)]
    if chosen is None:
        remedy = 'Set [institution] in nazar.toml: name, query_url = "https://belge.example.bel.tr".'
        return [warning("letterhead", "No papers are printed: nobody has said in whose name.", remedy)]
    findings = [_check_press(chosen, paths, clock)]
    if chosen.seal is None:
        remedy = "Set [institution.seal] file and password_file in nazar.toml; papers are printed without it."
        return [*findings, warning("seal", "No package of footage can be built: its manifest is unsigned.", remedy)]
    return findings + _check_seal(chosen.seal, paths.root, clock)


def _check_borrowed(settings: Settings, paths: DataPaths, clock: Clock) -> Finding:
    """A folder of the demonstration: `vms demo` lends its processes a letterhead, no other command has one."""
    lent = demo_institution(address_of(settings.web.host, settings.web.port))
    found = _check_press(lent, paths, clock)
    if found.level is not Level.OK:
        return found
    return ok(
        "letterhead",
        f"`vms demo` prints papers in the name of {lent.name}; `vms serve` prints none before [institution] is set",
    )


def _check_press(chosen: InstitutionSettings, paths: DataPaths, clock: Clock) -> Finding:
    now_us = clock.now_us()
    form = AgreementForm(person=Person(name="Örnek Kişi"), day=_today(now_us))
    try:
        press_of(chosen, paths, ZONE).specimen(form, now_us)
    except VmsError as err:
        return problem("letterhead", err.message, f"Documents are refused until this is mended. Code: {err.code}.")
    return ok(
        "letterhead", f"Papers are printed in the name of {chosen.name}, to be asked after at {chosen.query_url}/d"
    )


def _check_seal(chosen: SealSettings, root: Path, clock: Clock) -> list[Finding]:
    files = [path for path in (chosen.file, chosen.password_file) if path is not None]
    findings = [found for path in files for found in open_to_others(root / path, "seal")]
    try:
        ends = seal_of(chosen, root).expires()
    except VmsError as err:
        return [*findings, problem("seal", err.message, f"Papers are refused until this is mended. Code: {err.code}.")]
    now = to_datetime(clock.now_us())
    if ends <= now:
        remedy = "Get another certificate; what was sealed before stays proved."
        return [*findings, problem("seal", f"The seal's certificate ended on {ends:%Y-%m-%d}.", remedy)]
    if ends - now <= _WARN:
        return [*findings, warning("seal", f"The seal's certificate ends on {ends:%Y-%m-%d}.", "Get another one.")]
    return [*findings, ok("seal", f"The institution's seal opens, its certificate lasts until {ends:%Y-%m-%d}")]


def _today(now_us: int) -> date:
    return to_datetime(now_us).astimezone(ZONE).date()
