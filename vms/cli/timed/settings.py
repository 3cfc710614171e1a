"""Takes over what administrators set in the console, within `vms jobs`."""

import logging

from retention.jobs import Job
from vms.cli.node.begin_anew import Renewal, begin_anew_at_last
from vms.cli.settings.console import ConsoleSettings
from vms.cli.settings.node import DataPaths, load_settings
from vms.kernel.errors import VmsError
from vms.kernel.repeat_log import RepeatLog

log = logging.getLogger(__name__)

EVERY_S = 3
FIRST_S = 1


def settings_job(paths: DataPaths, renewal: Renewal) -> Job:
    """Watches the console's file as it is now: another one, and the jobs begin anew. Nobody notices: each catches up.

    Files that break a rule change nothing: the jobs go on as they are, and the log says why.
    """
    file = ConsoleSettings(paths.console_settings)
    began_with = file.version()
    words = RepeatLog(log)

    def look() -> None:
        if file.version() == began_with or renewal.is_asked:
            words.over("settings")
            return
        try:
            load_settings(paths)
        except VmsError as err:
            words.say("settings", logging.ERROR, f"the jobs go on with the settings they began with: {err}")
            return
        log.info("the settings changed: the jobs begin anew")
        begin_anew_at_last()
        renewal.ask()

    return Job("settings", look, EVERY_S, FIRST_S, "settings")
