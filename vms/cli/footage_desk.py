"""The desk of a node for letters: their files, who looks into them."""

from vms.cli.paper_examiner import ChildExaminer
from vms.cli.settings import DataPaths, Settings
from vms.documents.store import FileStore
from vms.footage.letter_files import FootageDesk


def footage_desk(settings: Settings, paths: DataPaths) -> FootageDesk:
    """The desk; nothing is opened or made yet."""
    institution = settings.institution
    roots = institution.trusted_roots if institution else None
    return FootageDesk(FileStore(paths.letters), ChildExaminer(None if roots is None else paths.root / roots))
