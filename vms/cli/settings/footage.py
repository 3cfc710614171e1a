"""`[footage]`: what a municipality decides about footage requests, within the directive."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from vms.cli.settings.time_stamp import TimeStampSettings
from vms.footage.policy import HOUR_US, Duty, Policy

Pair = Literal[
    "register-approve", "register-export", "register-sign", "approve-export", "approve-sign", "export-sign",
]  # fmt: skip
ALL: tuple[Pair, ...] = (
    "register-approve", "register-export", "register-sign", "approve-export", "approve-sign", "export-sign",
)  # fmt: skip


class FootageSettings(BaseModel):
    """`[footage]`. The directive's numbers (20 days back, 90 days of a hold) and whose signature counts: no setting.

    `separate`: duties that two persons do; a small municipality leaves pairs out. `target_hours`, `limit_hours`: the
    service target by the clock. `return_days`: for how long missing papers are waited for. `signature_days`: after how
    many days an unsigned record of a hold is an alarm. `viewing_days`: how long an officer may look at one request.
    `purge_hours`: how long after delivery the copy may stay here. `collect_days`: after how many days packages that
    nobody fetched are told. `time_stamp`: who stamps packages; None: nobody.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    separate: tuple[Pair, ...] = ALL
    target_hours: int = Field(4, ge=1, le=240)
    limit_hours: int = Field(24, ge=1, le=720)
    return_days: int = Field(15, ge=1, le=90)
    signature_days: int = Field(3, ge=1, le=30)
    viewing_days: int = Field(30, ge=1, le=180)
    purge_hours: int = Field(0, ge=0, le=24)
    collect_days: int = Field(7, ge=1, le=90)
    time_stamp: TimeStampSettings | None = None

    @model_validator(mode="after")
    def _target_before_limit(self) -> "FootageSettings":
        if self.target_hours > self.limit_hours:
            raise ValueError("settings_invalid: footage.target_hours is at most footage.limit_hours.")
        return self

    def policy(self) -> Policy:
        """The same for the use cases."""
        pairs = frozenset(frozenset(Duty(word) for word in pair.split("-")) for pair in self.separate)
        return Policy(
            self.target_hours * HOUR_US, self.limit_hours * HOUR_US, pairs, self.return_days, self.signature_days,
            self.viewing_days, self.purge_hours * HOUR_US, self.collect_days,
        )  # fmt: skip
