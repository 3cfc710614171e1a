"""The desk of a node: its files, its press, its examiner, as the settings say."""

import logging
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from vms.cli.parts.paper_examiner import ChildExaminer
from vms.cli.settings.institution import InstitutionSettings, SealSettings
from vms.cli.settings.node import DataPaths, Settings
from vms.documents.desk import Desk
from vms.documents.letterhead import Letterhead
from vms.documents.press import Press
from vms.documents.rules import Kind
from vms.documents.store import FileStore
from vms.documents.templates import Templates
from vms.kernel.errors import Kind as Refused
from vms.kernel.errors import VmsError
from vms.kernel.logging import redactor

if TYPE_CHECKING:
    from vms.documents.seal import Seal

log = logging.getLogger(__name__)


def desk_of(settings: Settings, paths: DataPaths, zone: ZoneInfo) -> Desk:
    """The desk. A seal that cannot be opened refuses every paper with its reason (`BrokenSeal`); the node goes on."""
    institution = settings.institution
    roots = institution.trusted_roots if institution else None
    examiner = ChildExaminer(None if roots is None else paths.root / roots)
    chains = settings.initials.chains()
    press = None if institution is None else press_of(institution, paths, zone, chains)
    return Desk(FileStore(paths.documents), examiner, press)


def press_of(
    institution: InstitutionSettings,
    paths: DataPaths,
    zone: ZoneInfo,
    chains: Mapping[Kind, tuple[str, ...]] | None = None,
) -> Press:
    """The press of this institution; the seal's password is hidden from all logs from now on.

    `chains`: who initials which papers (`[initials]`).
    """
    letterhead = Letterhead(
        institution=institution.name,
        department=institution.department,
        branch=institution.branch,
        unit=institution.unit,
        contact=institution.contact,
        query_url=institution.query_url,
        logo=None if institution.logo is None else paths.root / institution.logo,
    )
    seal = None if institution.seal is None else _usable_or_broken(institution.seal, paths.root)
    templates = Templates(paths.document_templates)
    return Press(letterhead=letterhead, zone=zone, templates=templates, seal=seal, chains=chains or {})


def _usable_or_broken(chosen: SealSettings, root: Path) -> "Seal":
    from vms.documents.seal import BrokenSeal  # noqa: PLC0415 - as below

    try:
        return seal_of(chosen, root)
    except VmsError as err:
        log.warning("documents are not printed until this is mended: %s", err)
        return BrokenSeal(err)


def seal_of(chosen: SealSettings, root: Path) -> "Seal":
    """The seal. VmsError(INVALID): `seal_unreadable`, `seal_password_unreadable`."""
    from vms.documents.seal import Seal  # noqa: PLC0415 - it loads pyHanko, for nothing where nobody seals

    password = _password(chosen, root)
    redactor.hide(password)
    return Seal.at(root / chosen.file, password)


def _password(chosen: SealSettings, root: Path) -> str:
    if chosen.password_file is None:
        assert chosen.password is not None
        return chosen.password.get_secret_value()
    path = root / chosen.password_file
    try:
        return path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as err:
        raise VmsError(
            Refused.INVALID, "seal_password_unreadable",
            f"Setting institution.seal.password_file: {path} cannot be read. Write the password into it, readable by "
            "this user only.",
        ) from err  # fmt: skip
