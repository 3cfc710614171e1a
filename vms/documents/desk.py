"""What a process needs to work with documents."""

from dataclasses import dataclass

from vms.documents.press import Press
from vms.documents.store import FileStore
from vms.documents.upload import Examiner
from vms.kernel.errors import Kind, VmsError


@dataclass(frozen=True, slots=True)
class Desk:
    """The files, who looks into what is handed back, and the press where the institution is known. Thread-safe."""

    store: FileStore
    examiner: Examiner
    press: Press | None = None

    def need_press(self) -> Press:
        """The press. VmsError(CONFLICT, `letterhead_missing`): paper in nobody's name is not printed."""
        if self.press is None:
            raise VmsError(
                Kind.CONFLICT, "letterhead_missing",
                "Documents need the institution's name and query address. Set [institution] in nazar.toml.",
            )  # fmt: skip
        return self.press
