"""Where packages lie, what seals their passphrases, whose key signs them."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from vms.footage.exports.folder import ExportFolder
from vms.footage.exports.model import Export
from vms.kernel.errors import Kind, VmsError
from vms.kernel.secrets import SecretBox

if TYPE_CHECKING:
    from vms.documents.press import Press
    from vms.documents.seal import Seal

RESERVE_BYTES = 1 << 30  # the control database lies on the same disk: what people decide must always fit


@dataclass(frozen=True, slots=True)
class ExportDesk:
    """What a process needs to give packages. Thread-safe.

    `folder`: for this user only, made and marked when the first package is begun. `press`: the institution's, whose
    seal signs manifests; None: nobody has said whose node this is. `reserve_bytes`: what packages never take of the
    disk.
    """

    folder: Path
    box: SecretBox
    press: "Press | None" = None
    reserve_bytes: int = RESERVE_BYTES

    @property
    def kept(self) -> ExportFolder:
        """The folder, by its mark."""
        return ExportFolder(self.folder)

    def whole(self, export: Export) -> Path:
        """The package's file, once it is ready."""
        return self.folder / f"{export.name}.zip"

    def half_built(self, export: Export) -> Path:
        """Where it is written; the name says it is unfinished."""
        return self.folder / f"{export.name}.zip.part"

    def free_bytes(self) -> int:
        """What packages may take of the disk now."""
        place = next(one for one in (self.folder, *self.folder.parents) if one.exists())
        state = os.statvfs(place)
        return max(0, state.f_bavail * state.f_frsize - self.reserve_bytes)

    def need_press(self) -> "tuple[Press, Seal]":
        """The institution with its key. VmsError: CONFLICT `seal_missing`; what a `BrokenSeal` is refused for."""
        seal = None if self.press is None else self.press.seal
        if self.press is None or seal is None:
            raise VmsError(
                Kind.CONFLICT, "seal_missing",
                "A package is signed with the institution's key, and there is none. Set [institution] with "
                "[institution.seal] file and password_file in nazar.toml, then start again.",
            )  # fmt: skip
        seal.expires()  # a broken one says here what is wrong with it
        return self.press, seal
