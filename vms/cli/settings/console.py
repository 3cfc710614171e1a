"""The file with what administrators set in the console."""

import hashlib
import json
import os
import tempfile
import tomllib
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from vms.kernel.errors import Kind, VmsError

_HEAD = "# Written by the console (Settings). What nazar.toml says counts before this.\n"
_MODE = 0o600  # it may hold the mail server's password


class ConsoleSettings:
    """That file, replaced as a whole: whoever reads it finds the one before or the one after."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def version(self) -> str:
        """Another one whenever it says something else, or can no longer be read."""
        try:
            found = self._path.read_bytes()
        except FileNotFoundError:
            found = b""
        except OSError as err:
            found = f"unreadable: {err.errno}".encode()
        return hashlib.sha256(found).hexdigest()[:16]

    def replace(self, text: str | None) -> None:
        """On the disk when this returns, readable by this user alone; None takes it away."""
        if text is None:
            self._path.unlink(missing_ok=True)
            self._sync_folder()
            return
        descriptor, name = tempfile.mkstemp(dir=self._path.parent, prefix=f".{self._path.name}-")
        try:
            os.fchmod(descriptor, _MODE)
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            Path(name).replace(self._path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
        self._sync_folder()

    def keep_former(self) -> None:
        """Have the file as it is stay under another name, for `put_back`."""
        self.forget_former()  # of a process that ended in between
        with suppress(FileNotFoundError):
            os.link(self._path, self._former)

    def put_back(self) -> None:
        """The file, or its absence, as it was at `keep_former`. Needs no room: the disk may be full by now."""
        try:
            self._former.replace(self._path)
        except FileNotFoundError:
            self._path.unlink(missing_ok=True)
        else:
            # Two names of one file, nothing replaced meanwhile: to rename one to the other leaves both.
            self.forget_former()
        self._sync_folder()

    def forget_former(self) -> None:
        """What is there now stays."""
        self._former.unlink(missing_ok=True)

    @property
    def _former(self) -> Path:
        return self._path.with_name(f".{self._path.name}-former")

    def _sync_folder(self) -> None:
        folder = os.open(self._path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def toml_of(values: Mapping[str, Any]) -> str:
    """Tables of settings as TOML, which says the same when it is read again.

    VmsError(INVALID, `settings_invalid`) for what TOML cannot hold.
    """
    try:
        text = _HEAD + "".join(_table(name, table) for name, table in sorted(values.items()))
        if tomllib.loads(text) == values:
            text.encode()  # halves of surrogates have no bytes
            return text
    except (tomllib.TOMLDecodeError, UnicodeEncodeError, TypeError):
        pass
    raise VmsError(
        Kind.INVALID, "settings_invalid", "This cannot be written into a settings file. Remove unusual characters."
    )


def line_of(name: str, value: Any) -> str:
    """One setting as a line of TOML."""
    if isinstance(value, bool):
        return f"{name} = {str(value).lower()}\n"
    # JSON's texts are TOML's, one character excepted that JSON leaves as it is.
    return f"{name} = {json.dumps(value, ensure_ascii=False)}\n".replace("\x7f", "\\u007f")


def _table(name: str, table: Mapping[str, Any]) -> str:
    own = {key: value for key, value in table.items() if not isinstance(value, Mapping)}
    below = {key: value for key, value in table.items() if isinstance(value, Mapping)}
    head = f"\n[{name}]\n" if own else ""
    lines = "".join(line_of(key, value) for key, value in sorted(own.items()))
    return head + lines + "".join(_table(f"{name}.{key}", value) for key, value in sorted(below.items()))
