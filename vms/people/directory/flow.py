"""One sign-in on its way through the institution's own page."""

import json
from dataclasses import asdict, dataclass

from vms.kernel.clock import US_PER_SECOND
from vms.kernel.errors import Kind, VmsError
from vms.kernel.secrets import SecretBox

FLOW_US = 10 * 60 * US_PER_SECOND  # how long a person may take on the provider's page


@dataclass(frozen=True, slots=True)
class Flow:
    """One sign-in on its way through the provider. It travels sealed in the browser's cookie: nobody else ends it."""

    state: str
    nonce: str
    verifier: str
    place: str
    until_us: int

    def sealed(self, box: SecretBox) -> str:
        """As a cookie carries it."""
        return box.seal(json.dumps(asdict(self))).decode("ascii")

    @classmethod
    def opened(cls, box: SecretBox, sealed: str, now_us: int) -> "Flow":
        """What a cookie carried; VmsError(UNAUTHENTICATED, `sign_in_expired`) when it is none of ours, or too old."""
        try:
            flow = cls(**json.loads(box.open(sealed.encode("ascii", "replace"))))
        except (VmsError, ValueError, TypeError) as err:  # a ticket, say: sealed with the same key
            raise expired() from err
        if now_us >= flow.until_us:
            raise expired()
        return flow


def expired() -> VmsError:
    """The sign-in that came back was not begun here, or too long ago."""
    return VmsError(
        Kind.UNAUTHENTICATED, "sign_in_expired", "This sign-in took too long or began elsewhere. Sign in again."
    )
