"""The sentences in which seeing a camera is refused, each with who can help."""

from vms.kernel.errors import Kind, VmsError

NO_GRANT = "no_grant"
NO_ASSIGNMENT = "no_assignment"
MODE_NOT_GRANTED = "mode_not_granted"
PLAYBACK_NEEDS_OLUR = "playback_needs_olur"
GRANT_EXPIRED = "grant_expired"
GRANT_REVOKED = "grant_revoked"
NDA_MISSING = "nda_missing"
REVIEW_OVERDUE = "review_overdue"
SHARED_ACCOUNT_NOT_ALLOWED = "shared_account_not_allowed"
WORK_ORDER_CLOSED = "work_order_closed"
REQUEST_ENDED = "request_ended"
OUTSIDE_REQUEST_INTERVAL = "outside_request_interval"

SENTENCES: dict[str, str] = {
    NO_GRANT: "You are not authorised to see this camera. Your unit's supervisor can apply for it.",
    NO_ASSIGNMENT: "You are not assigned to this camera now. Security (Koruma ve Güvenlik) assigns guards by letter.",
    MODE_NOT_GRANTED: "Your authority does not cover this way of watching. It needs an Olur that names it.",
    PLAYBACK_NEEDS_OLUR: "Your authority covers live pictures only. Seeing recordings needs the Presidency's approval"
    " (Olur).",
    GRANT_EXPIRED: "Your authority to see this camera has ended. Your unit's supervisor can apply for a renewal.",
    GRANT_REVOKED: "Your authority to see this camera was taken back. Your unit's supervisor knows why.",
    NDA_MISSING: "Your authority rests until you have signed the confidentiality agreement. Ask the surveillance unit.",
    REVIEW_OVERDUE: "This shared account was not reviewed for six months. Its responsible person has it reviewed.",
    SHARED_ACCOUNT_NOT_ALLOWED: "A shared account sees live pictures only. Sign in with an account of your own.",
    WORK_ORDER_CLOSED: "The work order for this camera is closed. Open another one if the work goes on.",
    REQUEST_ENDED: "The footage request that let you look is over, or is not yours any more. Ask who assigns requests.",
    OUTSIDE_REQUEST_INTERVAL: "Your footage request does not name this time. Only its own interval may be seen.",
}


def refused(code: str) -> VmsError:
    """The refusal of this code."""
    return VmsError(Kind.FORBIDDEN, code, SENTENCES[code])
