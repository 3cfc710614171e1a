"""Who acts on the server's own command line."""

import os
import pwd

from vms.audit.entry import Actor

COMMAND_LINE = "command line"


def local_actor() -> Actor:
    """The operating system's user, for whom no account of ours speaks; behind sudo, who called it."""
    uid = os.getuid()
    behind = os.environ.get("SUDO_USER", "") if uid == 0 else ""
    try:
        name = pwd.getpwuid(uid).pw_name
    except KeyError:  # containers run as users nobody listed
        name = f"uid {uid}"
    return Actor(None, f"{name} ({behind})" if behind else name, address=COMMAND_LINE)


def program(name: str) -> Actor:
    """One of our own processes, acting by itself."""
    return Actor(None, f"vms {name}")
