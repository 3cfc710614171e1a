"""`vms export`: whether a package is what was delivered, and where packages lie."""

import hashlib
import json
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape

from vms.cli.export_folder import new_folder
from vms.footage.bundle.unpacking import open_package
from vms.footage.bundle.verdict import Code, Report, StampState
from vms.footage.bundle.verify import verify
from vms.kernel.errors import VmsError

app = typer.Typer(help="Footage that is given out: verify, new-folder.", no_args_is_help=True)
app.command("new-folder")(new_folder)


@app.command("verify")
def verify_command(
    bundle: Annotated[Path, typer.Argument(exists=True, help="The package, or the folder it was unpacked into.")],
    passphrase_file: Annotated[
        Path | None, typer.Option(exists=True, dir_okay=False, help="Its first line; without it you are asked.")
    ] = None,
    sha256: Annotated[str, typer.Option(help="Of the package itself, as in the minutes.")] = "",
    certificate: Annotated[str, typer.Option(help="Fingerprint (SHA-256) of the certificate, as in the minutes.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="For machines.")] = False,
) -> None:
    """Prove every file of a package: digests, signature, the recorder's chain.

    Exit code 1 when something speaks against it, else 0. That the institution signed it is proven only when
    --certificate or --sha256 is given as the minutes print it; otherwise the last line says that this is left to do.
    """
    if sha256 and bundle.is_dir():
        raise typer.BadParameter(
            "It is of the package's file; a folder has none. Give the file.", param_hint="--sha256"
        )
    passphrase = "" if bundle.is_dir() else _passphrase(passphrase_file)
    console = Console(stderr=True)
    try:
        package = open_package(bundle, passphrase)
    except VmsError as err:
        typer.echo(json.dumps({"is_sound": False, "code": err.code}) if as_json else _line(str(err)), err=not as_json)
        raise typer.Exit(1) from err
    with console.status("starting") as status:
        try:
            report = verify(
                package, certificate=certificate, progress=lambda name: status.update(f"reading {escape(_line(name))}")
            )
        finally:
            package.close()
        if sha256:
            is_same = _sha256(bundle) == sha256.replace(" ", "").lower()
            report.is_compared = report.is_compared or is_same
            if not is_same:
                report.blame(Code.PACKAGE, bundle.name)
    if as_json:
        typer.echo(json.dumps(report.to_json()))
    else:
        _say(report)
    if not report.is_sound:
        raise typer.Exit(1)


def _say(report: Report) -> None:
    for finding in report.problems:
        typer.echo(_line(str(finding)))
    for finding in report.notes:
        typer.echo(_line(f"note: {finding}"))
    signer = report.signer
    if signer is not None:
        at = "" if signer.at is None else f" at {signer.at:%Y-%m-%d %H:%M:%S} UTC"
        typer.echo(_line(f"signed by {signer.name}{at}"))
        typer.echo(f"certificate {signer.fingerprint}")
    if report.stamped_at is not None and report.stamper is not None:
        typer.echo(_line(f"time stamp of {report.stamped_at:%Y-%m-%d %H:%M:%S} UTC by {report.stamper.name}"))
        typer.echo(f"its certificate {report.stamper.fingerprint}")
    if report.stamp is StampState.NOT_ASKED:
        typer.echo("no time stamp was asked for")
    if report.rebuilt:
        typer.echo(f"{report.rebuilt} segments made out of the films again, to the byte in the recorder's chain")
    typer.echo(f"{report.files} files verified: {_verdict(report)}")


def _verdict(report: Report) -> str:
    if not report.is_sound:
        return f"{len(report.problems)} problem(s)"
    if report.is_delivered:
        return "every file is what was delivered"
    return (
        "they agree with one another and with the signature.\n"
        "Whether the institution signed them is not proven, for anybody can make a certificate of its name: compare "
        "the certificate with the minutes, or give it with --certificate."
    )


def _line(text: str) -> str:
    """One line of plain signs: names in a package, of files and signers, may be made to play tricks with a terminal."""
    return "".join(one if one.isprintable() else ascii(one)[1:-1] for one in text)


def _passphrase(file: Path | None) -> str:
    if file is None:
        answer: str = typer.prompt("Passphrase", hide_input=True, err=True)
        return answer
    return file.read_text(encoding="utf-8").partition("\n")[0].rstrip("\r")


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
