"""The head of the municipality's paper."""

from dataclasses import dataclass
from pathlib import Path

from vms.documents.turkish import upper
from vms.kernel.errors import Kind, VmsError

MAX_LOGO_BYTES = 1_000_000
_LOGO_TYPES = {".svg": "svg", ".png": "png", ".jpg": "jpg", ".jpeg": "jpg"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    """Whose paper it is, and where it can be asked after. `contact`: one line under every page. `logo`: a file."""

    institution: str
    department: str = ""
    branch: str = ""
    unit: str = ""
    contact: str = ""
    query_url: str
    logo: Path | None = None

    def lines(self) -> list[str]:
        """The lines of the head: the state and the institution in capitals, then what is below it."""
        return ["T.C.", upper(self.institution), *(one for one in (self.department, self.branch, self.unit) if one)]

    def logo_file(self) -> tuple[str, bytes] | None:
        """Format with content of the logo. VmsError(INVALID, `logo_unreadable`)."""
        if self.logo is None:
            return None
        try:
            kind = _LOGO_TYPES[self.logo.suffix.lower()]
            content = self.logo.read_bytes()
        except (KeyError, OSError) as err:
            raise _unreadable(self.logo) from err
        if len(content) > MAX_LOGO_BYTES:
            raise _unreadable(self.logo)
        return kind, content


def _unreadable(path: Path) -> VmsError:
    return VmsError(
        Kind.INVALID, "logo_unreadable",
        f"Setting institution.logo: {path} is no SVG, PNG or JPEG file of at most a megabyte. Correct it.",
    )  # fmt: skip
