"""The settings that a process starts with, also while what the console keeps breaks a rule."""

import logging
import os
from collections.abc import Mapping
from typing import Any

from vms.cameras.rules import MAX_RETENTION_DAYS
from vms.cli.settings.node import DataPaths, RetentionSettings, Settings, load_settings
from vms.kernel.errors import VmsError
from vms.kernel.settings import read_toml, validated, variables

log = logging.getLogger(__name__)

# Parts that one file may begin and the other complete: half of one is no reason to stand still. Without them no mail
# goes out, no paper has a letterhead, the directive's own times count.
_MAY_FALL_AWAY = frozenset({"mail", "institution", "footage"})


def settings_to_start(paths: DataPaths, environment: Mapping[str, str] | None = None) -> Settings:
    """As `load_settings`; while the console's file breaks a rule, what counts without it, with an error in the log.

    A file that a machine writes must not stop recording: after a way back to an older release, after a damaged disk.
    VmsError(INVALID) as `load_settings` where the file by hand or a variable breaks one.
    """
    environment = os.environ if environment is None else environment
    try:
        return load_settings(paths, environment)
    except VmsError as err:
        found = without_console(paths, environment, err)
        log.error("%s is left out until it is mended: %s", paths.console_settings, err)  # noqa: TRY400 - a refusal
        return found


def without_console(paths: DataPaths, environment: Mapping[str, str], problem: VmsError) -> Settings:
    """What counts without the console's file, `problem` being why it cannot be used.

    Whoever set more days in the console must not lose footage by that: where neither the file by hand nor a variable
    says the days, they are the most there are. VmsError(INVALID) where the console's file is not to blame.
    """
    from vms.cli.settings.sources import Sources  # noqa: PLC0415 - a recorder whose settings are in order needs no web

    by_hand = Sources.read(paths, environment, with_console=False)
    try:
        found = by_hand.settings()
    except VmsError:
        if not _is_of_console(paths, problem):
            raise
        found = _as_far_as_it_goes(by_hand.hand, environment)
    if "days" in found.retention.model_fields_set:
        return found
    return found.model_copy(update={"retention": RetentionSettings(days=MAX_RETENTION_DAYS)})


def _is_of_console(paths: DataPaths, problem: VmsError) -> bool:
    try:
        kept = read_toml(paths.console_settings)
    except VmsError:
        return True
    from vms.cli.settings.sources import says  # noqa: PLC0415 - as above

    return says(kept, str(problem.detail.get("setting", "")))


def _as_far_as_it_goes(hand: Mapping[str, Any], environment: Mapping[str, str]) -> Settings:
    """Without the parts that are not whole by hand alone."""
    try:
        return validated(Settings, hand, environment)
    except VmsError as err:
        part = str(err.detail.get("setting", "")).partition(".")[0]
        of_part = {name for name, keys, _ in variables(environment) if keys[0] == part}
        if part not in _MAY_FALL_AWAY or not (part in hand or of_part):
            raise
        log.error("[%s] is left out with it: %s", part, err)  # noqa: TRY400 - a refusal
        rest = {name: value for name, value in hand.items() if name != part}
        return _as_far_as_it_goes(rest, {name: value for name, value in environment.items() if name not in of_part})
