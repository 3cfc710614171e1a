"""Checks whether somebody can initial what the chains of initials ask for (S-1f)."""

from vms.cli.checks.finding import Finding, ok, warning
from vms.cli.settings.initials import InitialsSettings
from vms.cli.settings.node import DataPaths
from vms.documents.initials import bearers_of
from vms.kernel.clock import Clock
from vms.kernel.database import Database
from vms.kernel.errors import VmsError
from vms.kernel.migration import current_revision, head_revision
from vms.kernel.turkish import folded


def check_initials(chosen: InitialsSettings, paths: DataPaths, clock: Clock) -> list[Finding]:
    """Somebody with an open account bears each title of a chain; a paper waits for ever for one that nobody bears.

    Nothing is said without a chain, or of a database that `check_database` tells of.
    """
    forms: dict[str, list[str]] = {}
    for kind, titles in chosen.chains().items():
        for title in titles:
            forms.setdefault(title, []).append(kind.value)
    if not forms or not paths.database.exists():
        return []
    database = Database.at(paths.database, busy_timeout_s=2.0)
    try:
        if current_revision(database.engine) != head_revision():
            return []
        with database.reading() as session:
            bearers = bearers_of(session, {folded(title) for title in forms}, clock.now_us())
    except VmsError:
        return []
    finally:
        database.close()
    missing = [(title, of) for title, of in forms.items() if not bearers[folded(title)]]
    if not missing:
        return [ok("initials", "Somebody bears each title of the chains of initials")]
    return [
        warning(
            "initials", f"Nobody with an open account bears the title {title}: {', '.join(of)} waits for its initials.",
            "Correct the title of a person, or [initials]; a paper whose chain nobody can go on with is printed again.",
        )
        for title, of in missing
    ]  # fmt: skip
