"""`vms doctor`: what is wrong with this machine or this node, and what to do."""

import json
import sqlite3
from collections.abc import Callable
from dataclasses import asdict
from typing import Annotated

import typer

from vms.cli.checks import data as data_checks
from vms.cli.checks import machine as machine_checks
from vms.cli.checks.finding import Finding, Level, problem
from vms.cli.checks.initials import check_initials
from vms.cli.checks.mail import check_mail
from vms.cli.settings.node import DEFAULT_DATA, DataOption, DataPaths, Settings
from vms.kernel.clock import SystemClock
from web.recorder_client import ask_status

_MARKS = {Level.OK: ("ok     ", "green"), Level.WARNING: ("warning", "yellow"), Level.PROBLEM: ("PROBLEM", "red")}


def doctor(
    data: DataOption = DEFAULT_DATA,
    as_json: Annotated[bool, typer.Option("--json", help="For machines.")] = False,
) -> None:
    """Check the machine, the settings and the data folder; say what to do. Exit code 1 on a problem.

    Changes nothing, and may run beside a working node.
    """
    findings = examine(DataPaths(data.absolute()))
    has_problem = any(finding.level is Level.PROBLEM for finding in findings)
    if as_json:
        typer.echo(json.dumps({"ok": not has_problem, "findings": [asdict(finding) for finding in findings]}))
    else:
        for finding in findings:
            _print(finding)
    if has_problem:
        raise typer.Exit(1)


def examine(paths: DataPaths) -> list[Finding]:
    """All findings; a check that breaks is a finding itself."""
    settings_finding, settings = data_checks.check_settings(paths)
    clock = SystemClock()
    sockets = [paths.recorder_socket(shard) for shard in range(settings.recorder.shards)]
    is_running = any(ask_status(path, clock).status is not None for path in sockets)
    checks: list[Callable[[], Finding | list[Finding]]] = [
        machine_checks.check_python,
        machine_checks.check_libraries,
        lambda: machine_checks.check_sqlite(sqlite3.sqlite_version),
        machine_checks.check_ffmpeg,
        lambda: machine_checks.check_clock(machine_checks.clock_state()),
        machine_checks.check_open_files,
        lambda: settings_finding,
        lambda: data_checks.check_data_folder(paths.root),
        lambda: data_checks.check_keys(paths),
        lambda: data_checks.check_volumes(settings, paths),
        lambda: data_checks.check_database(paths.database),
        lambda: _check_live(settings, paths),
        lambda: _check_sign_in(settings, paths),
        lambda: _check_letterhead(settings, paths),
        lambda: check_initials(settings.initials, paths, clock),
        lambda: check_mail(settings.mail, paths),
        lambda: _check_time_stamp(settings, paths),
        lambda: _check_ebys(settings, paths),
        lambda: machine_checks.check_port(settings.web.host, settings.web.port, is_ours=is_running),
    ]
    findings: list[Finding] = []
    for check in checks:
        try:
            found = check()
        except OSError as err:
            found = problem("check", f"A check could not be made: {err.strerror}.", "Run it as the service's user.")
        findings += found if isinstance(found, list) else [found]
    return findings


def _check_live(settings: Settings, paths: DataPaths) -> list[Finding]:
    try:
        from vms.cli.checks.live import check_live  # noqa: PLC0415 - without its library the others must go on
    except ImportError:
        return []  # `check_libraries` says so
    return check_live(settings.live, paths)


def _check_sign_in(settings: Settings, paths: DataPaths) -> list[Finding]:
    try:
        from vms.cli.checks.sign_in import check_proof, check_sign_in  # noqa: PLC0415 - as above
    except ImportError:
        return []
    return [check_proof(settings.sign_in), *check_sign_in(settings, paths, SystemClock())]


def _check_letterhead(settings: Settings, paths: DataPaths) -> list[Finding]:
    try:
        from vms.cli.checks.letterhead import check_letterhead  # noqa: PLC0415 - as above
    except ImportError:
        return []
    return check_letterhead(settings, paths, SystemClock())


def _check_time_stamp(settings: Settings, paths: DataPaths) -> list[Finding]:
    try:
        from vms.cli.checks.time_stamp import check_time_stamp  # noqa: PLC0415 - as above
    except ImportError:
        return []
    return check_time_stamp(settings.footage.time_stamp, paths)


def _check_ebys(settings: Settings, paths: DataPaths) -> list[Finding]:
    try:
        from vms.cli.checks.ebys import check_ebys  # noqa: PLC0415 - as above
    except ImportError:
        return []
    return check_ebys(settings.ebys, paths)


def _print(finding: Finding) -> None:
    mark, colour = _MARKS[finding.level]
    typer.echo(f"{typer.style(mark, fg=colour)}  {finding.message}")
    if finding.remedy:
        typer.echo(f"         → {finding.remedy}")
