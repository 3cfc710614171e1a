"""The `vms` program."""

import sys

import typer

from vms.cli.app import app
from vms.kernel.errors import Kind, VmsError
from vms.kernel.logging import redactor

_REFUSED = 2
_FAILED = 1


def main() -> None:
    """Run one command. A refusal is one line on standard error: code 2 for wrong input, 1 for what failed."""
    try:
        app(prog_name="vms")
    except VmsError as err:
        typer.echo(f"vms: {redactor.redact(str(err))}", err=True)
        sys.exit(_REFUSED if err.kind is Kind.INVALID else _FAILED)


if __name__ == "__main__":
    main()
