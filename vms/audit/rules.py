"""What an audit entry may hold, when the log is signed."""

import json
from collections.abc import Mapping, Sequence
from enum import StrEnum

from vms.kernel.clock import US_PER_SECOND

OK = "ok"  # the outcome of what was done; of what was refused it is the refusal's code

MAX_TEXT_CHARACTERS = 500
MAX_DETAIL_CHARACTERS = 4_000
MAX_DETAIL_TEXT_CHARACTERS = 300
MAX_DETAIL_ITEMS = 50
MAX_DETAIL_DEPTH = 3
MAX_INTEGER = 2**63 - 1  # what a BIGINT holds

CHECKPOINT_AFTER_US = 3600 * US_PER_SECOND
CHECKPOINT_AFTER_ENTRIES = 500
CUT = "…"


class Act(StrEnum):
    """Everything that is logged. A new act is a line here; one that was ever written keeps its name for ever."""

    SIGNED_IN = "signed_in"
    SIGN_IN_REFUSED = "sign_in_refused"
    SIGNED_OUT = "signed_out"
    SESSION_ENDED = "session_ended"  # by itself or by somebody else; detail: why
    PARALLEL_USE = "parallel_use"  # edge-79; the subject is the session that was open elsewhere
    POLICY_ACCEPTED = "policy_accepted"  # D-11.4b; detail: version
    SECOND_FACTOR_SET = "second_factor_set"
    SECOND_FACTOR_RESET = "second_factor_reset"
    RECOVERY_CODE_USED = "recovery_code_used"

    VIEW_OPENED = "view_opened"
    VIEW_ENDED = "view_ended"
    VIEW_REFUSED = "view_refused"
    RECORDING_ATTEMPT = "recording_attempt"  # D-11.4b; detail: kind

    ACCOUNT_CREATED = "account_created"
    ACCOUNT_CHANGED = "account_changed"
    ACCOUNT_LINKED = "account_linked"  # to a person of the institution's directory; detail: way, subject
    ACCOUNT_PASSWORD_SET = "account_password_set"  # noqa: S105 - a word for it, no password
    ACCOUNT_DISABLED = "account_disabled"
    ACCOUNT_ENABLED = "account_enabled"
    ROLE_GIVEN = "role_given"
    ROLE_TAKEN = "role_taken"
    PERSON_REGISTERED = "person_registered"
    PERSON_CHANGED = "person_changed"
    PERSON_LEFT = "person_left"
    PERSON_RETURNED = "person_returned"
    UNIT_REGISTERED = "unit_registered"
    UNIT_CHANGED = "unit_changed"
    UNIT_CLOSED = "unit_closed"
    UNIT_REOPENED = "unit_reopened"
    RIGHT_GRANTED = "right_granted"
    RIGHT_REVOKED = "right_revoked"
    SAVED_VIEW_CREATED = "saved_view_created"
    SAVED_VIEW_CHANGED = "saved_view_changed"
    SAVED_VIEW_DELETED = "saved_view_deleted"
    TOUR_CREATED = "tour_created"
    TOUR_CHANGED = "tour_changed"
    TOUR_DELETED = "tour_deleted"

    POST_OPENED = "post_opened"
    POST_CHANGED = "post_changed"
    POST_CLOSED = "post_closed"
    GUARD_ASSIGNED = "guard_assigned"
    ASSIGNMENT_ENDED = "assignment_ended"
    AGREEMENT_TEXT_INTRODUCED = "agreement_text_introduced"
    AGREEMENT_SIGNED = "agreement_signed"
    AGREEMENT_WITHDRAWN = "agreement_withdrawn"
    GRANT_ENTERED = "grant_entered"
    GRANT_CHANGED = "grant_changed"
    GRANT_CANCELLED = "grant_cancelled"
    GRANT_ACTIVATED = "grant_activated"
    GRANT_SUSPENDED = "grant_suspended"
    GRANT_REINSTATED = "grant_reinstated"
    GRANT_ENDED = "grant_ended"  # detail: state, why
    RENEWAL_REGISTERED = "renewal_registered"
    GRANT_RENEWED = "grant_renewed"
    DUTY_CHANGED = "duty_changed"
    SHARED_ACCOUNT_REVIEWED = "shared_account_reviewed"
    WORK_ORDER_OPENED = "work_order_opened"
    WORK_ORDER_CLOSED = "work_order_closed"
    BREACH_RECORDED = "breach_recorded"  # D-11.4c
    BREACH_CHANGED = "breach_changed"

    TRAINING_ADDED = "training_added"
    TRAINING_CHANGED = "training_changed"
    TRAINING_UPLOADED = "training_uploaded"
    TRAINING_PUBLISHED = "training_published"
    TRAINING_WITHDRAWN = "training_withdrawn"
    TRAINING_ACKNOWLEDGED = "training_acknowledged"  # D-17.1c
    TRAINING_HELD = "training_held"  # in a room, with who attended; D-6.11
    TRAINING_CORRECTED = "training_corrected"
    TRAINING_CALLED_OFF = "training_called_off"

    LETTER_REGISTERED = "letter_registered"
    LETTER_CHANGED = "letter_changed"  # detail: what was corrected; a number that EBYS gave later
    LETTER_FILED = "letter_filed"  # the scan or the e-signed file came
    LETTER_READ = "letter_read"
    LETTER_ASSIGNED = "letter_assigned"  # havale (D-6.13)
    LETTER_DONE = "letter_done"
    EBYS_TOLD = "ebys_told"  # a paper that waits for its number was handed over
    EBYS_NUMBERED = "ebys_numbered"  # detail: number and date, by EBYS or by whoever noted them
    EBYS_DIFFERS = "ebys_differs"  # what EBYS gave was not taken over; detail: why, both numbers
    REQUEST_REGISTERED = "request_registered"
    REQUEST_CHANGED = "request_changed"
    REQUEST_ASSIGNED = "request_assigned"
    REQUEST_APPROVED = "request_approved"
    REQUEST_RETURNED = "request_returned"  # for missing papers
    REQUEST_COMPLETED = "request_completed"  # they came
    REQUEST_REFUSED = "request_refused"
    REQUEST_SEARCHED = "request_searched"  # detail: what exists
    REQUEST_WITHDRAWN = "request_withdrawn"
    REQUEST_CLOSED = "request_closed"  # detail: outcome
    EXPORT_ORDERED = "export_ordered"  # a package of an approved request; detail: which, how large
    EXPORT_BUILT = "export_built"  # detail: its hash
    EXPORT_FAILED = "export_failed"  # detail: why
    EXPORT_GIVEN_UP = "export_given_up"  # the rest is given without it; detail: what kept it, cameras, reason
    EXPORT_BEGUN = "export_begun"  # a download of a package began; detail: from which byte on
    EXPORT_PART_GIVEN = "export_part_given"  # it broke off, or asked for no more; detail: which bytes
    EXPORT_TAKEN = "export_taken"  # downloaded whole, to be put on a medium
    EXPORT_PASSPHRASE_SHOWN = "export_passphrase_shown"  # noqa: S105 - a word for it, no password
    EXPORT_PURGED = "export_purged"  # nothing of it is left (D-10.2a); detail: its hash, why
    DELIVERY_PREPARED = "delivery_prepared"  # P-04 was printed; detail: its number
    DELIVERY_SIGNED = "delivery_signed"  # by şef or müdür (D-10.1e)
    DELIVERED = "delivered"  # detail: record, medium, when
    LOCKS_PLACED = "locks_placed"  # detail: how many, volumes that have not confirmed yet
    HOLD_PLACED = "hold_placed"
    HOLD_SIGNED = "hold_signed"
    HOLD_RELEASED = "hold_released"
    HOLD_EXPIRED = "hold_expired"
    HOLD_VOID = "hold_void"  # it came too late: nothing was there to keep
    HOLD_LINKED = "hold_linked"  # a written request came for what it keeps
    HOLD_ASKED = "hold_asked"
    HOLD_ASK_ANSWERED = "hold_ask_answered"
    APPLICATION_REGISTERED = "application_registered"
    APPLICATION_ANSWERED = "application_answered"

    CAMERA_REGISTERED = "camera_registered"
    CAMERA_CHANGED = "camera_changed"
    CAMERA_RETIRED = "camera_retired"
    SETTING_CHANGED = "setting_changed"
    CLOCK_CONFIRMED = "clock_confirmed"
    LOCKS_CONFIRMED = "locks_confirmed"

    WEB_STARTED = "web_started"  # whatever was open before and has no end, ended then at the latest
    WEB_STOPPED = "web_stopped"
    AUDIT_READ = "audit_read"
    AUDIT_EXPORTED = "audit_exported"
    AUDIT_VERIFIED = "audit_verified"

    DOCUMENT_DRAFTED = "document_drafted"
    DOCUMENT_ISSUED = "document_issued"
    DOCUMENT_INITIALLED = "document_initialled"  # S-1f; detail: version, title, position
    DOCUMENT_SIGNED = "document_signed"
    DOCUMENT_SUPERSEDED = "document_superseded"
    DOCUMENT_CANCELLED = "document_cancelled"
    DOCUMENT_READ = "document_read"  # paper or signed file taken out of the register; detail: what


def clean(text: str, most: int = MAX_TEXT_CHARACTERS) -> str:
    """`text` as it may be stored for ever: at most `most` characters, each of them printable.

    Line ends, control and direction characters, NUL and halves of surrogates become their escapes, so that an entry
    can neither draw on a terminal nor look like two. Markup stays what it was: whoever shows it escapes it.
    """
    spelt = "".join(one if one.isprintable() else _escape(one) for one in text[: most + 1])
    return spelt if len(spelt) <= most else spelt[: most - 1] + CUT


def detail_text(detail: Mapping[str, object]) -> str:
    """`detail` as JSON of a bounded size: what is too long is cut, what has no place left is dropped and said.

    Strings, integers, booleans, null, lists and objects of them; anything else is written as its text.
    """
    kept: dict[str, object] = {}
    for name, value in list(detail.items())[:MAX_DETAIL_ITEMS]:
        candidate = {**kept, clean(str(name), 64): _plain(value, MAX_DETAIL_DEPTH)}
        if len(_json(candidate)) > MAX_DETAIL_CHARACTERS - 16:
            return _json({**kept, "cut": True})
        kept = candidate
    return _json(kept if len(detail) <= MAX_DETAIL_ITEMS else {**kept, "cut": True})


def is_checkpoint_due(entries_since: int, newest_us: int | None, now_us: int) -> bool:
    """Whether the log is to be signed now. `newest_us`: time of the last checkpoint; None before the first.

    Nothing new is never signed. A clock that went back does not keep it from being signed.
    """
    if entries_since <= 0:
        return False
    if newest_us is None or entries_since >= CHECKPOINT_AFTER_ENTRIES:
        return True
    return abs(now_us - newest_us) >= CHECKPOINT_AFTER_US


def _plain(value: object, depth: int) -> object:
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        return value if abs(value) <= MAX_INTEGER else clean(hex(value), MAX_DETAIL_TEXT_CHARACTERS)
    if isinstance(value, Mapping) and depth:
        items = list(value.items())[:MAX_DETAIL_ITEMS]
        return {clean(str(name), 64): _plain(one, depth - 1) for name, one in items}
    if isinstance(value, Sequence) and not isinstance(value, str | bytes) and depth:
        return [_plain(one, depth - 1) for one in value[:MAX_DETAIL_ITEMS]]
    return clean(str(value), MAX_DETAIL_TEXT_CHARACTERS)


def _json(values: Mapping[str, object]) -> str:
    return json.dumps(values, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _escape(character: str) -> str:
    """The character as Python's source spells it."""
    return character.encode("unicode_escape").decode("ascii")
