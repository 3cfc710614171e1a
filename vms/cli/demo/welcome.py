"""What the demonstration says on the terminal: how far its start is, then where to look."""

import shlex
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field

import typer

from vms.cli.demo.people import DemoPerson
from vms.people.rules import Role

STEPS = 4
_CHANGED = "(kendi parolanız / your own)"
_ROLES = {
    Role.SYSADMIN: "yönetici: canlı + kayıt / administrator: live + playback",
    Role.GUARD: "bekçi: yalnızca canlı / guard: live only",
    Role.REGISTRY_CLERK: "yazı işleri: belge girer, görüntü görmez / clerk: enters papers, sees no picture",
    Role.LEGAL_REVIEWER: "hukuk: talepleri onaylar / legal: approves requests for footage",
    Role.FOOTAGE_OFFICER: "görüntü memuru: hazırlar, teslim eder / footage officer: exports, hands over",
    Role.VMS_UNIT_HEAD: "şef: tutanakları imzalar / unit head: signs the minutes",
    Role.AUDITOR: "denetçi: denetim izini okur, görüntü görmez / auditor: reads the log, sees no picture",
}


def tell_step(number: int, words: str) -> None:
    """One line as soon as a step of the start begins."""
    typer.echo(f"Nazar {number}/{STEPS}: {words}")


@dataclass(frozen=True, slots=True)
class Welcome:
    """What a person needs to look around: the console's address, who they may sign in as, cameras to try.

    The simulated cameras' addresses are told with their password, for they are made to be tried. No other camera's is:
    logs, those of the simulated cameras too, pass the redactor.
    """

    address: str
    people: Sequence[DemoPerson]
    cameras: Sequence[str] = field(default=(), repr=False)

    def print(self, headline: str) -> None:
        """A box with the console and its accounts on the terminal."""
        names = max(len(person.name) for person in self.people)
        lines = [
            headline,
            "",
            f"Konsol / console:   {self.address}",
            *(
                f"  {person.name:<{names}}  {person.password or _CHANGED}  {_ROLES[person.roles[0]]}"
                for person in self.people
            ),
            f"Durum / status:     {self.address}status",
            "",
            "Ctrl+C: dur / stop",
        ]
        width = max(len(line) for line in lines)
        box = [f"┌{'─' * (width + 4)}┐", *(f"│  {line:<{width}}  │" for line in lines), f"└{'─' * (width + 4)}┘"]
        typer.echo("\n" + "\n".join(box) + "\n")
        sys.stdout.flush()

    def print_cameras(self) -> None:
        """The simulated cameras' addresses, with the first thing to try with one; no box: they are copied."""
        vms = shlex.quote(sys.argv[0]) if sys.argv[0].endswith("vms") else "vms"
        lines = [
            "Benzetilmiş kameralar, denemek için · simulated cameras, to be tried:",
            *(f"  {camera}" for camera in self.cameras),
            f"  {vms} record '{self.cameras[0]}' --for 20s --data /tmp/try",
        ]
        typer.echo("\n".join(lines) + "\n")
        sys.stdout.flush()
