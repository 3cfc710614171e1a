"""A bound on how often anybody may ask for a document by its code."""

from collections import OrderedDict
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address

from vms.kernel.clock import US_PER_SECOND, Clock
from vms.kernel.errors import Kind, VmsError

# A question costs one; a code that does not exist costs five. So a clerk may look up thirty papers at once and one
# every two seconds after; who guesses is stopped after six, then gets one guess in ten seconds.
ADDRESS_TOKENS, ADDRESS_TOKENS_PER_S = 30.0, 0.5
ALL_TOKENS, ALL_TOKENS_PER_S = 600.0, 20.0  # all addresses together: guesses from a thousand machines are four a second
UNKNOWN_COSTS = 5.0
MAX_ADDRESSES = 10_000  # remembered; the one that was quiet longest is forgotten first
_IPV6_PREFIX_BITS = 64  # whoever has one address of a network has them all


@dataclass(slots=True)
class _Bucket:
    tokens: float
    at_us: int

    def refill(self, now_us: int, most: float, per_s: float) -> None:
        self.tokens = min(most, self.tokens + max(0, now_us - self.at_us) * per_s / US_PER_SECOND)
        self.at_us = now_us


class QueryLimit:
    """Counts questions by the address they come from, and all together. To be used from one thread."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._all = _Bucket(ALL_TOKENS, clock.boottime_us())
        self._by_address: OrderedDict[str, _Bucket] = OrderedDict()

    def admit(self, address: str) -> None:
        """Take note of a question, before it is answered. VmsError(UNAVAILABLE, `too_many_queries`)."""
        own = self._bucket(address)
        now_us = self._clock.boottime_us()
        own.refill(now_us, ADDRESS_TOKENS, ADDRESS_TOKENS_PER_S)
        self._all.refill(now_us, ALL_TOKENS, ALL_TOKENS_PER_S)
        if min(own.tokens, self._all.tokens) < 1:
            raise VmsError(
                Kind.UNAVAILABLE, "too_many_queries", "Too many codes were asked for. Wait a minute, then try again."
            )
        own.tokens -= 1
        self._all.tokens -= 1

    def missed(self, address: str) -> None:
        """The answer was that nobody has this code."""
        for bucket in (self._bucket(address), self._all):
            bucket.tokens -= UNKNOWN_COSTS - 1

    def _bucket(self, address: str) -> _Bucket:
        key = _network(address)
        bucket = self._by_address.setdefault(key, _Bucket(ADDRESS_TOKENS, self._clock.boottime_us()))
        self._by_address.move_to_end(key)
        if len(self._by_address) > MAX_ADDRESSES:
            self._by_address.popitem(last=False)
        return bucket


def _network(address: str) -> str:
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if isinstance(found, IPv6Address) and found.ipv4_mapped is None:
        return str(int(found) >> (128 - _IPV6_PREFIX_BITS))
    return str(found)
