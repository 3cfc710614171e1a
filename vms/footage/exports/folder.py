"""The folder of packages, known by the mark inside it: what is mounted there later is never taken for it.

A node remembers its folder's UUID beside it (`<data>/exports.json`), as it remembers its volumes. Without that, a
folder whose disk is away would look empty, and every package on that disk destroyed.
"""

import fcntl
import json
import os
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID, uuid4

from vms.archive.volume import replace_file
from vms.kernel.errors import Kind, VmsError

MARK = ".nazar-exports"
_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC
_OF_ITSELF = {MARK, "lost+found"}  # what lies there and is no package


class ExportFolder:
    """The folder at `path`. Any process may ask; whichever comes first takes it into use."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._memory = path.with_name(f"{path.name}.json")

    def is_in_use(self) -> bool:
        """Whether the node has such a folder, there or away."""
        return self._memory.exists() or self.path.is_dir()

    def settle(self, ready: Collection[str]) -> None:
        """Take it into use where the node remembers none: packages named `ready` must then lie in it, one at least.

        VmsError(UNAVAILABLE, `export_folder_away`) when they do not, or when it is not the one that is remembered.
        """
        with self._refusals(), self._alone():
            if not self._memory.exists() and self._may_be_it(ready):
                self._take()
        with self.opened():
            pass

    def take_anew(self) -> None:
        """Take what is at `path` now for it, whatever was remembered: a person says so. VmsError as `settle`."""
        with self._refusals(), self._alone():
            self._take()

    @contextmanager
    def opened(self) -> Iterator[int]:
        """A descriptor of it, which stays good whatever is mounted over it meanwhile. VmsError as `settle`."""
        with self._refusals():
            folder = os.open(self.path, _FOLDER)
        try:
            with self._refusals():
                if _read(MARK, folder) != _read(self._memory):
                    raise self._away()
            yield folder
        finally:
            os.close(folder)

    def _may_be_it(self, ready: Collection[str]) -> bool:
        return not ready or any((self.path / name).exists() for name in (MARK, *ready))

    def _take(self) -> None:
        """Mark it first, then remember: a mark that is there already counts."""
        self.path.mkdir(parents=True, exist_ok=True, mode=0o700)
        mark = self.path / MARK
        if not mark.exists():
            if any(
                one.name not in _OF_ITSELF and not one.name.startswith(("NAZAR-", MARK)) for one in self.path.iterdir()
            ):
                raise self._away()  # something else lies there, which the next sweep would take for leftovers
            replace_file(mark, json.dumps({"uuid": str(uuid4())}).encode(), 0o600)
        replace_file(self._memory, json.dumps({"uuid": str(_read(mark))}).encode(), 0o600)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """One process at a time: two that come first together would each have a mark of its own."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        parent = os.open(self.path.parent, _FOLDER)
        try:
            fcntl.flock(parent, fcntl.LOCK_EX)
            yield
        finally:
            os.close(parent)

    @contextmanager
    def _refusals(self) -> Iterator[None]:
        try:
            yield
        except (OSError, ValueError, KeyError, TypeError) as err:
            raise self._away() from err

    def _away(self) -> VmsError:
        return VmsError(
            Kind.UNAVAILABLE, "export_folder_away",
            f"The disk of the packages is not at {self.path}. Mount it; if it is lost for good, run `vms export "
            "new-folder`.", path=str(self.path),
        )  # fmt: skip


def names_in(folder: int) -> list[str]:
    """What lies in an opened folder, but for its mark and what a file system keeps there."""
    return [name for name in os.listdir(folder) if name not in _OF_ITSELF and not name.startswith(f"{MARK}.")]


def _read(path: Path | str, folder: int | None = None) -> UUID:
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC, dir_fd=folder)
    with os.fdopen(descriptor, "rb") as file:
        return UUID(json.loads(file.read(1024))["uuid"])
