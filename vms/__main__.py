"""The `vms` program."""

import logging
import sys

import typer

from vms.cli.app import app
from vms.kernel.errors import Kind, VmsError
from vms.kernel.logging import redactor

# What they say at INFO is of their own inner life; a node's log is read by people who look for cameras and disks.
_CHATTY = ("alembic", "apscheduler", "uvicorn")
_REFUSED = 2
_FAILED = 1


def main() -> None:
    """Run one command. A refusal is one line on standard error: code 2 for wrong input, 1 for what failed."""
    for name in _CHATTY:
        logging.getLogger(name).setLevel(logging.WARNING)
    try:
        app(prog_name="vms")
    except VmsError as err:
        typer.echo(f"vms: {redactor.redact(str(err))}", err=True)
        sys.exit(_REFUSED if err.kind is Kind.INVALID else _FAILED)


if __name__ == "__main__":
    main()
