"""Telling on the terminal how a node without any account is set up."""

import logging
import sys

import typer

from vms.cli.settings.node import DataPaths
from vms.kernel.database import Database
from vms.kernel.errors import VmsError
from vms.people.first_run import have_code

log = logging.getLogger(__name__)

SET_UP = "set-up"  # the console's page for it
PATIENCE_S = 2.0  # cameras wait meanwhile


def first_run_code(paths: DataPaths) -> str | None:
    """The code of the set-up, in its file; None when there is an account, or nobody can tell."""
    database = Database.at(paths.database, PATIENCE_S)
    try:
        return have_code(database, paths.first_run_code)
    except (VmsError, OSError) as err:
        log.warning("whether the node has an account is not known: %s", err)
        return None
    finally:
        database.close()


def tell_first_run(paths: DataPaths, address: str) -> None:
    """Print how to make the first account while there is none, with the code that proves who reads this terminal."""
    code = first_run_code(paths)
    if code is None:
        return
    typer.echo(
        f"\nHenüz hesap yok, kurulum / no account yet, set-up:  {address}{SET_UP}\n"
        f"Kod / code:  {code}\n(ayrıca / also in  {paths.first_run_code})\n"
        f"ya da / or:  vms user add NAME --role sysadmin\n"
    )
    sys.stdout.flush()
