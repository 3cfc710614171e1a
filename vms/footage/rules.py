"""The directive's numbers on giving footage, what a request may ask for, which step follows which."""

from collections.abc import Collection, Mapping, Sequence
from enum import StrEnum

from vms.documents.forms.footage import AuthorityKind as AuthorityKind  # noqa: PLC0414 - papers and requests say it alike
from vms.kernel.clock import US_PER_DAY
from vms.kernel.days import day_of, end_us, start_us
from vms.kernel.errors import Kind, VmsError
from vms.kernel.span import Span

REQUEST_REACH_DAYS = 20  # article 10(1): "tebliğ edildiği tarihten itibaren geriye doğru 20 günlük"
HOLD_DAYS = 90  # article 10(2)
APPLICATION_DAYS = 15  # law 4982, service inventory: 1–15 days (S-9)
MAX_CAMERAS = 200
MAX_INTERVALS = 50
MAX_ITEMS = 1_000
MAX_CAMERA_DAYS = MAX_CAMERAS * (REQUEST_REACH_DAYS + 1)  # every camera for all that is guaranteed: seconds to look for
MAX_INTERVAL_US = 400 * US_PER_DAY  # longer is a typing error: no policy's footage is asked for in one piece


class Origin(StrEnum):
    """Who may ask for footage: authorities by letter (D-10.1), own units by Olur (D-4.5)."""

    EXTERNAL = "external"
    INTERNAL = "internal"


class State(StrEnum):
    """Where a request stands (requirements 8.2)."""

    REGISTERED = "registered"
    RETURNED = "returned"
    APPROVED = "approved"
    AVAILABLE = "available"
    PARTIALLY_AVAILABLE = "partially_available"
    UNAVAILABLE = "unavailable"
    PREPARED = "prepared"
    DELIVERED = "delivered"
    REFUSED = "refused"
    CLOSED = "closed"


class Outcome(StrEnum):
    """How a closed request ended."""

    DELIVERED = "delivered"
    UNAVAILABLE = "unavailable"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


APPROVED = frozenset({
    State.APPROVED, State.AVAILABLE, State.PARTIALLY_AVAILABLE, State.UNAVAILABLE, State.PREPARED,
})  # fmt: skip
SEARCHABLE = APPROVED - {State.PREPARED}  # once packages are made, they are what there is
UNDECIDED = frozenset({State.REGISTERED, State.RETURNED})
FOUND = frozenset({State.AVAILABLE, State.PARTIALLY_AVAILABLE})  # there is something to pack
OPEN = UNDECIDED | APPROVED  # locked; the authority may still withdraw

# Anything not listed is refused with 409.
STEPS: Mapping[State, frozenset[State]] = {
    State.REGISTERED: frozenset({State.APPROVED, State.RETURNED, State.REFUSED, State.CLOSED}),
    State.RETURNED: frozenset({State.REGISTERED, State.REFUSED, State.CLOSED}),
    State.APPROVED: frozenset({
        State.AVAILABLE, State.PARTIALLY_AVAILABLE, State.UNAVAILABLE, State.CLOSED,
    }),
    # Looked for anew: a disk that was away is back, or another one is gone.
    State.AVAILABLE: frozenset({State.PARTIALLY_AVAILABLE, State.UNAVAILABLE, State.PREPARED, State.CLOSED}),
    State.PARTIALLY_AVAILABLE: frozenset({State.AVAILABLE, State.UNAVAILABLE, State.PREPARED, State.CLOSED}),
    State.UNAVAILABLE: frozenset({State.AVAILABLE, State.PARTIALLY_AVAILABLE, State.CLOSED}),
    # A package is built anew: prepared again when it is there.
    State.PREPARED: frozenset({State.AVAILABLE, State.PARTIALLY_AVAILABLE, State.DELIVERED, State.CLOSED}),
    State.DELIVERED: frozenset({State.CLOSED}),
    State.REFUSED: frozenset({State.CLOSED}),
    State.CLOSED: frozenset(),
}  # fmt: skip


class Mark(StrEnum):
    """What a registration is answered with beside its lock; none of it is an error."""

    OUTSIDE_GUARANTEED_WINDOW = "outside_guaranteed_window"
    LATE_REGISTRATION = "late_registration"
    LIVE_ONLY = "live_only"  # a city-view camera: no recording exists


def states_before(*then: State) -> frozenset[State]:
    """Where a request stands that may come to one of these next."""
    return frozenset(now for now, following in STEPS.items() if following & set(then))


def check_step(now: State, then: State) -> None:
    """VmsError(CONFLICT, `request_state`) for a step that requirements 8.2 do not list."""
    if then not in STEPS[now]:
        raise wrong_state(now)


def wrong_state(now: State) -> VmsError:
    """The refusal of what cannot be done with a request as it stands."""
    return VmsError(
        Kind.CONFLICT, "request_state", f"The request is {now}: this cannot be done with it. Look how it stands now.",
        state=now.value,
    )  # fmt: skip


def guaranteed_window(served_us: int) -> Span:
    """[day of service − 20 days, 00:00 … service] in the municipality's zone (A-02, A-03)."""
    day = day_of(served_us)
    return Span(start_us(day.fromordinal(day.toordinal() - REQUEST_REACH_DAYS)), served_us)


def outside_window(span: Span, window: Span) -> Span | None:
    """The part of an interval before the guaranteed window: taken, marked, answered with what exists (A-01)."""
    return span.clip(Span(min(span.start_us, window.start_us - 1), window.start_us))


def check_intervals(intervals: Collection[tuple[int, int]], served_us: int) -> list[Span]:
    """The intervals by start, those that touch as one.

    VmsError(INVALID): `interval_empty`, `interval_after_service` (D-10.1b), `interval_too_long`, `intervals_too_many`.
    """
    spans = _spans(intervals)
    if any(span.end_us > served_us for span in spans):
        raise VmsError(
            Kind.INVALID, "interval_after_service",
            "A letter asks for what was before it was served. End the interval at the moment of service at the latest.",
            served_us=served_us,
        )  # fmt: skip
    return spans


def check_past(intervals: Collection[tuple[int, int]], now_us: int) -> list[Span]:
    """The same for a hold, which covers only what was recorded (edge-71). VmsError(INVALID, `interval_in_future`)."""
    spans = _spans(intervals)
    if any(span.end_us > now_us for span in spans):
        raise VmsError(
            Kind.INVALID, "interval_in_future",
            "A hold keeps what was recorded by now. End the interval now, and place a second hold afterwards.",
            now_us=now_us,
        )  # fmt: skip
    return spans


def hold_end_us(starts_us: int) -> int:
    """Start + 90 × 24 h, to the end of that day in the municipality's zone (A-09)."""
    return end_us(day_of(starts_us + HOLD_DAYS * US_PER_DAY))


def application_due_us(received_us: int) -> int:
    """The end of the fifteenth day after the one on which it came."""
    day = day_of(received_us)
    return end_us(day.fromordinal(day.toordinal() + APPLICATION_DAYS))


def _spans(intervals: Collection[tuple[int, int]]) -> list[Span]:
    if not 0 < len(intervals) <= MAX_INTERVALS:
        raise VmsError(Kind.INVALID, "intervals_too_many", f"Name 1 to {MAX_INTERVALS} intervals.", limit=MAX_INTERVALS)
    if any(end <= start for start, end in intervals):
        raise VmsError(Kind.INVALID, "interval_empty", "An interval ends after it begins. Correct its times.")
    if any(end - start > MAX_INTERVAL_US for start, end in intervals):
        raise VmsError(Kind.INVALID, "interval_too_long", "An interval has at most 400 days. Correct its times.")
    return _joined(sorted(Span(start, end) for start, end in intervals))


def _joined(spans: Sequence[Span]) -> list[Span]:
    joined = [spans[0]]
    for span in spans[1:]:
        if span.start_us <= joined[-1].end_us:
            joined[-1] = Span(joined[-1].start_us, max(joined[-1].end_us, span.end_us))
        else:
            joined.append(span)
    return joined
