"""The desk of a node for letters and packages: their files, who looks into them."""

from vms.cli.parts.paper_examiner import ChildExaminer
from vms.cli.settings.node import DataPaths, Settings
from vms.documents.press import Press
from vms.documents.store import FileStore
from vms.footage.exports.desk import ExportDesk
from vms.footage.letters.files import FootageDesk
from vms.kernel.secrets import SecretBox


def footage_desk(settings: Settings, paths: DataPaths, press: Press | None) -> FootageDesk:
    """The desk; no folder is made yet. `press`: with the key that signs packages."""
    institution = settings.institution
    roots = institution.trusted_roots if institution else None
    examiner = ChildExaminer(None if roots is None else paths.root / roots)
    return FootageDesk(FileStore(paths.letters), examiner, export_desk(paths, press))


def export_desk(paths: DataPaths, press: Press | None) -> ExportDesk:
    """The part of it for packages; no folder is made yet."""
    return ExportDesk(paths.exports, SecretBox.at(paths.secret_key), press)
