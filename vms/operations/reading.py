"""What one look at a recorder says of one possible fault."""

from dataclasses import dataclass

from vms.operations.alarms import AlarmCode, Severity

Key = tuple[AlarmCode, str]


@dataclass(frozen=True, slots=True)
class Reading:
    """Whether it is bad now; None when this look cannot tell (then an open alarm stays, and no new one comes nearer).

    `detail`: a stable word or a figure, see `AlarmCode`; empty when nothing new is known.
    """

    code: AlarmCode
    subject: str
    is_bad: bool | None
    severity: Severity = Severity.WARNING
    detail: str = ""

    @property
    def key(self) -> Key:
        """What its alarm is found by."""
        return self.code, self.subject
