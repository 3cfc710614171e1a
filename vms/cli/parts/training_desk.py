"""The training desk of a node: its files, its examiners."""

from vms.cli.parts.film_examiner import ChildFilmExaminer
from vms.cli.parts.paper_examiner import ChildExaminer
from vms.cli.settings.node import DataPaths
from vms.documents.store import FileStore
from vms.training.desk import TrainingDesk
from vms.training.upload import Examiners


def training_desk(paths: DataPaths) -> TrainingDesk:
    """The desk; nothing is opened or made yet."""
    return TrainingDesk(FileStore(paths.training), Examiners(ChildExaminer(), ChildFilmExaminer()), paths.training)
