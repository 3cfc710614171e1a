"""One person's watching of one camera, from its first picture to its last."""

from dataclasses import dataclass, field
from uuid import UUID

from vms.audit.entry import Actor, NewEntry, Subject
from vms.audit.rules import Act
from vms.authority.rules import Basis, Mode
from vms.kernel.clock import US_PER_SECOND
from vms.kernel.span import Span
from web.watching.open_views import OpenView

Key = tuple[UUID | None, str, UUID, Mode, UUID | None, bool]

LEFT = "left"  # why a stream ended that nobody took away
STILL = "still"  # single pictures: of the timeline, of the list
LIVE_LINGER_US = 10 * US_PER_SECOND  # a player that connects anew, or takes the other stream, goes on watching
PLAYBACK_IDLE_US = 120 * US_PER_SECOND  # players read ahead for a minute; one that is paused asks for nothing
STILL_IDLE_US = 60 * US_PER_SECOND
JOIN_US = 120 * US_PER_SECOND  # footage so near to what was seen belongs to the same watching
MIN_WATCH_US = 10 * US_PER_SECOND  # who jumps faster gets a list of places, not an entry for each
MAX_SPANS = 20


@dataclass(slots=True, eq=False)
class Watch:
    """What is known of it. Wall times are `_us`, those of the boot clock `_boot_us`.

    `views`: the streams it is made of now (live only). `spans`: of what time the pictures were. `why`: what ended its
    last stream; what the server ended for a reason is over at once.
    """

    id: UUID
    actor: Actor
    subject: Subject
    camera_id: UUID
    mode: Mode
    stream: str
    basis: Basis
    opened_us: int
    opened_boot_us: int
    last_us: int = 0
    last_boot_us: int = 0
    views: set[OpenView] = field(default_factory=set)
    streams: set[str] = field(default_factory=set)
    spans: list[Span] = field(default_factory=list)
    more_spans: int = 0
    pictures: int = 0
    why: str = LEFT
    is_written: bool = False  # its first entry is on the disk, or will be

    @property
    def key(self) -> Key:
        """What belongs to one watching: session, address, camera, mode, right; stills by themselves."""
        return key_of(self.actor, self.camera_id, self.mode, self.stream, self.basis)

    def touch(self, now_us: int, boot_us: int, span: Span | None = None) -> None:
        """It goes on; `span`: pictures of this time were given."""
        self.last_us, self.last_boot_us = now_us, boot_us
        if span is None:
            return
        self.pictures += 1
        for at, known in enumerate(self.spans):
            if _touches(known, span):
                self.spans[at] = Span(min(known.start_us, span.start_us), max(known.end_us, span.end_us))
                return
        self.spans.append(span)
        if len(self.spans) > MAX_SPANS:
            self.more_spans += 1
            last = self.spans.pop()
            least = self.spans[-1]
            self.spans[-1] = Span(min(least.start_us, last.start_us), max(least.end_us, last.end_us))

    def is_jump(self, span: Span, boot_us: int) -> bool:
        """Whether pictures of `span` are another watching: far from all that was seen, and not hurried past."""
        is_near = any(_touches(known, span) for known in self.spans)
        return self.stream != STILL and not is_near and boot_us - self.opened_boot_us >= MIN_WATCH_US

    def is_over(self, boot_us: int) -> bool:
        """Whether its end is to be written."""
        if self.views:
            return False
        idle_us = boot_us - self.last_boot_us
        if self.stream == STILL:
            return idle_us >= STILL_IDLE_US
        if self.mode is Mode.PLAYBACK:
            return idle_us >= PLAYBACK_IDLE_US
        return idle_us >= LIVE_LINGER_US or self.why != LEFT

    def opening(self) -> NewEntry:
        """Its first entry."""
        first = self.spans[0] if self.spans else None
        return NewEntry(
            act=Act.VIEW_OPENED, actor=self.actor, subject=self.subject, camera_id=self.camera_id,
            mode=self.mode.value, stream=self.stream, basis=self.basis.text, basis_id=self.basis.id, id=self.id,
            at_us=self.opened_us, from_us=first.start_us if first else self.opened_us,
            until_us=first.end_us if first else None,
        )  # fmt: skip

    def ending(self, why: str) -> NewEntry:
        """Its last entry."""
        from_us = min((span.start_us for span in self.spans), default=self.opened_us)
        until_us = max((span.end_us for span in self.spans), default=self.last_us)
        detail: dict[str, object] = {"why": why}
        if len(self.streams) > 1:
            detail["streams"] = sorted(self.streams)
        if self.stream == STILL:
            detail["pictures"] = self.pictures
        elif len(self.spans) > 1:
            detail["spans"] = [[span.start_us, span.end_us] for span in self.spans]
            detail |= {"more_spans": self.more_spans} if self.more_spans else {}
        return NewEntry(
            act=Act.VIEW_ENDED, actor=self.actor, subject=self.subject, camera_id=self.camera_id,
            mode=self.mode.value, stream=self.stream, basis=self.basis.text, basis_id=self.basis.id,
            refers_to=self.id, at_us=self.last_us, from_us=from_us, until_us=until_us, detail=detail,
        )  # fmt: skip


def key_of(actor: Actor, camera_id: UUID, mode: Mode, stream: str, basis: Basis) -> Key:
    """See `Watch.key`."""
    return actor.session_id, actor.address, camera_id, mode, basis.id, stream == STILL


def _touches(known: Span, other: Span) -> bool:
    return other.start_us <= known.end_us + JOIN_US and other.end_us >= known.start_us - JOIN_US
