"""Passwords with which this node signs in to other services: from a variable, or from a file that nobody else reads."""

import stat
from pathlib import Path
from typing import Protocol

from pydantic import SecretStr

from vms.cli.checks.finding import Finding, problem
from vms.kernel.errors import Kind, VmsError
from vms.kernel.logging import redactor

_UNSAFE = stat.S_IRWXG | stat.S_IRWXO


class WithPassword(Protocol):
    """A section of the settings with one secret; a relative `password_file` starts at the data folder."""

    @property
    def password(self) -> SecretStr | None:
        """As a variable brings it."""

    @property
    def password_file(self) -> Path | None:
        """Where it is written."""


def password_of(chosen: WithPassword, root: Path, section: str, code: str) -> str:
    """The section's secret, hidden from all logs from now on; VmsError(INVALID, `code`) when its file gives none."""
    if chosen.password_file is None:
        assert chosen.password is not None
        password = chosen.password.get_secret_value()
    else:
        path = root / chosen.password_file
        try:
            password = path.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as err:
            raise _unreadable(section, f"{path} cannot be read", code) from err
        if not password:
            raise _unreadable(section, f"{path} is empty", code)
    redactor.hide(password)
    return password


def open_to_others(path: Path | None, check: str) -> list[Finding]:
    """A problem of `check` when others may read the file; whoever needs one that is not there says so."""
    if path is None or not path.exists():
        return []
    mode = stat.S_IMODE(path.stat().st_mode)
    if not mode & _UNSAFE:
        return []
    return [problem(check, f"{path.name} may be read by others (mode {mode:04o}).", f"chmod 600 {path}")]


def _unreadable(section: str, what: str, code: str) -> VmsError:
    return VmsError(
        Kind.INVALID, code,
        f"Setting {section}.password_file: {what}. Write the password into it, readable by this user only.",
    )  # fmt: skip
