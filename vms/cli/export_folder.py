"""`vms export new-folder`: packages lie elsewhere from now on, for the disk they lay on is lost."""

import typer

from vms.audit.entry import NewEntry, Subject
from vms.audit.rules import Act
from vms.audit.service import append
from vms.cli.acting import local_actor
from vms.cli.settings.node import DEFAULT_DATA, DataOption, DataPaths
from vms.footage.exports.folder import ExportFolder
from vms.footage.exports.queries import files_lying
from vms.kernel.clock import SystemClock
from vms.kernel.database import Database
from vms.kernel.migration import upgrade


def new_folder(yes: bool = typer.Option(False, "--yes", help="Do not ask."), data: DataOption = DEFAULT_DATA) -> None:
    """Take what is at `exports` in the data folder for the folder of packages, though another one is remembered.

    Only when the disk of the former one is destroyed or will never be used again: what lies on it counts as gone.
    """
    paths = DataPaths(data)
    folder, database = ExportFolder(paths.exports), Database.at(paths.database)
    upgrade(database.engine)
    with database.reading() as session:
        lost = [name for name in files_lying(session) if not (paths.exports / name).exists()]
    for name in lost:
        typer.echo(f"{name} does not lie there")
    if not yes:
        typer.confirm(
            f"{len(lost)} packages do not lie there. Is their disk destroyed? They count as destroyed once they are "
            "due", abort=True,
        )  # fmt: skip
    entry = NewEntry(
        act=Act.SETTING_CHANGED, actor=local_actor(), subject=Subject("setting", "exports", "exports"),
        detail={"new_folder": str(paths.exports), "packages": lost},
    )  # fmt: skip
    with database.writing() as session:
        append(session, SystemClock(), entry)
        folder.take_anew()
    typer.echo(f"packages lie at {paths.exports} from now on")
