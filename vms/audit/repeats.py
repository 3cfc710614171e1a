"""Which of many like entries are written: the first at once, the others as a count for each minute."""

from collections import Counter
from collections.abc import Hashable
from dataclasses import dataclass, replace

from vms.audit.entry import NOTHING, NewEntry
from vms.audit.rules import Act
from vms.kernel.clock import US_PER_SECOND, Clock
from vms.kernel.ids import new_id

WINDOW_US = 60 * US_PER_SECOND
MAX_LIKE_OF_ONE = 30  # different ones of one person (or address) in a minute; what is more counts as one kind
MAX_LIKE = 5_000  # of everybody


@dataclass(slots=True)
class _Window:
    first: NewEntry
    who: Hashable
    since_boot_us: int
    last_us: int
    is_mixed: bool  # of entries that had no room for a kind of their own
    count: int = 0


class Repeats:
    """Keeps a flood of refusals from filling the log, without losing their number. For one thread.

    Like are entries of one person (without one: one address) with the same act, camera, mode, outcome, subject and
    detail. Counts are in memory until their minute is over.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._windows: dict[Hashable, _Window] = {}
        self._of_one: Counter[Hashable] = Counter()

    def first(self, new: NewEntry) -> NewEntry | None:
        """`new` with its id and time, when it is to be written now; None when it was counted."""
        who: Hashable = new.actor.person_id or new.actor.address
        own = (who, new.act, new.camera_id, new.mode, new.outcome, new.subject, str(sorted(new.detail.items())))
        key = self._key(own, who, new.act)
        now_us = self._clock.now_us()
        window = self._windows.get(key)
        if window is not None:
            window.count += 1
            window.last_us = now_us
            return None
        told = replace(new, id=new.id or new_id(self._clock), at_us=now_us if new.at_us is None else new.at_us)
        self._windows[key] = _Window(told, who, self._clock.boottime_us(), now_us, is_mixed=key != own)
        self._of_one[who] += 1
        return told

    def counts(self, *, all_of_them: bool = False) -> list[NewEntry]:
        """Entries that tell how often more it was in the minutes that are over (`all_of_them`: in those that go on)."""
        boot_us = self._clock.boottime_us()
        found = []
        for key, window in list(self._windows.items()):
            if not all_of_them and boot_us - window.since_boot_us < WINDOW_US:
                continue
            if window.count:
                found.append(_count(window))
                window.count, window.since_boot_us = 0, boot_us
            else:
                del self._windows[key]
                self._of_one[window.who] -= 1
                if not self._of_one[window.who]:
                    del self._of_one[window.who]
        return found

    def _key(self, own: Hashable, who: Hashable, act: Act) -> Hashable:
        if own in self._windows:
            return own
        if len(self._windows) >= MAX_LIKE:
            return act
        return (who, act) if self._of_one[who] >= MAX_LIKE_OF_ONE else own


def _count(window: _Window) -> NewEntry:
    first = replace(window.first, id=None, at_us=None, refers_to=window.first.id)
    counted: dict[str, object] = {"times": window.count, "last_us": window.last_us}
    if window.is_mixed:
        return replace(first, camera_id=None, subject=NOTHING, detail={**counted, "mixed": True})
    return replace(first, detail={**first.detail, **counted})
