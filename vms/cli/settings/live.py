"""How viewers of live pictures reach this machine: what the settings say."""

import re
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator, model_validator

_RELAY = re.compile(r"turn:[^\s:@/?]+(:\d{1,5})?(\?transport=(udp|tcp))?|turns:[^\s:@/?]+(:\d{1,5})?(\?transport=tcp)?")
RELAY_VARIABLE = "NAZAR_LIVE__TURN__PASSWORD"


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class TurnSettings(_Section):
    """`[live.turn]`: a relay (TURN, RFC 8656) through which WebRTC viewers are served who reach no address of ours.

    The password comes from NAZAR_LIVE__TURN__PASSWORD or from `password_file` (a relative path starts at the data
    folder).
    """

    url: str
    username: str = Field(min_length=1, max_length=512)
    password: SecretStr | None = None
    password_file: Path | None = None

    @field_validator("url")
    @classmethod
    def _is_a_relay(cls, url: str) -> str:
        if not _RELAY.fullmatch(url):  # never repeated: somebody may have written the password into it
            raise ValueError(
                "settings_invalid: Write turn:relay.example.org:3478, with ?transport=tcp where UDP is closed, or "
                "turns:relay.example.org:5349."
            )
        return url

    @model_validator(mode="after")
    def _has_one_password(self) -> Self:
        if (self.password is None) == (self.password_file is None):
            raise ValueError(f"settings_invalid: Give either {RELAY_VARIABLE} or password_file.")
        return self


class LiveSettings(_Section):
    """`[live]`: how WebRTC viewers of live pictures reach this machine, and how many may; others take the WebSocket.

    `networks`: of this machine's addresses viewers are told those inside; none given: all but loopback. In the
    environment commas stand between them. `max_viewers` counts the pictures of all people by either way.
    """

    networks: tuple[IPv4Network | IPv6Network, ...] = ()
    max_viewers: int = Field(300, ge=1, le=2000)
    max_webrtc_viewers: int = Field(60, ge=1, le=1000)
    turn: TurnSettings | None = None

    @field_validator("networks", mode="before")
    @classmethod
    def _are_networks(cls, given: Any) -> Any:
        words = given.split(",") if isinstance(given, str) else given
        try:
            return tuple(ip_network(str(word).strip()) for word in words)
        except (ValueError, TypeError) as err:
            raise ValueError(f'settings_invalid: {err}. Write networks = ["10.1.0.0/16"].') from err
