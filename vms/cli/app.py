"""The command line: every command by its name, loaded when it is asked for."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command, get_group

# Loaded one by one: the recorder has no use for the web framework's memory, nor the web process for OpenCV's.
COMMANDS: dict[str, str] = {
    "demo": "vms.cli.demo.command:demo",
    "serve": "vms.cli.serve:serve",
    "recorder": "vms.cli.recorder:recorder",
    "web": "vms.cli.web:web",
    "jobs": "vms.cli.jobs:jobs",
    "simcam": "vms.cli.simcam:simcam",
    "record": "vms.cli.record:record",
    "discover": "vms.cli.discover:discover",
    "camera": "vms.cli.camera:app",
    "unit": "vms.cli.unit:app",
    "person": "vms.cli.person:app",
    "user": "vms.cli.user:app",
    "authority": "vms.cli.authority:app",
    "retention": "vms.cli.retention:app",
    "archive": "vms.cli.archive:app",
    "document": "vms.cli.document:app",
    "training": "vms.cli.training:app",
    "mail": "vms.cli.mail:app",
    "export": "vms.cli.export:app",
    "audit": "vms.cli.audit:app",
    "db": "vms.cli.db:app",
    "doctor": "vms.cli.doctor:doctor",
}


class CommandTable(TyperGroup):
    """A group whose commands are modules; `vms --help` loads them all, `vms web` only its own."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002 - click calls it so
        """See `click.Group.list_commands`: in the order of the table, the first a newcomer needs on top."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002 - click calls it so
        """See `click.Group.get_command`."""
        place = COMMANDS.get(cmd_name)
        return None if place is None else load(cmd_name, place)


def load(name: str, place: str) -> TyperCommand | TyperGroup:
    """The command at `module:attribute`: a function, or a Typer application with commands of its own."""
    module, _, attribute = place.partition(":")
    with _without_collecting():
        found = getattr(import_module(module), attribute)
    command: TyperCommand | TyperGroup
    if isinstance(found, typer.Typer):
        command = get_group(found)  # not get_command: a part of a program installs no completion
    else:
        one = typer.Typer(add_completion=False)
        one.command(name)(found)
        command = get_command(one)  # type: ignore[assignment]
    command.name = name
    return command


@contextmanager
def _without_collecting() -> Iterator[None]:
    """What loads makes objects that stay: looking among them for rubbish takes an eighth of a start."""
    was_collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_collecting:
            gc.enable()


app = typer.Typer(
    cls=CommandTable, add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False,
    help="Nazar: video surveillance management server.",
)  # fmt: skip


@app.callback()
def _root() -> None:
    """Nazar: video surveillance management server."""
