"""`vms db`: the control database."""

import typer
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, text

import vms.audit.model
import vms.authority.model
import vms.cameras.model
import vms.documents.model
import vms.operations.model
import vms.people.model
import vms.wall.model  # noqa: F401 - declares tables
from vms.cli.settings.node import DEFAULT_DATA, DataOption, DataPaths
from vms.kernel.database import Base, Database, translated_errors
from vms.kernel.migration import current_revision, head_revision, upgrade

app = typer.Typer(help="The control database: what people decided.", no_args_is_help=True)


@app.command("upgrade")
def upgrade_command(data: DataOption = DEFAULT_DATA) -> None:
    """Bring the database to this version's schema; makes it when there is none. Safe to repeat."""
    database = Database.at(DataPaths(data).database)
    upgrade(database.engine)
    typer.echo(f"database is at revision {current_revision(database.engine)}")


@app.command("check")
def check(data: DataOption = DEFAULT_DATA) -> None:
    """Say whether the database is whole and of this version; exit code 1 when not."""
    database = Database.at(DataPaths(data).database)
    findings = list(_findings(database))
    for finding in findings:
        typer.echo(finding)
    if findings:
        raise typer.Exit(1)
    typer.echo(f"database is whole, revision {current_revision(database.engine)}")


def _findings(database: Database) -> list[str]:
    revision = current_revision(database.engine)
    if revision != head_revision():
        return [f"revision {revision} where {head_revision()} is needed: run `vms db upgrade`"]
    with translated_errors(), database.engine.connect() as connection:
        found = [f"schema differs: {difference}" for difference in _differences(connection)]
        if connection.dialect.name == "sqlite":
            rows = connection.execute(text("PRAGMA integrity_check(20)"))
            found += [f"damaged: {row[0]}" for row in rows if row[0] != "ok"]
            found += [f"points at nothing: {row[0]}" for row in connection.execute(text("PRAGMA foreign_key_check"))]
    return found


def _differences(connection: Connection) -> list[object]:
    return list(compare_metadata(MigrationContext.configure(connection), Base.metadata))
