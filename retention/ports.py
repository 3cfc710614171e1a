"""What retention asks of the rest of the node."""

from collections.abc import Mapping, Sequence
from typing import Protocol
from uuid import UUID

from retention.forecast import Forecast, VolumeUse
from retention.report import SweepReport
from vms.archive.model import Lock
from vms.operations.alarms import Severity


class Policies(Protocol):
    """What people said about keeping footage."""

    def retention_days(self) -> Mapping[UUID, int]:
        """Days by camera, retired ones included; VmsError when it cannot be known, and then nothing is deleted."""
        ...

    def locks(self) -> Sequence[Lock]:
        """What every volume is to keep beyond them, by decision; VmsError likewise."""
        ...


class Reports(Protocol):
    """Where people look. A report that cannot be delivered is logged and never stops the engine."""

    def alarm(self, code: str, subject: str, severity: Severity, detail: str) -> None:
        """Open an alarm, or renew the open one."""
        ...

    def clear(self, code: str, subject: str) -> None:
        """Close an alarm, if it is open."""
        ...

    def swept(self, report: SweepReport) -> None:
        """A sweep of one volume ended."""
        ...

    def forecast(self, volume_uuid: UUID, at_us: int, use: VolumeUse, forecast: Forecast) -> None:
        """A new forecast for one volume."""
        ...
