"""What each place says of the settings: variables, the file written by hand, the console's file."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from vms.cli.settings.console import ConsoleSettings
from vms.cli.settings.lines import lines_of
from vms.cli.settings.node import DataPaths, Settings, settings_file
from vms.kernel.errors import VmsError
from vms.kernel.settings import merged, read_toml, validated, variables
from web.settings_desk import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """Read once. `hand`, `console`: the two files; `told`: each setting that a variable says, with its name.

    `lines`: where `hand` says it. `version`: of the console's file.
    """

    path: Path
    hand: Mapping[str, Any] = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict)
    console: Mapping[str, Any] = field(default_factory=dict)
    told: Mapping[str, str] = field(default_factory=dict)
    environment: Mapping[str, str]
    version: str

    @classmethod
    def read(cls, paths: DataPaths, environment: Mapping[str, str], *, with_console: bool = True) -> "Sources":
        """As they are now. VmsError(INVALID) for a file that is no TOML, a variable that says nothing.

        `settings_kept_broken`: the console's own file is none. Without it: as if it said nothing.
        """
        path = settings_file(paths, environment)
        return cls(
            path=path, hand=read_toml(path), lines=lines_of(path.read_text("utf-8")) if path.exists() else {},
            console=_kept(paths) if with_console else {}, environment=environment,
            told={".".join(keys): name for name, keys, _ in variables(environment)},
            version=ConsoleSettings(paths.console_settings).version(),
        )  # fmt: skip

    def settings(self) -> Settings:
        """What counts. VmsError(INVALID) for what breaks a rule."""
        return validated(Settings, merged(self.console, self.hand), self.environment)

    def with_console(self, values: Mapping[str, Any]) -> "Sources":
        """The same with another console's file."""
        return replace(self, console=values)

    def source_of(self, key: str) -> Source:
        """Who says it."""
        if key in self.told:
            return Source.VARIABLE
        if says(self.hand, key):
            return Source.FILE
        return Source.CONSOLE if says(self.console, key) else Source.DEFAULT


def _kept(paths: DataPaths) -> dict[str, Any]:
    try:
        return read_toml(paths.console_settings)
    except VmsError as err:
        raise VmsError(err.kind, "settings_kept_broken", err.message) from err


def says(values: Mapping[str, Any], key: str) -> bool:
    """Whether these tables say something of a setting."""
    found: Any = values
    for word in key.split("."):
        if not isinstance(found, Mapping) or word not in found:
            return False
        found = found[word]
    return True
