"""`vms document`: the register of printed records."""

import hashlib
import json
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from vms.cli.acting import local_actor
from vms.cli.parts.document_desk import desk_of
from vms.cli.settings.node import DEFAULT_DATA, DataOption, DataPaths, load_settings
from vms.documents.desk import Desk
from vms.documents.forms.known import form_of
from vms.documents.model import Document
from vms.documents.queries import (
    MAX_ROWS,
    Wanted,
    document_by_number,
    documents,
    documents_of_codes,
    documents_of_file,
    file_digests,
)
from vms.documents.rules import Kind, State
from vms.documents.service import tell_read
from vms.documents.upload import media_type_of
from vms.kernel.clock import SystemClock, to_datetime
from vms.kernel.database import Database
from vms.kernel.days import ZONE
from vms.kernel.errors import VmsError

app = typer.Typer(help="Numbered records on paper: list, print, prove.", no_args_is_help=True)

AsJson = Annotated[bool, typer.Option("--json", help="For machines.")]
Output = Annotated[Path, typer.Option("--output", "-o", help="The PDF file to write.")]


@app.command("list")
def list_documents(
    kind: Annotated[Kind | None, typer.Option(help="P-08, P-09 …")] = None,
    state: Annotated[State | None, typer.Option(help="draft, issued, signed, superseded, cancelled.")] = None,
    year: Annotated[int | None, typer.Option(help="Of which year's register.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=MAX_ROWS)] = 50,
    as_json: AsJson = False,
    data: DataOption = DEFAULT_DATA,
) -> None:
    """Show documents, the newest first. Subject lines may name people."""
    with Database.at(DataPaths(data).database).reading() as session:
        rows = [_row(one) for one in documents(session, Wanted(kind=kind, state=state, year=year, limit=limit))]
    if as_json:
        typer.echo(json.dumps(rows, ensure_ascii=False))
        return
    table = Table("Number", "Version", "State", "Issued", "Code", "Subject")
    for row in rows:
        table.add_row(*(str(row[key]) for key in ("number", "version", "state", "issued", "code", "title")))
    Console().print(table)


@app.command("render")
def render(
    output: Output,
    number: Annotated[str, typer.Argument(help="P-09/2026/0001: the paper as it was issued.")] = "",
    specimen: Annotated[Kind | None, typer.Option(help="Print how this form looks, without number or seal.")] = None,
    fields: Annotated[Path | None, typer.Option(help="JSON file of what the specimen is filled with.")] = None,
    data: DataOption = DEFAULT_DATA,
) -> None:
    """Write a document's paper to a file, or a specimen of a form: to look at own templates and the letterhead."""
    if bool(number) == (specimen is not None) or (specimen is None) != (fields is None):
        raise typer.BadParameter("give either a number, or --specimen with --fields")
    desk = _desk(data)
    if specimen is not None:
        assert fields is not None
        form = form_of(specimen, json.loads(fields.read_text(encoding="utf-8")))
        content = desk.need_press().specimen(form, SystemClock().now_us())
    else:
        with Database.at(DataPaths(data).database).writing() as session:
            document = document_by_number(session, number)
            tell_read(session, SystemClock(), document, "paper", by=local_actor())
        assert document.pdf_sha256 is not None
        content = desk.store.read(document.pdf_sha256)
    output.write_bytes(content)
    typer.echo(f"{output}: {len(content)} bytes, SHA-256 {hashlib.sha256(content).hexdigest()}")


@app.command("verify-file")
def verify_file(file: Path, as_json: AsJson = False, data: DataOption = DEFAULT_DATA) -> None:
    """Say whose paper a file is and whether it counts; exit code 1 when it is nobody's or counts no more.

    A file that is not to the bit what was issued or handed back is looked through for verification codes.
    """
    content = file.read_bytes()
    digest = hashlib.sha256(content).digest()
    database = Database.at(DataPaths(data).database)
    with database.reading() as session:
        found, is_same = list(documents_of_file(session, digest)), True
    if not found:
        codes = _desk(data).examiner.examine(file, media_type_of(content)).codes
        with database.reading() as session:
            found, is_same = documents_of_codes(session, codes), False
    told = [_row(one) | {"is_same_file": is_same} for one in found]
    if as_json:
        typer.echo(json.dumps(told, ensure_ascii=False))
    for row in told if not as_json else ():
        how = "is, to the bit, a file of" if is_same else "carries the code of"
        typer.echo(f"{file.name} {how} {row['number']}, version {row['version']}: {row['state']}")
    if not told and not as_json:
        typer.echo(f"{file.name} is no document of this register")
    if not any(row["state"] in {State.ISSUED, State.SIGNED} for row in told):
        raise typer.Exit(1)


@app.command("check")
def check(as_json: AsJson = False, data: DataOption = DEFAULT_DATA) -> None:
    """Prove that every file of the register is there and unchanged; exit code 1 when one is not."""
    desk = _desk(data)
    with Database.at(DataPaths(data).database).reading() as session:
        named = file_digests(session)
    problems = [finding for digest, number in named.items() if (finding := _problem(desk, digest, number))]
    spare = [digest.hex() for digest in desk.store.digests() if digest not in named]
    if as_json:
        typer.echo(json.dumps({"files": len(named), "problems": problems, "unnamed": spare}, ensure_ascii=False))
    else:
        for finding in problems:
            typer.echo(finding)
        typer.echo(f"{len(named)} files named, {len(problems)} with problems, {len(spare)} that no document names")
    if problems:
        raise typer.Exit(1)


def _problem(desk: Desk, digest: bytes, number: str) -> str:
    try:
        desk.store.read(digest)
    except VmsError as err:
        return f"{number}: {err}"
    return ""


def _desk(data: Path) -> Desk:
    paths = DataPaths(data.absolute())
    return desk_of(load_settings(paths), paths, ZONE)


def _row(document: Document) -> dict[str, Any]:
    issued = document.issued_us
    return {
        "id": str(document.id),
        "number": document.number,
        "version": document.version,
        "state": document.state,
        "kind": document.kind,
        "title": document.title,
        "code": document.code or "",
        "sha256": document.pdf_sha256.hex() if document.pdf_sha256 else "",
        "issued": "" if issued is None else to_datetime(issued).astimezone(ZONE).strftime("%d.%m.%Y %H:%M"),
    }
