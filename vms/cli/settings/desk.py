"""The settings of this node for its console: read, changed, tried."""

import os
import threading
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy.orm import Session

from vms.archive.rules import MIN_RETENTION_DAYS
from vms.audit.entry import Actor
from vms.audit.service import append
from vms.cameras.queries import current_policy
from vms.cameras.rules import RetentionScope
from vms.cli.checks.settings import check_parts
from vms.cli.node.begin_anew import Renewal
from vms.cli.parts.mail import hand_in_test, need_mail
from vms.cli.settings.change import check_password, entries_of, wanted
from vms.cli.settings.console import ConsoleSettings, toml_of
from vms.cli.settings.node import DataPaths, Settings, load_settings
from vms.cli.settings.sources import Sources, says
from vms.cli.settings.start import without_console
from vms.cli.settings.view import sections_of
from vms.kernel.clock import Clock
from vms.kernel.database import Database
from vms.kernel.days import ZONE
from vms.kernel.errors import Kind, VmsError
from web.settings_desk import Change, Check, SettingsNow


class LocalSettings:
    """`web.settings_desk.SettingsDesk` of the node in this data folder. `running`: what the process began with."""

    def __init__(self, running: Settings, paths: DataPaths, clock: Clock, database: Database, renewal: Renewal) -> None:
        self._running = running
        self._paths = paths
        self._clock = clock
        self._database = database
        self._renewal = renewal
        self._environment = dict(os.environ)  # as it was when the process began
        self._console = ConsoleSettings(paths.console_settings)
        self._changing = threading.Lock()

    def read(self, session: Session) -> SettingsNow:
        """See `SettingsDesk.read`."""
        policy = current_policy(session, RetentionScope.GLOBAL, "")
        problem = code = file = ""
        sources, now = self._by_hand(), self._running
        try:
            sources = Sources.read(self._paths, self._environment)
            now = sources.settings()
        except VmsError as err:
            problem, code, file = err.message, err.code, str(self._broken_by(err))
        return SettingsNow(
            version=sources.version, file=str(sources.path), has_file=sources.path.exists(), zone=ZONE.key,
            problem=problem, problem_code=code, problem_file=file,
            sections=sections_of(sources, now, self._running, self._paths),
            global_days=None if policy is None else max(policy.days, MIN_RETENTION_DAYS),
        )  # fmt: skip

    def _by_hand(self) -> Sources:
        """Without the console's file; nothing at all when even that is none."""
        try:
            return Sources.read(self._paths, self._environment, with_console=False)
        except VmsError:
            version = self._console.version()
            return Sources(path=self._paths.settings, environment=self._environment, version=version)

    def _broken_by(self, problem: VmsError) -> Path:
        """The file to mend: the console's when everything starts without it."""
        try:
            without_console(self._paths, self._environment, problem)
        except VmsError:
            return self._by_hand().path
        return self._paths.console_settings

    def change(self, change: Change, *, by: Actor) -> None:
        """See `SettingsDesk.change`. No file without its entries, no entries without the file."""
        with self._changing:  # until the file before is put back or forgotten, which is after the writer's lock
            self._change(change, by)

    def _change(self, change: Change, by: Actor) -> None:
        is_kept = False
        try:
            with self._database.writing() as session:
                session.connection()  # the writer's lock: nobody else changes the file meanwhile
                sources = Sources.read(self._paths, self._environment)
                tables, changed = wanted(sources, change)
                if not changed:
                    return
                wished = sources.with_console(tables)
                before, after = _or_none(sources), _after(sources, wished, change)
                check_password(sources, wished, changed, before, after, change.values)
                for entry in entries_of(changed, before, after, change.reason, by):
                    append(session, self._clock, entry)
                text = toml_of(tables) if tables else None
                self._console.keep_former()
                is_kept = True
                self._console.replace(text)
        except BaseException:
            if is_kept:
                self._console.put_back()
            raise
        self._console.forget_former()

    def check(self) -> Sequence[Check]:
        """See `SettingsDesk.check`."""
        return check_parts(self._paths, self._clock)

    def send_test(self, address: str) -> None:
        """See `SettingsDesk.send_test`."""
        chosen = need_mail(load_settings(self._paths, self._environment).mail)
        hand_in_test(chosen, self._paths, self._clock, address)

    def restart(self) -> None:
        """See `SettingsDesk.restart`."""
        load_settings(self._paths, self._environment)
        self._renewal.ask()


def _after(sources: Sources, wished: Sources, change: Change) -> Settings:
    """What would count. VmsError(CONFLICT, `settings_kept_broken`): the rest of what is kept breaks a rule."""
    try:
        return wished.settings()
    except VmsError as err:
        place = str(err.detail.get("setting", ""))
        if place in change.values or not says(sources.console, place) or _or_none(sources) is not None:
            raise
        raise VmsError(Kind.CONFLICT, "settings_kept_broken", err.message, setting=place) from err


def _or_none(sources: Sources) -> Settings | None:
    """What counts before a change that may mend what breaks a rule."""
    try:
        return sources.settings()
    except VmsError:
        return None
