"""The desk of a node for letters and packages: their files, who looks into them."""

from vms.cli.export_job import export_desk
from vms.cli.paper_examiner import ChildExaminer
from vms.cli.settings import DataPaths, Settings
from vms.documents.press import Press
from vms.documents.store import FileStore
from vms.footage.letter_files import FootageDesk


def footage_desk(settings: Settings, paths: DataPaths, press: Press | None) -> FootageDesk:
    """The desk; no folder is made yet. `press`: with the key that signs packages."""
    institution = settings.institution
    roots = institution.trusted_roots if institution else None
    examiner = ChildExaminer(None if roots is None else paths.root / roots)
    return FootageDesk(FileStore(paths.letters), examiner, export_desk(paths, press))
