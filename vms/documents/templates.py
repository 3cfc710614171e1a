"""Where templates, texts, titles come from: the program's own, with the municipality's in their place."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from vms.documents.legal_text import LegalText, parse
from vms.documents.rules import Kind
from vms.kernel.errors import Kind as Refused
from vms.kernel.errors import VmsError

_BUILT_IN = Path(__file__).parent / "templates"
SHARED = ("common.typ", "footage.typ")  # what forms import: of all papers, of those on footage
TITLES = "titles.toml"


@dataclass(frozen=True, slots=True)
class Templates:
    """The templates in use. A file of `folder` takes the place of the program's file of the same name.

    `folder` is the municipality's and may be missing: `SHARED`, `P-09.typ` and so on; `texts/P-08.2026-2.txt`, of
    which the last in the order of names is in force; `titles.toml` with lines like `P-08 = "Gizlilik Taahhütnamesi"`.
    Who can write there decides what is printed, as who can write the settings.
    """

    folder: Path | None = None

    def sources(self, kind: Kind) -> dict[str, bytes]:
        """The files of one form for Typst, by the names they import each other by."""
        return {"main": self._read(f"{kind}.typ")} | {name: self._read(name) for name in SHARED}

    def title(self, kind: Kind, usual: str) -> str:
        """What the paper is called. VmsError(INVALID, `template_invalid`)."""
        path = None if self.folder is None else self.folder / TITLES
        if path is None or not path.is_file():
            return usual
        try:
            chosen = tomllib.loads(path.read_text(encoding="utf-8")).get(kind, usual)
        except (OSError, ValueError) as err:
            raise _invalid(path) from err
        if not isinstance(chosen, str) or not chosen.strip():
            raise _invalid(path)
        return chosen.strip()

    def text(self, kind: Kind, words: Mapping[str, str]) -> LegalText:
        """The legal text in force. VmsError(INVALID, `template_invalid`)."""
        own = self._texts(self.folder, kind) if self.folder else []
        path = (own or self._texts(_BUILT_IN, kind))[-1]
        try:
            return parse(kind, path.stem.partition(".")[2], path.read_text(encoding="utf-8"), words)
        except (OSError, ValueError) as err:
            raise _invalid(path) from err

    def _texts(self, folder: Path, kind: Kind) -> list[Path]:
        return sorted((folder / "texts").glob(f"{kind}.*.txt"))

    def _read(self, name: str) -> bytes:
        own = None if self.folder is None else self.folder / name
        path = own if own is not None and own.is_file() else _BUILT_IN / name
        try:
            return path.read_bytes()
        except OSError as err:
            raise _invalid(path) from err


def _invalid(path: Path) -> VmsError:
    return VmsError(
        Refused.INVALID, "template_invalid",
        f"{path.name} in the folder of templates cannot be used. Correct or remove it.", file=path.name,
    )  # fmt: skip
