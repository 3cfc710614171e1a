"""Why there is nothing to play."""

from vms.archive.archive import Archive
from vms.archive.model import StreamKey
from vms.kernel.clock import US_PER_SECOND
from vms.kernel.errors import Kind, VmsError
from vms.kernel.span import Span


def no_footage(archive: Archive, key: StreamKey, span: Span) -> VmsError:
    """The error for a span without footage; `archive` was asked alone (`Archive.asked_alone`).

    NOT_FOUND `no_footage` with `previous_us`, `next_us`: the nearest moments before and behind that have footage,
    None where there is none. While a volume is away nobody can say that there is none: UNAVAILABLE `volume_away`.
    """
    previous_us, next_us = archive.neighbours(key, span)
    if archive.missing:
        return VmsError(
            Kind.UNAVAILABLE, "volume_away",
            "A disk is away that may hold this footage. Mount it, then try again.",
            volumes=sorted(str(volume) for volume in archive.missing), previous_us=previous_us, next_us=next_us,
        )  # fmt: skip
    return VmsError(
        Kind.NOT_FOUND, "no_footage", "There is no footage at this time. Go to the footage before or behind it.",
        previous_us=previous_us, next_us=next_us,
    )  # fmt: skip


def check_length(span: Span, limit_us: int) -> None:
    """INVALID `span_too_long` with `limit_s` for more than can be answered in good time."""
    if span.duration_us > limit_us:
        raise VmsError(
            Kind.INVALID, "span_too_long", "The time asked for is too long. Ask for less at a time.",
            limit_s=limit_us // US_PER_SECOND,
        )  # fmt: skip
