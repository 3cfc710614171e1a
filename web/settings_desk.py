"""The settings as the API shows them: the port that `vms web` wires."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from sqlalchemy.orm import Session

from vms.audit.entry import Actor

Value = bool | int | float | str | Sequence[str] | None


class SettingKind(StrEnum):
    """What a setting is, so that a page knows how to show it."""

    TEXT = "text"
    PROSE = "prose"  # several lines
    NUMBER = "number"
    SWITCH = "switch"
    CHOICE = "choice"  # one of `options`
    CHOICES = "choices"  # any of `options`
    LIST = "list"
    PATH = "path"
    SECRET = "secret"  # noqa: S105 - a kind; its value leaves the server nowhere


class Source(StrEnum):
    """Where a value comes from. What stands higher counts before what stands lower."""

    VARIABLE = "variable"  # NAZAR_… of the process
    FILE = "file"  # nazar.toml, written by hand
    CONSOLE = "console"  # settings-console.toml, which this page writes
    DEFAULT = "default"


class Locked(StrEnum):
    """Why a setting is not changed on the page."""

    FILE_ONLY = "file_only"  # a slip would shut everybody out, or it names files of the server
    BY_HAND = "by_hand"  # the file or a variable says it, and counts before the console


class Process(StrEnum):
    """Who reads a setting when it starts."""

    WEB = "web"
    JOBS = "jobs"
    RECORDER = "recorder"


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One setting. `value`: what the files say now; `running`: what this process began with.

    Of a secret both are None and `is_set` tells whether there is one. `line`: its line in the file written by hand;
    `variable`: the variable that says it; `example`: what to write into that file, section and line. `minimum`,
    `maximum`, `max_length`: None where there is no bound. `article`: of the directive, on which it stands.
    """

    key: str
    kind: SettingKind
    value: Value
    running: Value
    default: Value
    is_set: bool
    is_waiting: bool
    is_required: bool
    source: Source
    locked: Locked | None
    line: int | None
    variable: str
    example: str
    options: Sequence[str]
    minimum: float | None
    maximum: float | None
    max_length: int | None
    article: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingSection:
    """Settings of one table of the file. `is_set_up`: False for a part that this node does without."""

    name: str
    is_set_up: bool
    processes: Sequence[Process]
    settings: Sequence[Setting]


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingsNow:
    """All settings. `version` changes with what the console keeps.

    `problem`: why the files cannot be used, empty when they can; the sections show then what this process began with.
    `problem_file`: the one that breaks the rule. The console's is left out by whoever starts; with another one no
    process would start. `global_days`: a retention set for everything with `vms retention set`.
    """

    version: str
    file: str
    has_file: bool
    zone: str
    problem: str
    problem_code: str
    problem_file: str
    global_days: int | None
    sections: Sequence[SettingSection]


class CheckLevel(StrEnum):
    """Whether a person must act."""

    OK = "ok"
    WARNING = "warning"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True)
class Check:
    """What one check of a part found; `detail`, `remedy` in English, as `vms doctor` says them. No secrets."""

    part: str
    level: CheckLevel
    detail: str
    remedy: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What somebody wants set: None takes a setting back to what counts without the console.

    `version`: of what they saw. `reason`: on whose decision.
    """

    version: str
    values: Mapping[str, Value]
    reason: str = ""


class SettingsDesk(Protocol):
    """The node's settings. Every method may block on the disk, `check` and `send_test` on other machines."""

    def read(self, session: Session) -> SettingsNow:
        """What counts now, what this process began with."""
        ...

    def change(self, change: Change, *, by: Actor) -> None:
        """Set it, with an entry for each setting; all or nothing.

        VmsError: CONFLICT `settings_changed`, `settings_kept_broken`; INVALID `setting_locked`, `decision_needed`,
        `password_needed`, `password_by_hand`, what the rules of the settings say.
        """
        ...

    def check(self) -> Sequence[Check]:
        """Try every part as the files say it. Bounded: a part that does not answer in time is a finding."""
        ...

    def send_test(self, address: str) -> None:
        """Hand a mail to the mail server now.

        VmsError: CONFLICT `mail_missing`; those of `vms.reminders.mail_server`.
        """
        ...

    def restart(self) -> None:
        """Have this process begin anew soon, with what the files say; VmsError(INVALID) when nothing would start."""
        ...
