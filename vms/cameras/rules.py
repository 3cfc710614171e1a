"""What a camera may be, by the directive."""

from enum import StrEnum
from urllib.parse import urlsplit

from vms.archive.rules import DEFAULT_RETENTION_DAYS, check_retention_days
from vms.kernel.clock import US_PER_DAY
from vms.kernel.errors import Kind, VmsError

MAX_RETENTION_DAYS = 3650  # a typing error must not fill the archive for ever
MAX_NAME_CHARACTERS = 120
MAX_ADDRESS_CHARACTERS = 2048
# What is wanted for longer is a recorded camera (`is_recorded`), or somebody says once a year why it still is not.
MAX_CENTRAL_RECORDING_DAYS = 366
MAX_REASON_CHARACTERS = 500


class CameraKind(StrEnum):
    """What its pictures are for."""

    SECURITY = "security"
    CITY_VIEW = "city_view"  # şehir izleme: live pictures for the public, article 13(1)


class Transport(StrEnum):
    """How RTP travels. `auto` and `tcp` are one thing: over TCP, over UDP for a camera that refuses TCP."""

    AUTO = "auto"
    TCP = "tcp"
    UDP = "udp"


TRANSPORT_HELP = "How RTP travels: auto and tcp are one thing, TCP unless the camera refuses it; udp is UDP only."


class PlacementOrigin(StrEnum):
    """How a row of a camera's history came about."""

    ADOPTED = "adopted"  # by the update that began the history: where it stood before was not kept
    REGISTERED = "registered"
    MOVED = "moved"  # also: called otherwise from then on


class RetentionScope(StrEnum):
    """What a retention policy speaks for; the narrowest one counts."""

    GLOBAL = "global"
    SITE = "site"
    CAMERA = "camera"


def check_recording(kind: CameraKind, records: bool) -> None:
    """VmsError(INVALID, `city_view_not_recorded`): a city-view camera is live only (article 13(1), D-13.1)."""
    if records and kind is CameraKind.CITY_VIEW:
        raise VmsError(
            Kind.INVALID,
            "city_view_not_recorded",
            "A city-view camera is live only (directive, article 13). Register it as a security camera to record it.",
        )


def check_retention(days: int, reason: str) -> None:
    """Refuse days below the floor (`retention_below_minimum`), absurd ones, and longer ones without a reason."""
    check_retention_days(days)
    if days > MAX_RETENTION_DAYS:
        raise VmsError(
            Kind.INVALID,
            "retention_above_maximum",
            f"{days} days is more than {MAX_RETENTION_DAYS}. Enter fewer days.",
            maximum=MAX_RETENTION_DAYS,
        )
    if days > DEFAULT_RETENTION_DAYS and not reason.strip():
        raise VmsError(
            Kind.INVALID,
            "retention_reason_missing",
            f"Keeping footage longer than {DEFAULT_RETENTION_DAYS} days needs a reason. Enter one.",
            default=DEFAULT_RETENTION_DAYS,
        )


# Not `rtsp://user…`: that is blanked like a real address, and the reader would see "rtsp://***".
ADDRESS_FORM = "rtsp://<USER>:<PASSWORD>@<HOST>:<PORT>/<PATH>"


def check_address(address: str) -> str:
    """`address` when it is an RTSP address; VmsError(INVALID, `address_invalid`) never repeats any of it."""
    refusal = VmsError(
        Kind.INVALID,
        "address_invalid",
        f"The camera's address must look like {ADDRESS_FORM}. Correct it.",
    )
    if len(address) > MAX_ADDRESS_CHARACTERS or any(ord(char) <= 32 or ord(char) == 127 for char in address):
        raise refusal
    try:
        parts = urlsplit(address)
        is_valid = parts.scheme.lower() in {"rtsp", "rtsps"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        raise refusal from None  # its text repeats the address
    if not is_valid:
        raise refusal
    return address


def check_name(name: str) -> str:
    """`name` without blanks around it; VmsError(INVALID, `name_invalid`) when empty, too long or not printable."""
    name = name.strip()
    if not 0 < len(name) <= MAX_NAME_CHARACTERS or not name.isprintable():
        raise VmsError(
            Kind.INVALID,
            "name_invalid",
            f"A name has 1 to {MAX_NAME_CHARACTERS} printable characters. Correct it.",
        )
    return name


def check_number(number: int) -> int:
    """`number` when it can be called up on a keypad (1 .. 999999); VmsError(INVALID, `number_invalid`)."""
    if not 0 < number <= 999_999:
        raise VmsError(Kind.INVALID, "number_invalid", "A call-up number lies between 1 and 999999. Enter another.")
    return number


def check_site(site: str) -> str:
    """`site` without blanks around it; VmsError(INVALID, `site_invalid`) when too long or not printable."""
    site = site.strip()
    if len(site) > MAX_NAME_CHARACTERS or not site.isprintable():
        raise VmsError(
            Kind.INVALID,
            "site_invalid",
            f"A place has at most {MAX_NAME_CHARACTERS} printable characters. Correct it.",
        )
    return site


def check_placement_from(from_us: int, former_us: int | None, until_us: int | None, now_us: int) -> None:
    """Refuse a beginning that is still to come, or that does not lie between those of its neighbours.

    `former_us`: the beginning of the row before, `until_us`: of the one behind. VmsError: INVALID
    `placement_in_future`; CONFLICT `placement_overlaps`.
    """
    if from_us > now_us:
        raise VmsError(
            Kind.INVALID, "placement_in_future",
            "A camera is entered where it stands already. Give a time that is over.",
        )  # fmt: skip
    if (former_us is not None and from_us <= former_us) or (until_us is not None and from_us >= until_us):
        raise VmsError(
            Kind.CONFLICT, "placement_overlaps",
            "This time does not lie between the place before and the place behind it. Correct it.",
            after_us=former_us, before_us=until_us,
        )  # fmt: skip


def check_central_recording(from_us: int, until_us: int, now_us: int) -> None:
    """Refuse a period that began before now, is empty, or ends after a year (D-12.4b).

    VmsError(INVALID): `central_recording_in_past`, `central_recording_empty`, `central_recording_too_long`.
    """
    if from_us < now_us:
        raise VmsError(
            Kind.INVALID, "central_recording_in_past",
            "What is over cannot be recorded any more. Give a beginning that is still to come, or none.",
        )  # fmt: skip
    if until_us <= from_us:
        raise VmsError(
            Kind.INVALID, "central_recording_empty", "A recording ends after it begins. Correct the end.",
        )  # fmt: skip
    if until_us > now_us + MAX_CENTRAL_RECORDING_DAYS * US_PER_DAY:
        raise VmsError(
            Kind.INVALID, "central_recording_too_long",
            f"A camera is recorded centrally until {MAX_CENTRAL_RECORDING_DAYS} days from now at most; order it again "
            "then, or switch its recording on.", maximum=MAX_CENTRAL_RECORDING_DAYS,
        )  # fmt: skip


def check_central_reason(reason: str) -> str:
    """`reason` without blanks around it. VmsError(INVALID, `central_recording_reason_missing`): empty, or too long."""
    reason = reason.strip()
    if not 0 < len(reason) <= MAX_REASON_CHARACTERS:
        raise VmsError(
            Kind.INVALID, "central_recording_reason_missing",
            f"Recording centrally, and ending it early, have a reason of at most {MAX_REASON_CHARACTERS} characters. "
            "Enter one.",
        )  # fmt: skip
    return reason
