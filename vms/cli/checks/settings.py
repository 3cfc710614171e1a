"""Whether each part works as the settings say: what `vms doctor` looks at, for the console's page."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait

from vms.cli.checks import data as data_checks
from vms.cli.checks import machine as machine_checks
from vms.cli.checks.finding import Finding, problem
from vms.cli.checks.initials import check_initials
from vms.cli.checks.mail import check_mail
from vms.cli.settings.node import DataPaths, Settings
from vms.kernel.clock import Clock
from web.settings_desk import Check, CheckLevel

PATIENCE_S = 11.0  # a console waits fifteen seconds for an answer

Look = Callable[[], Finding | list[Finding]]


def check_parts(paths: DataPaths, clock: Clock, patience_s: float = PATIENCE_S) -> list[Check]:
    """All parts at once, each on a thread of its own: what does not answer in time is a finding, not a wait."""
    finding, settings = data_checks.check_settings(paths)
    found = [_told(finding)]
    looks = _looks(settings, paths, clock)
    threads = ThreadPoolExecutor(len(looks), thread_name_prefix="check")
    running: dict[str, Future[Finding | list[Finding]]] = {part: threads.submit(look) for part, look in looks.items()}
    wait(running.values(), timeout=patience_s)
    for part, future in running.items():
        found += [_told(one) for one in _outcome(part, future)]
    threads.shutdown(wait=False, cancel_futures=True)
    return found


def _looks(settings: Settings, paths: DataPaths, clock: Clock) -> dict[str, Look]:
    from vms.cli.checks.letterhead import check_letterhead  # noqa: PLC0415 - these load much, for whoever asks
    from vms.cli.checks.live import check_live  # noqa: PLC0415
    from vms.cli.checks.sign_in import check_sign_in  # noqa: PLC0415

    return {
        "letterhead": lambda: check_letterhead(settings, paths, clock),
        "initials": lambda: check_initials(settings.initials, paths, clock),
        "mail": lambda: check_mail(settings.mail, paths),
        "directory": lambda: check_sign_in(settings, paths, clock),
        "live": lambda: check_live(settings.live, paths),
        "volume": lambda: data_checks.check_volumes(settings, paths),
        "keys": lambda: data_checks.check_keys(paths),
        "clock": lambda: machine_checks.check_clock(machine_checks.clock_state()),
    }


def _outcome(part: str, future: "Future[Finding | list[Finding]]") -> list[Finding]:
    if not future.done():
        return [problem(part, "It does not answer in time.", "Run `vms doctor` on the server.")]
    try:
        found = future.result()
    except OSError as err:
        return [problem(part, f"A check could not be made: {err.strerror}.", "Run `vms doctor` on the server.")]
    return found if isinstance(found, list) else [found]


def _told(one: Finding) -> Check:
    return Check(one.check.replace(" ", "_").replace("-", "_"), CheckLevel(one.level.value), one.message, one.remedy)
