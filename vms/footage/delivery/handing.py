"""How footage is given: on what, by which way, to whom."""

from dataclasses import dataclass

from vms.authority.acts import line, note
from vms.documents.forms.delivery import Channel, Medium, Receiver
from vms.kernel.errors import Kind, VmsError


@dataclass(frozen=True, slots=True, kw_only=True)
class Handing:
    """What an officer says of a delivery. `passphrase_route`: by which other way than the package the passphrase goes.

    `receiver` None: known when it is fetched.
    """

    medium: Medium
    channel: Channel
    medium_serial: str = ""
    passphrase_route: str = ""
    receiver: Receiver | None = None
    note: str = ""

    def cleaned(self) -> "Handing":
        """As rows and paper keep it. VmsError(INVALID, `note_invalid`)."""
        return Handing(
            medium=self.medium, channel=self.channel, medium_serial=_line(self.medium_serial),
            passphrase_route=_line(self.passphrase_route), receiver=self.receiver, note=note(self.note),
        )  # fmt: skip


def receiver_of(name: str, title: str, institution: str, identity_no: str, identity_seen: str) -> Receiver:
    """Who takes it. VmsError: CONFLICT `receiver_required` without name or number (edge-49), INVALID `note_invalid`."""
    if not (name.strip() and identity_no.strip()):
        raise receiver_required()
    return Receiver(
        name=_line(name), title=_line(title), institution=_line(institution), identity_no=_line(identity_no),
        identity_seen=_line(identity_seen),
    )  # fmt: skip


def receiver_required() -> VmsError:
    """The refusal to give footage to nobody known."""
    return VmsError(
        Kind.CONFLICT, "receiver_required",
        "Footage is handed to nobody unknown. Enter who takes it, with the number of what they showed.",
    )  # fmt: skip


def _line(text: str) -> str:
    return line(text, "note_invalid", "A text") if text.strip() else ""
